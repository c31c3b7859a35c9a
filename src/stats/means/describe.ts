import { at, intAt, pick } from '../at.ts';

/** Arithmetic mean; null for no values. */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Σ w x / Σ w; null where the weights do not add up to more than 0. */
export function weightedMean(values: readonly number[], weights: readonly number[]): number | null {
  if (values.length !== weights.length)
    throw new RangeError('as many weights as values are needed');
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return null;
  return values.reduce((sum, value, index) => sum + value * pick(weights, index), 0) / total;
}

/** Sample variance with n - 1 (two passes); null below two values. */
export function variance(values: readonly number[]): number | null {
  const centre = mean(values);
  if (centre === null || values.length < 2) return null;
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return squares / (values.length - 1);
}

/** Sample standard deviation with n - 1; null below two values. */
export function standardDeviation(values: readonly number[]): number | null {
  const squared = variance(values);
  return squared === null ? null : Math.sqrt(squared);
}

/** A mean with what an interval needs. */
export interface MeanEstimate {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly se: number;
  /** Degrees of freedom for t. */
  readonly df: number;
  readonly n: number;
}

/** Mean with the standard error of independent values, sd / √n; null below two values. */
export function estimateMean(values: readonly number[]): MeanEstimate | null {
  const centre = mean(values);
  const squared = variance(values);
  if (centre === null || squared === null) return null;
  const n = values.length;
  return { mean: centre, se: Math.sqrt(squared / n), df: n - 1, n };
}

/** Whether no two values differ; by comparison, as rounding can leave constants a tiny variance. */
export function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

/** Numbers labels 0, 1, 2 … in the order in which they first occur. */
export function codeLabels(labels: readonly (string | number)[]): Int32Array {
  const codes = new Map<string | number, number>();
  return Int32Array.from(labels, (label) => {
    const known = codes.get(label);
    if (known !== undefined) return known;
    codes.set(label, codes.size);
    return codes.size - 1;
  });
}

/** Sum and size of every cluster, by its code. */
export function clusterTotals(
  values: readonly number[],
  clusters: readonly (string | number)[],
): { sums: Float64Array; sizes: Float64Array } {
  if (values.length !== clusters.length) throw new RangeError('each value needs a cluster');
  const codes = codeLabels(clusters);
  const count = codes.reduce((highest, code) => Math.max(highest, code), -1) + 1;
  const sums = new Float64Array(count);
  const sizes = new Float64Array(count);
  values.forEach((value, index) => {
    const code = intAt(codes, index);
    sums[code] = at(sums, code) + value;
    sizes[code] = at(sizes, code) + 1;
  });
  return { sums, sizes };
}

/**
 * Mean with a cluster-robust standard error (CR1):
 * SE = √( G/(G-1) · Σ_c (Σ_{i in c} (s_i - s̄))² ) / n, df = G - 1, for G clusters.
 * Miller 2024 (arXiv 2411.00640) with the finite-G factor of inspect_ai. null below two clusters.
 */
export function estimateClusteredMean(
  values: readonly number[],
  clusters: readonly (string | number)[],
): MeanEstimate | null {
  const { sums, sizes } = clusterTotals(values, clusters);
  const centre = mean(values);
  const count = sums.length;
  if (centre === null || count < 2) return null;
  const squares = sums.reduce(
    (sum, total, code) => sum + (total - at(sizes, code) * centre) ** 2,
    0,
  );
  const n = values.length;
  return { mean: centre, se: Math.sqrt((count / (count - 1)) * squares) / n, df: count - 1, n };
}
