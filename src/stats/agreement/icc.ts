import { pick } from '../at.ts';
import { isConstant } from '../means/describe.ts';

/** ICC(2,1) and ICC(2,k); null where the denominator is 0. */
export interface AbsoluteAgreement {
  readonly single: number | null;
  /** Of the mean of all k raters. */
  readonly average: number | null;
}

/** Null where the denominator is 0, or what rounding leaves of one. */
const over = (numerator: number, denominator: number) =>
  Math.abs(denominator) <= 1e-12 * Math.abs(numerator) ? null : numerator / denominator;
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/**
 * Two-way intraclass correlations for absolute agreement (Shrout & Fleiss 1979, Psychol. Bull. 86) of
 * rows (rated things) by k raters, complete and of equal length, from the mean squares between rows,
 * between raters and residual. Each row is taken as often as its weight says: a whole number, 0 too, as
 * resamples have it. null below two rows or raters, and where all ratings are equal.
 */
export function absoluteAgreement(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
): AbsoluteAgreement | null {
  const used = rows.filter((_, row) => pick(weights, row) > 0);
  const times = weights.filter((weight) => weight > 0);
  const n = sumOf(times);
  const k = rows[0]?.length ?? 0;
  if (n < 2 || k < 2 || isConstant(used.flat())) return null;
  const rowMeans = used.map((row) => sumOf(row) / k);
  const across = (term: (row: number) => number) =>
    times.reduce((sum, weight, row) => sum + weight * term(row), 0);
  const centre = across((row) => pick(rowMeans, row)) / n;
  const squares = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const raterMeans = Array.from(
    { length: k },
    (_, rater) => across((row) => pick(pick(used, row), rater)) / n,
  );
  const total = across((row) => squares(pick(used, row)));
  const betweenRows = k * across((row) => (pick(rowMeans, row) - centre) ** 2);
  const betweenRaters = n * squares(raterMeans);
  const msRows = betweenRows / (n - 1);
  const msError = (total - betweenRows - betweenRaters) / ((n - 1) * (k - 1));
  const offset = (betweenRaters / (k - 1) - msError) / n;
  return {
    single: over(msRows - msError, msRows + (k - 1) * msError + k * offset),
    average: over(msRows - msError, msRows + offset),
  };
}
