import { at, pick } from '../at.ts';
import { binomialCdf } from '../distributions/binomial.ts';
import { clusterTotals, mean } from './describe.ts';
import type { Interval } from './intervals.ts';

/** How many draws differ from the most common value, below and above it. */
export interface Apart {
  readonly common: number;
  readonly below: number;
  readonly above: number;
  readonly draws: number;
}

/** From this number of draws on that differ, their own spread is known well enough. */
const FEW = 5;
/** So few equal draws say little on either side. */
const SMALL = 10;
/** Means over repeats can leave a trace of rounding. */
const EQUAL = 1e-9;

/**
 * Counts by cluster means. Of values equally common the one nearest to the range's middle is taken,
 * so that nothing depends on the order. null where five or more differ: nothing is nearly constant.
 */
export function fewApart(
  values: readonly number[],
  clusters: readonly (string | number)[],
  range: Interval,
): Apart | null {
  const { sums, sizes } = clusterTotals(values, clusters);
  if (sums.length === 0) return null;
  const means = sums.map((sum, code) => sum / at(sizes, code));
  const middle = (range.low + range.high) / 2;
  const common = mostCommon(means, middle);
  let different = 0;
  for (const value of means) {
    if (Math.abs(value - common) > EQUAL) different += 1;
    if (different >= FEW) return null;
  }
  const below = means.filter((value) => value < common - EQUAL).length;
  const above = means.filter((value) => value > common + EQUAL).length;
  return { common, below, above, draws: means.length };
}

/** Share of draws, by cluster means, that differ from the most common value; 0 for no draw. */
export function shareApart(
  values: readonly number[],
  clusters: readonly (string | number)[],
): number {
  const { sums, sizes } = clusterTotals(values, clusters);
  const means = [...sums].map((sum, code) => sum / at(sizes, code)).sort((a, b) => a - b);
  let [most, run] = [0, 0];
  means.forEach((value, place) => {
    run = place > 0 && value - pick(means, place - 1) <= EQUAL ? run + 1 : 1;
    most = Math.max(most, run);
  });
  return means.length === 0 ? 0 : 1 - most / means.length;
}

/**
 * The most common of the first nine values: where fewer than five of all differ from one value, that
 * is the value. Of several equally common, the one nearest to the middle.
 */
function mostCommon(all: Float64Array, middle: number): number {
  const values = [...all.subarray(0, 2 * FEW - 1)];
  const count = (value: number) =>
    values.filter((other) => Math.abs(other - value) <= EQUAL).length;
  const [first = middle] = values.sort(
    (a, b) => count(b) - count(a) || Math.abs(a - middle) - Math.abs(b - middle) || a - b,
  );
  return first;
}

/**
 * Bounds of a rating's mean while fewer than five draws differ from the most common value v. With
 * confidence `level` on that side at most the share q lies above v (Clopper & Pearson 1934, Biometrika
 * 26), at worst at the scale's end: mean <= v + q (max - v). Taken on the side away from the scale's middle,
 * towards which a prior over the scale pulls, and on both for fewer than ten equal draws.
 */
export function nearlyConstantBound(
  values: readonly number[],
  clusters: readonly (string | number)[],
  { range, level = 0.95 }: { readonly range: Interval; readonly level?: number },
): Interval | null {
  const apart = fewApart(values, clusters, range);
  const centre = mean(values);
  if (apart === null || centre === null) return null;
  const { common, below, above, draws } = apart;
  const middle = (range.low + range.high) / 2;
  const both = below + above === 0 && draws < SMALL;
  const tail = (1 - level) / 2;
  const reach = (count: number, end: number) =>
    common + shareAtMost(count, draws, tail) * (end - common);
  return {
    low: both || centre <= middle ? Math.min(centre, reach(below, range.low)) : centre,
    high: both || centre >= middle ? Math.max(centre, reach(above, range.high)) : centre,
  };
}

/** Clopper & Pearson's upper bound: the share p at which so few of n have probability `tail`. */
function shareAtMost(count: number, n: number, tail: number): number {
  if (count === 0) return 1 - tail ** (1 / n);
  if (count >= n) return 1;
  let [low, high] = [count / n, 1];
  for (let step = 0; step < 50; step += 1) {
    const share = (low + high) / 2;
    if (binomialCdf(count, n, share) > tail) low = share;
    else high = share;
  }
  return high;
}
