import { at, intAt, pick } from '../at.ts';
import { codeLabels } from '../means/describe.ts';
import type { Random } from '../random/random.ts';
import {
  type FlipRows,
  type FlipSums,
  fillPlaces,
  fillStatistics,
  flipMoments,
  flipRows,
  sumForFlipping,
} from './flip-statistic.ts';
import { allFlips, type FlipLayout, type Flips, layOut, randomFlips } from './sign-flips.ts';

/** `greater`: the mean difference is above 0; `less`: below. */
export type Tail = 'two-sided' | 'greater' | 'less';

export interface FlipOptions {
  readonly random: Random;
  readonly tail?: Tail;
  /** Random flips where not all are taken; 9999 by default. */
  readonly flips?: number;
  /**
   * All 2^G flips are taken up to this number of clusters (20 by default), where that makes no more
   * than 3·10⁷ statistics over all contrasts and rows.
   */
  readonly exactUpTo?: number;
}

export interface MaxTInput {
  /** Vectors of paired differences over the same observations; null where a pair is not complete. */
  readonly contrasts: readonly (readonly (number | null)[])[];
  /** Rows to test for each contrast: weights by stratum code, 0 or nothing for strata outside. */
  readonly rows: readonly (readonly number[])[];
  /** Family code of each row, from 0: p-values are adjusted within it. One family by default. */
  readonly families?: readonly number[];
  /** Stratum code of every observation, from 0. */
  readonly strata: readonly number[];
  /** Cluster of every observation: what flips together. */
  readonly clusters: readonly (string | number)[];
}

export interface FlipTest {
  /** Studentised statistic; null where it is infinite because all clusters agree. */
  readonly t: number | null;
  readonly p: number;
  /** Family-wise over all contrasts of the call and the rows of the family (single-step max-T). */
  readonly adjusted: number;
}

export interface MaxTResult {
  /** By contrast, then row; null where the row has no complete pair. */
  readonly tests: readonly (readonly (FlipTest | null)[])[];
  /** Flips taken, and whether they were all there are. */
  readonly flips: number;
  readonly exact: boolean;
}

/** Factor of t where one side counts; 0 where both do. */
const SIDES: Record<Tail, -1 | 0 | 1> = { 'two-sided': 0, greater: 1, less: -1 };
type Side = (typeof SIDES)[Tail];

/** How far out t lies on the side that counts. */
const extremity = (t: number, side: Side) => (side === 0 ? Math.abs(t) : side * t);

/** Statistics that differ by rounding only count as equal. */
const reached = (observed: number) =>
  Number.isFinite(observed) ? observed - 1e-9 * Math.max(1, Math.abs(observed)) : observed;

interface Contrast {
  /** t of the data as they are, by row; NaN for a row without a pair. */
  readonly observed: Float64Array;
  /** Flips whose own statistic reaches the observed one, by row. */
  readonly counts: Float64Array;
}

/** The highest statistic of every flip, by family, and the family of every row. */
interface Maxima {
  readonly values: readonly Float64Array[];
  readonly families: Int32Array;
}

/** Goes through all flips of one contrast, counting for its rows and raising the maxima of their families. */
function flipContrast(
  design: { readonly layout: FlipLayout; readonly flips: Flips; readonly side: Side },
  data: FlipSums,
  rows: FlipRows,
  maxima: Maxima,
): Contrast {
  const { layout, flips, side } = design;
  const strata = layout.stratumStart.length - 1;
  const moments = {
    means: new Float64Array(strata),
    squaredErrors: new Float64Array(strata),
  };
  const places = new Int32Array(flips.masks.length / flips.count);
  const observed = new Float64Array(rows.starts.length - 1);
  fillPlaces(flips, -1, places);
  flipMoments(layout, data, places, moments);
  fillStatistics(rows, moments, observed);
  const thresholds = observed.map((t) => reached(extremity(t, side)));
  const counts = new Float64Array(observed.length);
  const statistics = new Float64Array(observed.length);
  const tops = new Float64Array(maxima.values.length);
  for (let flip = 0; flip < flips.count; flip += 1) {
    fillPlaces(flips, flip, places);
    flipMoments(layout, data, places, moments);
    fillStatistics(rows, moments, statistics);
    for (let family = 0; family < tops.length; family += 1)
      tops[family] = at(pick(maxima.values, family), flip);
    for (let row = 0; row < statistics.length; row += 1) {
      const value = extremity(at(statistics, row), side);
      const family = intAt(maxima.families, row);
      if (value > at(tops, family)) tops[family] = value;
      if (value >= at(thresholds, row)) counts[row] = at(counts, row) + 1;
    }
    maxima.values.forEach((values, family) => {
      values[flip] = at(tops, family);
    });
  }
  return { observed, counts };
}

