/** n-grams of length n weigh n: single letters say little about two texts in one alphabet. */
const LENGTHS = [1, 2, 3] as const;

/**
 * Character n-gram overlap of two texts, 0..1: the F1 score of their n-gram multisets, averaged over
 * n = 1, 2, 3 with weight n (chrF with other weights; Popović 2015). Case, width variants and blanks
 * do not count. Lengths that the reference is too short for are left out.
 */
export function ngramOverlap(text: string, reference: string): number {
  const a = normalize(text);
  const b = normalize(reference);
  if (a === b) return 1;
  let score = 0;
  let weight = 0;
  for (const n of LENGTHS) {
    if (b.length < n) continue;
    weight += n;
    score += n * multisetF1(ngrams(a, n), ngrams(b, n));
  }
  return weight === 0 ? 0 : score / weight;
}

/** Overlap of unrelated texts in one language, by letters they must share. */
const CHANCE_OVERLAP = 0.2;

/** How good a text is, 0..1: its overlap with the reference, beyond what chance gives. */
export function merit(overlap: number): number {
  return Math.max(0, (overlap - CHANCE_OVERLAP) / (1 - CHANCE_OVERLAP));
}

function normalize(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');
}

/** Counts of n-grams; up to three code units fit exactly into one number. */
function ngrams(text: string, n: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (let at = 0; at + n <= text.length; at++) {
    let gram = 0;
    for (let offset = 0; offset < n; offset++) {
      gram = gram * 0x1_0000 + text.charCodeAt(at + offset);
    }
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

function multisetF1(a: Map<number, number>, b: Map<number, number>): number {
  let shared = 0;
  let total = 0;
  for (const [gram, count] of a) {
    shared += Math.min(count, b.get(gram) ?? 0);
    total += count;
  }
  for (const count of b.values()) total += count;
  return total === 0 ? 0 : (2 * shared) / total;
}
