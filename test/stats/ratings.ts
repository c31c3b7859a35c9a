import type { Random } from '../../src/stats/random/random.ts';

/** Populations of 1–10 ratings as probabilities of 1, 2, … 10, shaped like real judges' ratings. */
export const POPULATIONS = {
  /** Two humps, mean 6.32, SD 3.17: a harsh judge over models of mixed quality. */
  spread: [0.15, 0.05, 0.05, 0.05, 0.05, 0.07, 0.1, 0.15, 0.15, 0.18],
  /** Half of it tens, mean 8.96, SD 1.63, long lower tail. */
  ceiling: [0.015, 0, 0.01, 0, 0.02, 0.025, 0.05, 0.11, 0.27, 0.5],
  /** Mean 7.44, SD 1.60. */
  middle: [0, 0, 0.02, 0.03, 0.07, 0.13, 0.22, 0.27, 0.17, 0.09],
} as const;

/** Strong models, whose ratings crowd at the top: where intervals tend not to cover. */
export const NARROW_POPULATIONS = {
  /** Four neighbouring ratings, mean 8.55. */
  heaped: [0, 0, 0, 0, 0, 0, 0.1, 0.35, 0.45, 0.1],
  /** Nearly always 9. */
  narrow: [0, 0, 0, 0, 0, 0, 0, 0.1, 0.8, 0.1],
  nineOrTen: [0, 0, 0, 0, 0, 0, 0, 0, 0.85, 0.15],
  /** Nearly always 10, 3 % complete failures. */
  failures: [0, 0.03, 0, 0, 0, 0, 0, 0, 0.07, 0.9],
  /** Right or wrong. */
  rightOrWrong: [0.3, 0, 0, 0, 0, 0, 0, 0, 0, 0.7],
} as const;

export function populationMean(shares: readonly number[]): number {
  return shares.reduce((sum, share, index) => sum + share * (index + 1), 0);
}

export function drawRating(shares: readonly number[], random: Random): number {
  let left = random.uniform();
  for (const [index, share] of shares.entries()) {
    left -= share;
    if (left < 0) return index + 1;
  }
  return shares.length;
}

export function drawRatings(n: number, shares: readonly number[], random: Random): number[] {
  return Array.from({ length: n }, () => drawRating(shares, random));
}
