import { RATING_MAX, RATING_MIN } from '../../../domain/judgment.ts';
import { estimateClusteredMean } from '../../../stats/means/describe.ts';
import { tInterval } from '../../../stats/means/intervals.ts';
import type { CurvePoint, SideCount } from '../schema.ts';
import type { RatingPair } from './pairs.ts';

const SCALE = Array.from({ length: RATING_MAX - RATING_MIN + 1 }, (_, index) => index + RATING_MIN);

const nearest = (rating: number) => Math.min(RATING_MAX, Math.max(RATING_MIN, Math.round(rating)));

/** The whole (null) and, where there are several, each culture. */
function parts(
  pairs: readonly RatingPair[],
  cultures: readonly string[],
): { readonly culture: string | null; readonly own: readonly RatingPair[] }[] {
  return [
    { culture: null, own: pairs },
    ...(cultures.length > 1 ? cultures : []).map((culture) => ({
      culture,
      own: pairs.filter(({ place }) => place.culture === culture),
    })),
  ];
}

/** How often either side gave each rating to the same answers: the paper's Figure 9. */
export function sideCounts(pairs: readonly RatingPair[], cultures: readonly string[]): SideCount[] {
  return parts(pairs, cultures).flatMap(({ culture, own }) =>
    (['first', 'second'] as const).flatMap((side) =>
      SCALE.flatMap((rating) => {
        const count = own.filter((pair) => nearest(pair[side]) === rating).length;
        return count === 0 ? [] : { culture, side, rating, count };
      }),
    ),
  );
}

/** What the second side gave on average where the first gave a rating, by culture. */
export function calibrationCurve(
  pairs: readonly RatingPair[],
  cultures: readonly string[],
): CurvePoint[] {
  return parts(pairs, cultures).flatMap(({ culture, own }) =>
    SCALE.flatMap((rating) => {
      const there = own.filter(({ first }) => nearest(first) === rating);
      return there.length === 0 ? [] : { culture, rating, estimate: meanOf(there) };
    }),
  );
}

function meanOf(pairs: readonly RatingPair[]): CurvePoint['estimate'] {
  const values = pairs.map(({ second }) => second);
  const value = values.reduce((sum, rating) => sum + rating, 0) / values.length;
  const estimate = estimateClusteredMean(
    values,
    pairs.map(({ place }) => place.cluster),
  );
  const interval = estimate === null ? null : tInterval(estimate);
  return {
    value,
    low: interval && Math.max(RATING_MIN, interval.low),
    high: interval && Math.min(RATING_MAX, interval.high),
    n: pairs.length,
    missing: 0,
    method: interval === null ? 'mean; no interval' : 'mean; 95 % t, clustered by question',
  };
}
