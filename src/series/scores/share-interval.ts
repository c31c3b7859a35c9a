import type { Estimate } from '../../domain/estimate.ts';
import { SCALE_RANGES } from '../../domain/solution.ts';
import { estimateClusteredMean } from '../../stats/means/describe.ts';
import { nearlyConstantBound } from '../../stats/means/few-apart.ts';
import { hull, tInterval, within } from '../../stats/means/intervals.ts';
import { wilsonInterval } from '../../stats/means/proportion.ts';
import type { RatedCell } from './estimate.ts';

const RANGE = SCALE_RANGES.accuracy;

/**
 * 95 % interval of a share of right answers: Wilson's where every question is one draw, right or wrong;
 * t with clustered error where questions share a draw or have scores between (a mean over the orders of
 * their options, or votes), no narrower than the exact bound while hardly any differ.
 */
export function shareInterval(
  cells: readonly RatedCell[],
): Pick<Estimate, 'low' | 'high' | 'method'> {
  const values = cells.flatMap((cell) => cell.values);
  const clusters = cells.flatMap((cell) => cell.clusters);
  const draws = new Set(clusters).size;
  if (draws === values.length && values.every((value) => value === 0 || value === 1)) {
    const right = values.filter((value) => value === 1).length;
    const { low, high } = wilsonInterval(right, values.length);
    return { low, high, method: 'share of right answers; 95 % Wilson' };
  }
  const estimate = estimateClusteredMean(values, clusters);
  const t = estimate === null ? null : tInterval(estimate);
  const interval = hull([
    t && within(t, RANGE),
    nearlyConstantBound(values, clusters, { range: RANGE }),
  ]);
  const clustered = draws < values.length ? ', clustered' : '';
  return {
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    method: `mean score; 95 % t${clustered}`,
  };
}
