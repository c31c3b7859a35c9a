import { requireSameLength } from '../agreement/coefficient.ts';
import { pick } from '../at.ts';
import { isConstant, type MeanEstimate, mean, variance } from '../means/describe.ts';

/** Ratings by humans and judge of the same answers, and by the judge alone of others. */
export interface PpiInput {
  readonly human: readonly number[];
  /** The judge on the answers that humans rated, which were chosen at random. */
  readonly judge: readonly number[];
  /** The judge on the answers that no human rated. */
  readonly judgeOnly: readonly number[];
}

/** A mean on the human scale; df is that of the human ratings. */
export interface PpiEstimate extends MeanEstimate {
  /** How far the judge is trusted: 0 leaves the human mean, 1 takes the judge's less its bias. */
  readonly lambda: number;
}

/**
 * λ = Cov(Y, f) / ((1 + n/N) Var(f over both)), within 0 to 1; the covariance over n and the
 * variance over n + N - 1, as in the authors' ppi_py.
 */
export function tuneLambda({ human, judge, judgeOnly }: PpiInput): number {
  const all = [...judge, ...judgeOnly];
  const meanHuman = mean(human);
  const meanJudge = mean(judge);
  const spread = variance(all);
  if (meanHuman === null || meanJudge === null || spread === null || isConstant(all)) return 0;
  const products = human.reduce(
    (sum, rating, index) => sum + (rating - meanHuman) * (pick(judge, index) - meanJudge),
    0,
  );
  const covariance = products / human.length;
  const lambda = covariance / ((1 + human.length / judgeOnly.length) * spread);
  return Math.min(1, Math.max(0, lambda));
}

/**
 * Prediction-powered mean: θ = λ mean_N(f) + mean_n(Y - λ f), V = λ² Var(f)/N + Var(Y - λ f)/n with
 * sample variances (PPI++, Angelopoulos, Duchi & Zrnic 2023, arXiv 2311.01453). Unbiased for the
 * human mean however biased the judge is. λ is tuned unless given. null below two human ratings or
 * two by the judge alone.
 */
export function predictionPoweredMean(input: PpiInput, lambda?: number): PpiEstimate | null {
  const { human, judge, judgeOnly } = input;
  requireSameLength(human, judge);
  const trust = lambda ?? tuneLambda(input);
  const rectified = human.map((rating, index) => rating - trust * pick(judge, index));
  const correction = mean(rectified);
  const correctionVariance = variance(rectified);
  const judged = mean(judgeOnly);
  const judgedVariance = variance(judgeOnly);
  if (correction === null || correctionVariance === null) return null;
  if (judged === null || judgedVariance === null) return null;
  const squaredError =
    (trust ** 2 * judgedVariance) / judgeOnly.length + correctionVariance / human.length;
  return {
    mean: trust * judged + correction,
    se: Math.sqrt(squaredError),
    df: human.length - 1,
    n: human.length,
    lambda: trust,
  };
}
