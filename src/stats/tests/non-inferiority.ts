import { studentTCdf, studentTQuantile } from '../distributions/student-t.ts';
import type { MeanEstimate } from '../means/describe.ts';
import { detectableAt } from './power.ts';

export interface NonInferiority {
  /** One-sided lower bound of the difference, D - t_{1-α} SE. */
  readonly lower: number;
  /** The other end: the two are a 1-2α two-sided interval. */
  readonly upper: number;
  /** One-sided p of H0: D <= -margin. */
  readonly p: number;
  /** Whether the lower bound lies above -margin. */
  readonly nonInferior: boolean;
}

/**
 * Non-inferiority of a difference candidate - baseline: H0 D <= -margin is rejected where the
 * one-sided lower bound lies above -margin (Miller 2024, arXiv 2411.00640, for the errors; the rule
 * is ICH E9's). Requiring it of several families needs no correction (intersection-union).
 * null where se is 0, as a spread of 0 proves nothing at small n: then compare the low end of
 * `zeroVarianceBound` with -margin.
 */
export function testNonInferiority(
  difference: Pick<MeanEstimate, 'mean' | 'se' | 'df'>,
  margin: number,
  alpha = 0.05,
): NonInferiority | null {
  const { mean, se, df } = difference;
  if (!(se > 0 && df > 0)) return null;
  const half = studentTQuantile(1 - alpha, df) * se;
  return {
    lower: mean - half,
    upper: mean + half,
    p: studentTCdf(-(mean + margin) / se, df),
    nonInferior: mean - half > -margin,
  };
}

/**
 * Margin at which a true difference of 0 passes with the given power: the one-sided test's
 * noncentrality times SE. null without spread or a degree of freedom.
 */
export function requiredMargin(
  precision: Pick<MeanEstimate, 'se' | 'df'>,
  power = 0.8,
  alpha = 0.05,
): number | null {
  return detectableAt({ se: precision.se, df: precision.df }, { tail: alpha, power });
}
