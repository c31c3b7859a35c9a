import { estimateClusteredMean, estimateMean, isConstant, mean } from './describe.ts';
import { type Interval, tInterval, within, zeroVarianceBound } from './intervals.ts';
import { wilsonInterval } from './proportion.ts';

const SHARE: Interval = { low: 0, high: 1 };

/** A mean of scores between 0 and 1 with its 95 % interval. */
export interface Accuracy {
  readonly value: number;
  readonly interval: Interval;
  /** Questions. */
  readonly n: number;
  /** Groups that were drawn together; n where every question is its own. */
  readonly clusters: number;
  /**
   * `wilson` for right and wrong; `t` where scores lie between, such as means over option orders;
   * `clustered-t` where questions share a cluster; `bound` where all scores of clusters are equal;
   * `range` where one cluster or one score between 0 and 1 tells nothing of its spread.
   */
  readonly method: 'wilson' | 't' | 'clustered-t' | 'bound' | 'range';
}

/**
 * Accuracy with Wilson's interval, or t's with a cluster-robust error (CR1) where questions share a
 * passage or a seed question. null for no scores.
 *
 * @param scores each 0 to 1
 * @param clusters as many as scores, or null where every question stands alone
 */
export function estimateAccuracy(
  scores: readonly number[],
  clusters: readonly (string | number)[] | null,
  level = 0.95,
): Accuracy | null {
  const value = mean(scores);
  if (value === null) return null;
  const n = scores.length;
  const groups = clusters === null ? n : new Set(clusters).size;
  const found = { value, n, clusters: groups };
  const shared = clusters !== null && groups < n;
  if (!shared && scores.every((score) => score === 0 || score === 1)) {
    const right = scores.filter((score) => score === 1).length;
    return { ...found, interval: wilsonInterval(right, n, level), method: 'wilson' };
  }
  const estimate = shared ? estimateClusteredMean(scores, clusters) : estimateMean(scores);
  if (estimate === null) return { ...found, interval: SHARE, method: 'range' };
  const interval = isConstant(scores) ? null : tInterval(estimate, level);
  const bound = interval ?? zeroVarianceBound(value, groups, SHARE, level) ?? SHARE;
  const spread = shared ? 'clustered-t' : 't';
  return {
    ...found,
    interval: within(bound, SHARE),
    method: interval === null ? 'bound' : spread,
  };
}

/** Accuracy of guessing: the mean of 1/k over questions of k options each. null for no questions. */
export function chanceLevel(optionCounts: readonly number[]): number | null {
  return mean(optionCounts.map((count) => 1 / count));
}

/**
 * How far above guessing, (a - c) / (1 - c): 0 at chance, 1 where all is right, below 0 under chance.
 * Takes accuracies and the ends of their intervals alike, the chance level being known.
 */
export function aboveChance(accuracy: number, chance: number): number {
  return (accuracy - chance) / (1 - chance);
}
