import { type Interval, zeroVarianceBound } from '../../stats/means/intervals.ts';
import { testNonInferiority } from '../../stats/tests/non-inferiority.ts';
import { DIFFERENCE_RANGE, type Difference } from '../comparison/difference.ts';

/**
 * One-sided bounds D ∓ t_{1-α} SE; where all differences are equal, the exact binomial bound on
 * what they might have been. null where one pair says nothing about spread.
 */
export function oneSidedBounds(
  found: Pick<Difference, 'difference' | 'se' | 'df' | 'clusters'>,
  alpha: number,
): Interval | null {
  const { difference, se, df, clusters } = found;
  if (se === null) return null;
  const tested = testNonInferiority({ mean: difference, se, df: df ?? 0 }, 0, alpha);
  if (tested) return { low: tested.lower, high: tested.upper };
  return zeroVarianceBound(difference, clusters, DIFFERENCE_RANGE, 1 - alpha);
}
