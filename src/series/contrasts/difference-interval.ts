import { SCALE_RANGES, type Scale } from '../../domain/solution.ts';
import type { MeanEstimate } from '../../stats/means/describe.ts';
import { type Interval, tInterval, within } from '../../stats/means/intervals.ts';

const rangeOf = ({ low, high }: Interval): Interval => ({ low: low - high, high: high - low });

/** Farthest that two scores of a scale can lie apart, either way. */
export const DIFFERENCE_RANGES: Readonly<Record<Scale, Interval>> = {
  rating: rangeOf(SCALE_RANGES.rating),
  accuracy: rangeOf(SCALE_RANGES.accuracy),
};

/** t interval of a mean difference, cut at ±9 for ratings and ±1 for accuracies. null without spread. */
export function differenceInterval(
  estimate: Pick<MeanEstimate, 'mean' | 'se' | 'df'>,
  { scale = 'rating', level }: { readonly scale?: Scale; readonly level?: number } = {},
): Interval | null {
  const interval = tInterval(estimate, level);
  return interval && within(interval, DIFFERENCE_RANGES[scale]);
}
