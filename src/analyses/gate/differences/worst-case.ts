import type { ScoredRow } from '../../../series/scores/scored-series.ts';

/**
 * A question's rating if its missing ratings were all `value`. Exact where every answer has the same
 * number of ratings; else the answers' own weights are not known here and ratings weigh alike. Of the
 * best of several answers: the higher of what is known and `value`.
 */
export function completed({ rating, planned, rated, best }: ScoredRow, value: number): number {
  if (rating === null) return value;
  if (best) return rated < planned ? Math.max(rating, value) : rating;
  return (rating * rated + value * (planned - rated)) / planned;
}
