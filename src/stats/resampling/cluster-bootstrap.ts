import { at, intAt, pick } from '../at.ts';
import { sortedQuantile } from '../distributions/quantile.ts';
import type { Random } from '../random/random.ts';
import { bcaInterval } from './bootstrap.ts';

export interface ClusterBootstrapInput {
  /** Stratum code of every cluster; clusters are drawn within it. */
  readonly strata: Int32Array;
  /**
   * Statistics of a resample, given how often each cluster is in it; NaN where one is undefined. The
   * array may be used again by the next call.
   */
  readonly statistics: (times: Float64Array) => Float64Array;
}

export interface ClusterBootstrapOptions {
  readonly random: Random;
  /** 2000 by default. */
  readonly resamples?: number;
  readonly level?: number;
}

/** A statistic with its interval; null where it has none. */
export interface BootstrappedValue {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Acceleration is third-order in the clusters: beyond this many it does not move a bound. */
const JACKKNIFE_UP_TO = 1000;

/**
 * Stratified cluster bootstrap of several statistics under the same resamples, with BCa intervals
 * (percentile where the correction breaks down). A statistic that more than a tenth of the resamples
 * leave undefined has no interval, and neither has any where no stratum has two clusters. Strata of
 * one cluster stay as they are.
 */
export function bootstrapClusters(
  { strata, statistics }: ClusterBootstrapInput,
  { random, resamples = 2000, level = 0.95 }: ClusterBootstrapOptions,
): BootstrappedValue[] {
  const clusters = strata.length;
  const once = new Float64Array(clusters).fill(1);
  const estimates = statistics(once).slice();
  const members = membersOf(strata);
  const bare = (value: number): BootstrappedValue => ({
    value: Number.isFinite(value) ? value : null,
    low: null,
    high: null,
  });
  if (members.every((stratum) => stratum.length < 2)) return Array.from(estimates, bare);
  const draws = Array.from(estimates, () => new Float64Array(resamples));
  const defined = new Int32Array(estimates.length);
  const times = new Float64Array(clusters);
  for (let draw = 0; draw < resamples; draw += 1) {
    drawClusters(members, random, times);
    statistics(times).forEach((value, index) => {
      if (!Number.isFinite(value)) return;
      pick(draws, index)[intAt(defined, index)] = value;
      defined[index] = intAt(defined, index) + 1;
    });
  }
  const accelerations = accelerate({ strata, statistics }, members, estimates.length);
  const tail = (1 - level) / 2;
  return Array.from(estimates, (estimate, index) => {
    const count = intAt(defined, index);
    if (!Number.isFinite(estimate) || count < 0.9 * resamples) return bare(estimate);
    const sorted = pick(draws, index).subarray(0, count).toSorted();
    const acceleration = accelerations[index] ?? null;
    const bounds = bcaInterval(sorted, { estimate, acceleration, tail }) ?? {
      low: sortedQuantile(sorted, tail),
      high: sortedQuantile(sorted, 1 - tail),
    };
    return { value: estimate, ...bounds };
  });
}

function membersOf(strata: Int32Array): Int32Array[] {
  const groups: number[][] = [];
  strata.forEach((stratum, cluster) => {
    const group = groups[stratum];
    if (group) group.push(cluster);
    else groups[stratum] = [cluster];
  });
  return groups.filter((group) => group !== undefined).map((group) => Int32Array.from(group));
}

function drawClusters(members: readonly Int32Array[], random: Random, times: Float64Array): void {
  times.fill(0);
  for (const stratum of members) {
    for (let draw = 0; draw < stratum.length; draw += 1) {
      const cluster = intAt(stratum, random.int(stratum.length));
      times[cluster] = at(times, cluster) + 1;
    }
  }
}

/**
 * a = Σ l³ / (6 (Σ l²)^{3/2}) for each statistic, l = (t̄ - t_(i)) (G - 1) / G within strata, as
 * `bootstrapStatistic` has it; null where a deletion leaves it undefined or it does not move.
 */
function accelerate(
  { strata, statistics }: ClusterBootstrapInput,
  members: readonly Int32Array[],
  count: number,
): (number | null)[] {
  if (strata.length > JACKKNIFE_UP_TO) return Array.from({ length: count }, () => 0);
  const cubes = new Float64Array(count);
  const squares = new Float64Array(count);
  const times = new Float64Array(strata.length).fill(1);
  for (const stratum of members) {
    if (stratum.length < 2) continue;
    const left = Array.from(stratum, (cluster) => {
      times[cluster] = 0;
      const values = statistics(times).slice();
      times[cluster] = 1;
      return values;
    });
    const weight = (left.length - 1) / left.length;
    for (let index = 0; index < count; index += 1) {
      const centre = left.reduce((sum, values) => sum + at(values, index), 0) / left.length;
      for (const values of left) {
        const influence = weight * (centre - at(values, index));
        cubes[index] = at(cubes, index) + influence ** 3;
        squares[index] = at(squares, index) + influence ** 2;
      }
    }
  }
  return Array.from(squares, (square, index) =>
    square > 0 ? at(cubes, index) / (6 * square ** 1.5) : null,
  );
}
