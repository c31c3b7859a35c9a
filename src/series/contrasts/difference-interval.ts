import { RATING_MAX, RATING_MIN } from '../../domain/judgment.ts';
import type { MeanEstimate } from '../../stats/means/describe.ts';
import { type Interval, tInterval, within } from '../../stats/means/intervals.ts';

/** Farthest that two ratings can lie apart, either way. */
export const DIFFERENCE_RANGE: Interval = {
  low: RATING_MIN - RATING_MAX,
  high: RATING_MAX - RATING_MIN,
};

/** t interval of a mean difference of ratings, cut at ±9: nothing farther is possible. null without spread. */
export function differenceInterval(
  estimate: Pick<MeanEstimate, 'mean' | 'se' | 'df'>,
  level?: number,
): Interval | null {
  const interval = tInterval(estimate, level);
  return interval && within(interval, DIFFERENCE_RANGE);
}
