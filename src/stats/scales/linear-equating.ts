import { at, intAt } from '../at.ts';
import { codeLabels, mean, standardDeviation } from '../means/describe.ts';

/** The line that carries x to the scale of y, with the covariance of its two coefficients. */
export interface Equating {
  readonly intercept: number;
  readonly slope: number;
  readonly covariance: {
    readonly intercept: number;
    readonly slope: number;
    readonly both: number;
  };
  /** Clusters less one. */
  readonly df: number;
  /** Standard deviation of y - (intercept + slope x). */
  readonly residualSd: number;
}

/**
 * Linear (mean–sigma) equating: slope s_y / s_x, through the means (Kolen & Brennan 2014, Test
 * Equating, ch. 2). Both sides have errors, so it is symmetric: equating y to x gives the inverse line,
 * where regression would pull either scale towards its mean. Exact where both judges are equally
 * reliable; with unequal noise the slope is off by the ratio of the square roots of the reliabilities.
 * Covariance by the delete-one-cluster jackknife. null below three clusters, or without spread.
 */
export function linearEquating(
  x: readonly number[],
  y: readonly number[],
  clusters: readonly (string | number)[],
): Equating | null {
  const line = lineOf(x, y);
  const codes = codeLabels(clusters);
  const count = new Set(codes).size;
  if (line === null || count < 3) return null;
  const replicates: { intercept: number; slope: number }[] = [];
  for (let left = 0; left < count; left += 1) {
    const kept = (_: number, index: number) => intAt(codes, index) !== left;
    const without = lineOf(x.filter(kept), y.filter(kept));
    if (without === null) return null;
    replicates.push(without);
  }
  const residuals = y.map((value, index) => value - line.intercept - line.slope * (x[index] ?? 0));
  return {
    ...line,
    covariance: jackknife(replicates),
    df: count - 1,
    residualSd: standardDeviation(residuals) ?? 0,
  };
}

function lineOf(x: readonly number[], y: readonly number[]) {
  const [centreX, centreY] = [mean(x), mean(y)];
  const [spreadX, spreadY] = [standardDeviation(x), standardDeviation(y)];
  if (centreX === null || centreY === null || !spreadX || !spreadY) return null;
  const slope = spreadY / spreadX;
  return { slope, intercept: centreY - slope * centreX };
}

/** (G - 1) / G Σ (θ_i - θ̄)(θ_i - θ̄)ᵀ. */
function jackknife(replicates: readonly { readonly intercept: number; readonly slope: number }[]) {
  const g = replicates.length;
  const intercepts = Float64Array.from(replicates, ({ intercept }) => intercept);
  const slopes = Float64Array.from(replicates, ({ slope }) => slope);
  const average = (values: Float64Array) => values.reduce((sum, one) => sum + one, 0) / g;
  const product = (a: Float64Array, b: Float64Array) => {
    const [meanA, meanB] = [average(a), average(b)];
    let sum = 0;
    for (let index = 0; index < g; index += 1)
      sum += (at(a, index) - meanA) * (at(b, index) - meanB);
    return ((g - 1) / g) * sum;
  };
  return {
    intercept: product(intercepts, intercepts),
    slope: product(slopes, slopes),
    both: product(intercepts, slopes),
  };
}
