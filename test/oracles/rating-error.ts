import { centredSums } from '../../src/stats/agreement/correlation.ts';
import { pick } from '../../src/stats/at.ts';
import {
  estimateClusteredMean,
  estimateMean,
  isConstant,
  type MeanEstimate,
} from '../../src/stats/means/describe.ts';

/** How far a judge's ratings lie from the reference ratings of the same things. */
export interface RatingError {
  readonly n: number;
  /** Mean of judge - reference: above 0 the judge is lenient. */
  readonly bias: number;
  /** The same with its error, for `tInterval`; null below two pairs or clusters. */
  readonly biasEstimate: MeanEstimate | null;
  readonly meanAbsolute: number;
  readonly rootMeanSquare: number;
  /** Shares of pairs that are equal, and that are at most one point apart. */
  readonly exact: number;
  readonly withinOne: number;
  /** Slope of judge on reference: below 1 the judge compresses the scale. null for a constant reference. */
  readonly slope: number | null;
  /**
   * Lin's concordance 2 s_xy / (s_x² + s_y² + (x̄ - ȳ)²) with 1/n moments (Lin 1989, Biometrics 45);
   * null where both are the same constant.
   */
  readonly concordance: number | null;
}

/** null for no pairs. `clusters` says which pairs hang together, for the error of the bias. */
export function describeRatingError(
  judge: readonly number[],
  reference: readonly number[],
  clusters?: readonly (string | number)[],
): RatingError | null {
  const sums = centredSums(reference, judge);
  if (sums === null) return null;
  const n = judge.length;
  const differences = judge.map((rating, index) => rating - pick(reference, index));
  const average = (term: (difference: number) => number) =>
    differences.reduce((sum, difference) => sum + term(difference), 0) / n;
  const spread = (sums.xx + sums.yy) / n + (sums.meanX - sums.meanY) ** 2;
  return {
    n,
    bias: average((difference) => difference),
    biasEstimate: clusters
      ? estimateClusteredMean(differences, clusters)
      : estimateMean(differences),
    meanAbsolute: average(Math.abs),
    rootMeanSquare: Math.sqrt(average((difference) => difference ** 2)),
    exact: average((difference) => (difference === 0 ? 1 : 0)),
    withinOne: average((difference) => (Math.abs(difference) <= 1 ? 1 : 0)),
    slope: isConstant(reference) ? null : sums.xy / sums.xx,
    concordance: isConstant([...judge, ...reference]) ? null : (2 * sums.xy) / n / spread,
  };
}
