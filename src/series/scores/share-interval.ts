import type { Estimate } from '../../domain/estimate.ts';
import { estimateAccuracy } from '../../stats/means/accuracy.ts';

const METHODS = {
  wilson: 'share of right answers; 95 % Wilson',
  t: 'mean score; 95 % t',
  'clustered-t': 'mean score; 95 % t, clustered',
  bound: 'mean score; bound for equal scores',
  range: 'mean score; one draw says nothing of its spread',
} as const;

/** 95 % interval of a share of right answers, or of a mean of scores between 0 and 1. */
export function shareInterval(
  scores: readonly number[],
  clusters: readonly number[],
): Pick<Estimate, 'low' | 'high' | 'method'> {
  const found = estimateAccuracy(scores, clusters);
  if (found === null) throw new Error('no score has no interval');
  return { ...found.interval, method: METHODS[found.method] };
}
