import { type Coefficient, requireSameLength } from '../../src/stats/agreement/coefficient.ts';
import { pick } from '../../src/stats/at.ts';

/** Disagreement of categories by their positions; 0 on the diagonal. */
export type Disagreement = (first: number, second: number) => number;

/** Standard disagreements: none gives Cohen's unweighted kappa. */
export const DISAGREEMENTS = {
  nominal: (first, second) => (first === second ? 0 : 1),
  linear: (first, second) => Math.abs(first - second),
  quadratic: (first, second) => (first - second) ** 2,
} as const satisfies Record<string, Disagreement>;

/**
 * Weighted kappa of a square table of counts, 1 - Σ v_ij p_ij / Σ v_ij p_i. p_.j (Cohen 1968,
 * Psychol. Bull. 70). `constant`: no disagreement is expected by chance, as with one category used.
 */
export function weightedKappa(
  table: readonly (readonly number[])[],
  disagreement: Disagreement,
): Coefficient {
  if (table.some((row) => row.length !== table.length))
    throw new RangeError('the table must be square');
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = table.map((_, column) => table.reduce((sum, row) => sum + pick(row, column), 0));
  const n = rows.reduce((sum, count) => sum + count, 0);
  if (n === 0) return { value: null, n, reason: 'too-few' };
  let observed = 0;
  let expected = 0;
  table.forEach((row, first) => {
    row.forEach((count, second) => {
      const weight = disagreement(first, second);
      observed += weight * count;
      expected += (weight * pick(rows, first) * pick(columns, second)) / n;
    });
  });
  if (expected === 0) return { value: null, n, reason: 'constant' };
  return { value: 1 - observed / expected, n };
}

export interface CrossTable {
  /** Counts by category of the first, then the second rater, the whole domain whether used or not. */
  readonly counts: readonly (readonly number[])[];
  /** Pairs with a value that is no category, such as a rating of 7.5: in no count. */
  readonly unplaced: number;
}

/** Counts pairs over the full domain of categories, for ratings 1, 2, … 10. */
export function crossTabulate(
  first: readonly number[],
  second: readonly number[],
  categories: readonly number[],
): CrossTable {
  requireSameLength(first, second);
  const position = new Map(categories.map((category, index) => [category, index]));
  const counts = categories.map(() => categories.map(() => 0));
  let unplaced = 0;
  first.forEach((value, index) => {
    const row = position.get(value);
    const column = position.get(pick(second, index));
    if (row === undefined || column === undefined) unplaced += 1;
    else {
      const line = pick(counts, row);
      line[column] = pick(line, column) + 1;
    }
  });
  return { counts, unplaced };
}
