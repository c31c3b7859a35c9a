import { normalQuantile } from '../distributions/normal.ts';
import { studentTQuantile } from '../distributions/student-t.ts';
import type { MeanEstimate } from './describe.ts';

/** A two-sided confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const upperPoint = (level: number) => 1 - (1 - level) / 2;

/**
 * mean ± t(df) · se, for single means as for differences; the estimate may be plain, clustered or
 * stratified. null where se is 0: then see `zeroVarianceBound`.
 */
export function tInterval(
  estimate: Pick<MeanEstimate, 'mean' | 'se' | 'df'>,
  level = 0.95,
): Interval | null {
  if (!(estimate.se > 0 && estimate.df > 0)) return null;
  const half = studentTQuantile(upperPoint(level), estimate.df) * estimate.se;
  return { low: estimate.mean - half, high: estimate.mean + half };
}

/**
 * `tInterval` with the end on the side of the longer tail moved out by |γ| SE (1 + 2 t²) / 6, γ the
 * skewness of the mean: Johnson's modified t (1978, JASA 73), of which only what widens is taken, as
 * a sample that lacks its population's rare values looks skewed the other way.
 */
export function skewedTInterval(
  estimate: Pick<MeanEstimate, 'mean' | 'se' | 'df'> & { readonly skewness: number },
  level = 0.95,
): Interval | null {
  const plain = tInterval(estimate, level);
  if (plain === null) return null;
  const { mean, se, skewness } = estimate;
  const t = (plain.high - mean) / se;
  const shift = (skewness * se * (1 + 2 * t * t)) / 6;
  return { low: plain.low + Math.min(0, shift), high: plain.high + Math.max(0, shift) };
}

/** The part of an interval that is possible, such as ±9 for a difference of ratings 1–10. */
export function within(interval: Interval, { low, high }: Interval): Interval {
  return {
    low: Math.min(high, Math.max(low, interval.low)),
    high: Math.min(high, Math.max(low, interval.high)),
  };
}

/** The smallest interval that holds all that are known; null where none is. */
export function hull(intervals: readonly (Interval | null)[]): Interval | null {
  const known = intervals.filter((interval) => interval !== null);
  if (known.length === 0) return null;
  return {
    low: Math.min(...known.map(({ low }) => low)),
    high: Math.max(...known.map(({ high }) => high)),
  };
}

/**
 * Bound for the mean of n values that were all the same, on a bounded range: with confidence
 * `level` at most the share q = 1 - (1-level)^(1/n) of the population is anything else (exact
 * binomial bound at 0 of n), and what is else lies at worst on an end of the range. For paired
 * differences of ratings 1–10, all 0, this is |D| <= 9 q. null for n = 0.
 */
export function zeroVarianceBound(
  value: number,
  n: number,
  range: Interval,
  level = 0.95,
): Interval | null {
  if (n < 1) return null;
  const share = 1 - (1 - level) ** (1 / n);
  return {
    low: value + share * (range.low - value),
    high: value + share * (range.high - value),
  };
}

/**
 * Fisher's z interval of a correlation: tanh(atanh r ± z / √(n-3)). For Spearman's rho pass
 * `varianceFactor` 1 + r²/2 (Bonett & Wright 2000, Psychometrika 65). null for n <= 3 or |r| = 1.
 */
export function fisherZInterval(
  r: number,
  n: number,
  level = 0.95,
  varianceFactor = 1,
): Interval | null {
  if (n <= 3 || Math.abs(r) >= 1) return null;
  const half = normalQuantile(upperPoint(level)) * Math.sqrt(varianceFactor / (n - 3));
  const centre = Math.atanh(r);
  return { low: Math.tanh(centre - half), high: Math.tanh(centre + half) };
}
