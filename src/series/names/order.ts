/** The order in which the paper's tables print; anything else follows in its own alphabet. */
const PAPER_ORDER = {
  culture: ['Chinese', 'Arab', 'Japanese'],
  category: ['Cultural entities', 'Opinion', 'Social norms', 'Cultural commonsense', 'Literacy'],
  scope: ['Sub-nationwide', 'Nationwide', 'Continent-wide', 'Worldwide'],
} as const;

/** Distinct names of a dimension, in the paper's order. */
export function inPaperOrder(
  dimension: keyof typeof PAPER_ORDER,
  names: Iterable<string>,
): string[] {
  const known: readonly string[] = PAPER_ORDER[dimension];
  const rank = (name: string) => (known.includes(name) ? known.indexOf(name) : known.length);
  return [...new Set(names)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
