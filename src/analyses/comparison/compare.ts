import { OperatorError } from '../../domain/errors.ts';
import type { Scale } from '../../domain/solution.ts';
import {
  type CommonQuestions,
  commonQuestions,
  differencesOf,
} from '../../series/contrasts/common-questions.ts';
import { type ContrastDesign, contrastDesign } from '../../series/contrasts/strata.ts';
import type { RerunNoise, ScoredSeries } from '../../series/scores/scored-series.ts';
import { pick } from '../../stats/at.ts';
import { mcNemarExact } from '../../stats/distributions/binomial.ts';
import { pairCells } from './difference.ts';
import { CELL_RATE, comparisonRow, LEVEL } from './row.ts';
import type { Adjustment, Comparison, ComparisonSet } from './schema.ts';
import { adjustTests, type RowTest } from './significance.ts';

export interface CompareOptions {
  /** Compare across judges, whose differences then mix with the models'. */
  readonly bridge?: boolean;
  readonly seed?: number;
  /** Random flips where there are too many to take all; 9999 by default. */
  readonly flips?: number;
  readonly adjustment?: Adjustment;
}

export const ESTIMAND =
  'questions like these: the questions of each culture and category are a sample, the mix of cultures and categories is as it is here; judge, rubrics and decoding are fixed';

const PAIRED_BY_CLUSTER =
  'the sides asked the same questions in other words or another language, paired by `cluster`';

/** Candidate minus baseline. Throws OperatorError on different judges or questions. */
export function comparePair(
  candidate: ScoredSeries,
  baseline: ScoredSeries,
  options: CompareOptions = {},
): ComparisonSet {
  return compareAll([candidate, baseline], options);
}

/** All pairs, each series as candidate against every later one, adjusted over all of them. */
export function compareAll(
  series: readonly ScoredSeries[],
  options: CompareOptions = {},
): ComparisonSet {
  if (series.length < 2) throw new OperatorError('A comparison needs at least two sides.');
  const scale = scaleOf(series);
  const bridged = new Set(series.map(({ judgeKey }) => judgeKey)).size > 1;
  if (bridged && !options.bridge) throw new OperatorError(differentJudges(series));
  const common = commonQuestions(series);
  const design = contrastDesign(common.questions, scale);
  const pairs = series.flatMap((_, first) =>
    series.slice(first + 1).map((_later, gap) => [first, first + 1 + gap] as const),
  );
  const seed = options.seed ?? 0;
  const adjustment = options.adjustment ?? 'max-t';
  const { tests, flips, exact } = adjustTests(
    design,
    pairs.map(([first, second]) => differencesOf(common, first, second)),
    { adjustment, seed, flips: options.flips },
  );
  return {
    version: 1,
    series: series.map(({ label }) => label),
    estimand: common.pairedByCluster ? `${ESTIMAND}; ${PAIRED_BY_CLUSTER}` : ESTIMAND,
    questions: common.questions.length,
    scale,
    bridged,
    test: { adjustment, flips, exact, seed, level: LEVEL, cellRate: CELL_RATE },
    comparisons: pairs.map(([first, second], index) =>
      comparisonOf({ sides: series, common, design, first, second, tests: pick(tests, index) }),
    ),
  };
}

/** Ratings and shares of right answers have no difference. Throws OperatorError where sides mix them. */
function scaleOf(series: readonly ScoredSeries[]): Scale {
  const [first] = series;
  const other = series.find(({ scale }) => scale !== first?.scale);
  if (first === undefined) throw new Error('no series');
  if (other === undefined) return first.scale;
  throw new OperatorError(
    `${first.label} is a series of ${SCALE_NOUNS[first.scale]} and ${other.label} one of ${SCALE_NOUNS[other.scale]}: the two are never compared. Name sides of one kind, with %JUDGE for ratings and %SCORER for right answers.`,
  );
}

const SCALE_NOUNS = { rating: 'ratings', accuracy: 'right answers' } as const satisfies Record<
  Scale,
  string
>;

function differentJudges(series: readonly ScoredSeries[]): string {
  const [first] = series;
  const other = series.find(({ judgeKey }) => judgeKey !== first?.judgeKey);
  return `${first?.label} and ${other?.label} were not rated by the same judge with the same rubrics, so that a difference may be the judges'. Rate both with one judge, or pass --allow-mixed-judges to compare all the same.`;
}

/** Two of several sides on their common questions, with the tests of their difference by row. */
export interface PairAtHand {
  readonly sides: readonly { readonly label: string; readonly rerun?: RerunNoise | undefined }[];
  readonly common: CommonQuestions;
  readonly design: ContrastDesign;
  readonly first: number;
  readonly second: number;
  readonly tests: readonly RowTest[];
}

/** First minus second, row by row of the design. */
export function comparisonOf(pair: PairAtHand): Comparison {
  const { sides, common, design, first, second, tests } = pair;
  const [candidate, baseline] = [pick(sides, first), pick(sides, second)];
  const [ofCandidate, ofBaseline] = [pick(common.ratings, first), pick(common.ratings, second)];
  const cells = pairCells(design, ofCandidate, ofBaseline);
  const both = ofCandidate.map((rating, question) => ({
    candidate: rating,
    baseline: pick(ofBaseline, question),
    cell: pick(design.cellOf, question),
  }));
  const byCell = design.cells.map((_, cell) => both.filter((pair) => pair.cell === cell));
  const onlyCandidate = both.filter((a) => a.candidate === null && a.baseline !== null).length;
  const onlyBaseline = both.filter((a) => a.candidate !== null && a.baseline === null).length;
  const rerun = [candidate.rerun, baseline.rerun] as const;
  return {
    candidate: candidate.label,
    baseline: baseline.label,
    leftOut: { candidate: pick(common.leftOut, first), baseline: pick(common.leftOut, second) },
    missingness: { onlyCandidate, onlyBaseline, p: mcNemarExact(onlyCandidate, onlyBaseline) },
    rows: design.rows.map((row, index) => {
      const inside = byCell.filter((_, cell) => pick(row.weights, cell) > 0).flat();
      return comparisonRow({ row, cells, inside, rerun, test: pick(tests, index) });
    }),
  };
}
