import { normalCdf, normalQuantile } from '../distributions/normal.ts';
import { sortedQuantile } from '../distributions/quantile.ts';
import type { Interval } from '../means/intervals.ts';
import type { Random } from '../random/random.ts';
import { type ClusterSample, resample, sampleOf, without } from './cluster-resample.ts';

export interface BootstrapInput {
  /** Cluster of every observation: what is drawn together. */
  readonly clusters: readonly (string | number)[];
  /** Stratum of every observation; clusters are drawn within it. One stratum by default. */
  readonly strata?: readonly (string | number)[];
  /** The statistic over observation positions (repeats allowed); null where it is undefined. */
  readonly statistic: (observations: Int32Array) => number | null;
}

export interface BootstrapOptions {
  readonly random: Random;
  /** 2000 by default, enough for an interval. */
  readonly resamples?: number;
  readonly level?: number;
}

export interface Bootstrap {
  readonly estimate: number;
  readonly percentile: Interval;
  /** 2 estimate - percentile, the "basic" or reflected interval. */
  readonly basic: Interval;
  /** Bias-corrected and accelerated; null where the correction breaks down: take `percentile` then. */
  readonly bca: Interval | null;
  readonly standardError: number;
  /** Resamples on which the statistic was undefined; left out of the intervals. */
  readonly undefinedResamples: number;
  /** Strata of one cluster, which resampling leaves as they are: their share of the error is not seen. */
  readonly fixedStrata: number;
}

export type BootstrapResult =
  | { readonly status: 'estimated'; readonly bootstrap: Bootstrap }
  | {
      readonly status: 'undefined';
      /**
       * `statistic`: no value on the data themselves; `clusters`: no stratum has two, so nothing
       * can be resampled; `resamples`: no value on more than a tenth of the resamples.
       */
      readonly reason: 'statistic' | 'clusters' | 'resamples';
    };

/**
 * Stratified cluster bootstrap of any statistic (Davison & Hinkley 1997, ch. 3 and 5; Efron 1987,
 * JASA 82, for BCa). Clusters are drawn with replacement within their stratum, which keeps its
 * number of clusters. For means prefer `scalePriorDraws`, for differences t: both cover better.
 */
export function bootstrapStatistic(
  input: BootstrapInput,
  options: BootstrapOptions,
): BootstrapResult {
  const sample = sampleOf(input.clusters, input.strata);
  const all = Int32Array.from(input.clusters, (_, index) => index);
  const estimate = all.length === 0 ? null : finite(input.statistic(all));
  if (estimate === null) return { status: 'undefined', reason: 'statistic' };
  if (sample.resampled === 0) return { status: 'undefined', reason: 'clusters' };
  const wanted = options.resamples ?? 2000;
  const values = new Float64Array(wanted);
  let defined = 0;
  for (let draw = 0; draw < wanted; draw += 1) {
    const value = finite(input.statistic(resample(sample, options.random)));
    if (value === null) continue;
    values[defined] = value;
    defined += 1;
  }
  if (defined < 0.9 * wanted) return { status: 'undefined', reason: 'resamples' };
  const sorted = values.subarray(0, defined).toSorted();
  const tail = (1 - (options.level ?? 0.95)) / 2;
  const percentile = {
    low: sortedQuantile(sorted, tail),
    high: sortedQuantile(sorted, 1 - tail),
  };
  const acceleration = accelerate(sample, input.statistic);
  const bootstrap: Bootstrap = {
    estimate,
    percentile,
    basic: { low: 2 * estimate - percentile.high, high: 2 * estimate - percentile.low },
    bca: bcaInterval(sorted, { estimate, acceleration, tail }),
    standardError: spread(sorted),
    undefinedResamples: wanted - defined,
    fixedStrata: sample.fixed,
  };
  return { status: 'estimated', bootstrap };
}

/** A statistic of 0/0 or x/0 is undefined, too. */
const finite = (value: number | null) => (Number.isFinite(value) ? value : null);

function spread(values: Float64Array): number {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, values.length - 1));
}

/**
 * a = Σ l³ / (6 (Σ l²)^{3/2}) over delete-one-cluster values, l = (t̄_c - t_(i)) (n_c - 1) / n_c
 * with the mean of its own stratum (Davison & Hinkley 1997, 5.3.2, over strata). null where the
 * statistic is undefined without some cluster or does not move.
 */
function accelerate(sample: ClusterSample, statistic: BootstrapInput['statistic']): number | null {
  let cubes = 0;
  let squares = 0;
  for (const stratum of sample.strata) {
    if (stratum.length < 2) continue;
    const left: number[] = [];
    for (const cluster of stratum) {
      const value = finite(statistic(without(sample, cluster)));
      if (value === null) return null;
      left.push(value);
    }
    const centre = left.reduce((sum, value) => sum + value, 0) / left.length;
    const weight = (left.length - 1) / left.length;
    for (const value of left) {
      const influence = weight * (centre - value);
      cubes += influence ** 3;
      squares += influence ** 2;
    }
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : null;
}

/**
 * Bounds at the corrected percentiles of sorted resamples (Efron 1987); null where there is no
 * correction. `tail` is the share beyond each bound.
 */
export function bcaInterval(
  sorted: Float64Array,
  settings: { estimate: number; acceleration: number | null; tail: number },
): Interval | null {
  const { estimate, acceleration, tail } = settings;
  if (acceleration === null) return null;
  const below = sorted.reduce((count, value) => {
    if (value < estimate) return count + 1;
    return value === estimate ? count + 0.5 : count;
  }, 0);
  const least = 1 / sorted.length;
  const z0 = normalQuantile(Math.min(Math.max(below / sorted.length, least), 1 - least));
  const bound = (p: number): number | null => {
    const shifted = z0 + normalQuantile(p);
    const denominator = 1 - acceleration * shifted;
    if (!(denominator > 0)) return null;
    return sortedQuantile(sorted, normalCdf(z0 + shifted / denominator));
  };
  const low = bound(tail);
  const high = bound(1 - tail);
  return low === null || high === null ? null : { low, high };
}
