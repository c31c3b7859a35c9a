import { normalQuantile } from '../distributions/normal.ts';
import type { Interval } from './intervals.ts';

/**
 * Wilson's score interval of a proportion (Wilson 1927, JASA 22:209–212), which stays within 0 and 1
 * and keeps its level where few or none were counted (Brown, Cai & DasGupta 2001, Stat. Sci. 16).
 * `n` is at least 1.
 */
export function wilsonInterval(successes: number, n: number, level = 0.95): Interval {
  const z = normalQuantile(0.5 + level / 2);
  const share = successes / n;
  const scale = 1 + (z * z) / n;
  const center = (share + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return {
    low: successes === 0 ? 0 : Math.max(0, center - half),
    high: successes === n ? 1 : Math.min(1, center + half),
  };
}