/** How many of the sorted values reach the threshold. */
function countReaching(sorted: Float64Array, threshold: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(sorted, middle) >= threshold) high = middle;
    else low = middle + 1;
  }
  return sorted.length - low;
}

/** Work (flips times hypotheses) up to which a family is enumerated rather than sampled. */
const EXACT_WORK = 3e7;

function chooseFlips(layout: FlipLayout, hypotheses: number, options: FlipOptions): Flips {
  const { clusters } = layout;
  const affordable = 2 ** clusters * hypotheses <= EXACT_WORK;
  if (clusters <= (options.exactUpTo ?? 20) && affordable) return allFlips(layout);
  return randomFlips(layout, options.flips ?? 9999, options.random);
}

/**
 * Sign-flip tests of many rows of many paired contrasts under the same flips, with p-values
 * adjusted by the maximum of the studentised statistics (Westfall & Young 1993, single step): the
 * family-wise error holds exactly where differences are exchangeable under a change of sign, and
 * the overlap of cells, cultures and total is used rather than paid for.
 *
 * p = #{T* >= T} / 2^G where all flips are taken, else (b + 1) / (B + 1) (Phipson & Smyth 2010),
 * never 0. Within a single stratum of equal clusters t is a monotone function of the sum, so there
 * the studentised p is that of the plain sign-flip test. Flips are dealt to clusters in their order
 * of appearance: pass the observations in a fixed order.
 */
export function maxT(input: MaxTInput, options: FlipOptions): MaxTResult {
  const layout = layOut(Int32Array.from(input.strata), codeLabels(input.clusters));
  const flips = chooseFlips(layout, input.contrasts.length * input.rows.length, options);
  const families = Int32Array.from(input.families ?? input.rows.map(() => 0));
  const maxima: Maxima = {
    values: Array.from({ length: 1 + families.reduce((top, code) => Math.max(top, code), 0) }, () =>
      new Float64Array(flips.count).fill(Number.NEGATIVE_INFINITY),
    ),
    families,
  };
  const side = SIDES[options.tail ?? 'two-sided'];
  const contrasts = input.contrasts.map((differences) => {
    if (differences.length !== input.strata.length)
      throw new RangeError('a difference a pair is needed');
    const data = sumForFlipping(layout, differences);
    const rows = flipRows(input.rows, data.n);
    return flipContrast({ layout, flips, side }, data, rows, maxima);
  });
  const sorted = maxima.values.map((values) => values.toSorted());
  const share = (count: number) =>
    flips.exact ? count / flips.count : (count + 1) / (flips.count + 1);
  const testOf = (t: number, count: number, family: number): FlipTest | null => {
    if (Number.isNaN(t)) return null;
    const adjusted = share(countReaching(pick(sorted, family), reached(extremity(t, side))));
    return { t: Number.isFinite(t) ? t : null, p: share(count), adjusted };
  };
  return {
    tests: contrasts.map(({ observed, counts }) =>
      Array.from(observed, (t, row) => testOf(t, at(counts, row), intAt(families, row))),
    ),
    flips: flips.count,
    exact: flips.exact,
  };
}

export interface SignFlipInput {
  readonly differences: readonly number[];
  /** What flips together; every difference its own cluster by default. */
  readonly clusters?: readonly (string | number)[];
  /** Stratum code of every difference, with the strata's weights; one stratum by default. */
  readonly strata?: { readonly codes: readonly number[]; readonly weights: readonly number[] };
}

export interface SignFlipResult {
  readonly t: number | null;
  readonly p: number;
  readonly flips: number;
  readonly exact: boolean;
}

/** Sign-flip (paired permutation) test of one weighted mean difference; see `maxT`. null for no pairs. */
export function signFlipTest(input: SignFlipInput, options: FlipOptions): SignFlipResult | null {
  const { differences } = input;
  if (differences.length === 0) return null;
  const result = maxT(
    {
      contrasts: [differences],
      rows: [input.strata?.weights ?? [1]],
      strata: input.strata?.codes ?? differences.map(() => 0),
      clusters: input.clusters ?? differences.map((_, index) => index),
    },
    options,
  );
  const test = result.tests[0]?.[0];
  return test ? { t: test.t, p: test.p, flips: result.flips, exact: result.exact } : null;
}
