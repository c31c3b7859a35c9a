import type { Interval } from './intervals.ts';

/**
 * Worst-case bounds of a mean with missing values on a bounded scale (Manski 1989, J. Human
 * Resources 24): all missing lowest, all highest. They hold whatever made the values go missing.
 * null where nothing was planned.
 */
export function manskiBounds(
  values: readonly number[],
  missing: number,
  scale: Interval,
): Interval | null {
  const n = values.length + missing;
  if (n === 0) return null;
  const sum = values.reduce((total, value) => total + value, 0);
  return { low: (sum + missing * scale.low) / n, high: (sum + missing * scale.high) / n };
}

/**
 * Worst-case bounds of a mean paired difference candidate - baseline, question by question, null
 * where a rating is missing. Low: the candidate's missing ratings are the scale's lowest, the
 * baseline's the highest; high: the reverse. null for no questions.
 */
export function pairedManskiBounds(
  pairs: readonly { readonly candidate: number | null; readonly baseline: number | null }[],
  scale: Interval,
): Interval | null {
  if (pairs.length === 0) return null;
  const meanWith = (candidate: number, baseline: number) =>
    pairs.reduce(
      (sum, pair) => sum + (pair.candidate ?? candidate) - (pair.baseline ?? baseline),
      0,
    ) / pairs.length;
  return { low: meanWith(scale.low, scale.high), high: meanWith(scale.high, scale.low) };
}
