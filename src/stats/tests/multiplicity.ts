import { pick } from '../at.ts';

/** Positions of the p-values, smallest first; equal ones in their given order. */
function ascending(pValues: readonly number[]): number[] {
  return pValues
    .map((_, index) => index)
    .sort((a, b) => pick(pValues, a) - pick(pValues, b) || a - b);
}

/** Holm 1979 (Scand. J. Statist. 6): p̃_(i) = max over j <= i of min(1, (m-j+1) p_(j)). Any dependence. */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 1);
  let highest = 0;
  ascending(pValues).forEach((index, rank) => {
    highest = Math.max(highest, Math.min(1, (pValues.length - rank) * pick(pValues, index)));
    adjusted[index] = highest;
  });
  return adjusted;
}

/**
 * Benjamini & Hochberg 1995 (JRSS B 57): p̃_(i) = min over j >= i of min(1, m p_(j) / j). Holds the
 * false discovery rate under independence or positive dependence.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 1);
  const order = ascending(pValues);
  let lowest = 1;
  for (let rank = order.length; rank >= 1; rank -= 1) {
    const index = pick(order, rank - 1);
    lowest = Math.min(lowest, pick(pValues, index) * (pValues.length / rank));
    adjusted[index] = lowest;
  }
  return adjusted;
}
