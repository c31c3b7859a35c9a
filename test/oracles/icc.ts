import { pick } from '../../src/stats/at.ts';
import { isConstant } from '../../src/stats/means/describe.ts';

/** Intraclass correlations; each is null where its denominator is 0. */
export interface IccForms {
  /** One-way: raters differ from row to row. ICC(1,1), ICC(1,k). */
  readonly oneWay: number | null;
  /** Two-way, absolute agreement: a rater's offset counts as error. ICC(2,1), ICC(2,k). */
  readonly absolute: number | null;
  /** Two-way, consistency: a rater's offset does not count. ICC(3,1), ICC(3,k). */
  readonly consistency: number | null;
}

export interface Icc {
  /** Of one rater. */
  readonly single: IccForms;
  /** Of the mean of all k raters. */
  readonly average: IccForms;
  readonly rows: number;
  readonly raters: number;
  /** Rows left out because a rating is missing. */
  readonly dropped: number;
}

/** Null where the denominator is 0, or what rounding leaves of one. */
const over = (numerator: number, denominator: number) =>
  Math.abs(denominator) <= 1e-12 * Math.abs(numerator) ? null : numerator / denominator;
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Rows whose ratings are all there. */
function completeRows(ratings: readonly (readonly (number | null)[])[]): number[][] {
  return ratings.flatMap((row) => {
    const present = row.filter((value) => value !== null);
    return present.length === row.length ? [present] : [];
  });
}

/**
 * The six intraclass correlations of Shrout & Fleiss 1979 (Psychol. Bull. 86) for rows (rated
 * things) by raters, from the mean squares between rows, within rows, between raters and residual.
 * For a jury or judge against humans take the absolute ones. null below two complete rows or raters, and
 * where all ratings are equal; a single coefficient is null where its denominator is 0.
 */
export function intraclassCorrelation(
  ratings: readonly (readonly (number | null)[])[],
): Icc | null {
  const rows = completeRows(ratings);
  const n = rows.length;
  const k = rows[0]?.length ?? 0;
  if (n < 2 || k < 2) return null;
  if (rows.some((row) => row.length !== k)) throw new RangeError('each row needs as many raters');
  if (isConstant(rows.flat())) return null;
  const rowMeans = rows.map((row) => sumOf(row) / k);
  const centre = sumOf(rowMeans) / n;
  const raterMeans = Array.from(
    { length: k },
    (_, rater) => sumOf(rows.map((row) => pick(row, rater))) / n,
  );
  const squares = (values: readonly number[]) =>
    sumOf(values.map((value) => (value - centre) ** 2));
  const total = squares(rows.flat());
  const betweenRows = k * squares(rowMeans);
  const betweenRaters = n * squares(raterMeans);
  const msRows = betweenRows / (n - 1);
  const msWithin = (total - betweenRows) / (n * (k - 1));
  const msRaters = betweenRaters / (k - 1);
  const msError = (total - betweenRows - betweenRaters) / ((n - 1) * (k - 1));
  const offset = (msRaters - msError) / n;
  return {
    single: {
      oneWay: over(msRows - msWithin, msRows + (k - 1) * msWithin),
      absolute: over(msRows - msError, msRows + (k - 1) * msError + k * offset),
      consistency: over(msRows - msError, msRows + (k - 1) * msError),
    },
    average: {
      oneWay: over(msRows - msWithin, msRows),
      absolute: over(msRows - msError, msRows + offset),
      consistency: over(msRows - msError, msRows),
    },
    rows: n,
    raters: k,
    dropped: ratings.length - n,
  };
}
