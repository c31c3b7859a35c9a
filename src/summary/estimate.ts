import type { Estimate } from '../domain/estimate.ts';
import { estimateMean, mean } from '../stats/describe.ts';
import { tInterval } from '../stats/intervals.ts';

/** Mean of question ratings with a t interval; a single question has a value and no interval. */
export function estimateRatings(ratings: readonly number[], missing: number): Estimate {
  const centre = mean(ratings);
  const spread = estimateMean(ratings);
  const interval = spread === null ? null : tInterval(spread);
  // Equal ratings have no spread to judge by: the interval is left out, not drawn as a point.
  return {
    value: centre,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    n: ratings.length,
    missing,
    method: interval === null ? 'mean' : 'mean, 95 % t interval over questions',
  };
}
