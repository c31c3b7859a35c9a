import type { ScoredRow } from '../../../series/scores/scored-series.ts';

/**
 * A question's mean if its missing ratings were all `value`. Exact where every answer has the same
 * number of ratings; else the answers' own weights are not known here and ratings weigh alike.
 */
export function completed({ rating, planned, rated }: ScoredRow, value: number): number {
  return rating === null ? value : (rating * rated + value * (planned - rated)) / planned;
}
