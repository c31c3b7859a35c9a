import { at, intAt, pick } from './at.ts';
import { codeLabels } from './describe.ts';
import {
  type FlipRow,
  type FlipSums,
  fillPlaces,
  flipMoments,
  flipRow,
  flipT,
  sumForFlipping,
} from './flip-statistic.ts';
import type { Random } from './random.ts';
import { allFlips, type FlipLayout, type Flips, layOut, randomFlips } from './sign-flips.ts';

/** `greater`: the mean difference is above 0; `less`: below. */
export type Tail = 'two-sided' | 'greater' | 'less';

export interface FlipOptions {
  readonly random: Random;
  readonly tail?: Tail;
  /** Random flips where not all are taken; 9999 by default. */
  readonly flips?: number;
  /** All 2^G flips are taken up to this number of clusters; 20 by default. */
  readonly exactUpTo?: number;
}

export interface MaxTInput {
  /** Vectors of paired differences over the same observations; null where a pair is not complete. */
  readonly contrasts: readonly (readonly (number | null)[])[];
  /** Rows to test for each contrast: weights by stratum code, 0 for strata outside. */
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

const orient: Record<Tail, (t: number) => number> = {
  'two-sided': Math.abs,
  greater: (t) => t,
  less: (t) => -t,
};

/** Statistics that differ by rounding only count as equal. */
const reached = (observed: number) =>
  Number.isFinite(observed) ? observed - 1e-9 * Math.max(1, Math.abs(observed)) : observed;

interface Contrast {
  readonly data: FlipSums;
  readonly rows: readonly (FlipRow | null)[];
  /** t of the data as they are, by row. */
  readonly observed: readonly number[];
  /** Flips whose own statistic reaches the observed one, by row. */
  readonly counts: Float64Array;
}

interface Maxima {
  /** The highest statistic of every flip, by family. */
  readonly values: readonly Float64Array[];
  readonly orient: (t: number) => number;
  /** Family of every row. */
  readonly families: Int32Array;
}

/** Goes through all flips of one contrast, counting for its rows and raising the maxima of their families. */
function flipContrast(
  layout: FlipLayout,
  flips: Flips,
  contrast: Pick<Contrast, 'data' | 'rows'>,
  maxima: Maxima,
): Contrast {
  const { data, rows } = contrast;
  const strata = layout.stratumStart.length - 1;
  const moments = {
    means: new Float64Array(strata),
    squaredErrors: new Float64Array(strata),
  };
  const places = new Int32Array(flips.masks.length / flips.count);
  fillPlaces(flips, -1, places);
  flipMoments(layout, data, places, moments);
  const observed = rows.map((row) => (row === null ? 0 : flipT(row, moments)));
  const thresholds = Float64Array.from(observed, (t) => reached(maxima.orient(t)));
  const counts = new Float64Array(rows.length);
  const tops = rows.map((_, index) => pick(maxima.values, intAt(maxima.families, index)));
  for (let flip = 0; flip < flips.count; flip += 1) {
    fillPlaces(flips, flip, places);
    flipMoments(layout, data, places, moments);
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index];
      if (!row) continue;
      const value = maxima.orient(flipT(row, moments));
      const top = pick(tops, index);
      if (value > at(top, flip)) top[flip] = value;
      if (value >= at(thresholds, index)) counts[index] = at(counts, index) + 1;
    }
  }
  return { data, rows, observed, counts };
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

const highest = (codes: Int32Array) => codes.reduce((top, code) => Math.max(top, code), -1);

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
    values: Array.from({ length: highest(families) + 1 }, () =>
      new Float64Array(flips.count).fill(Number.NEGATIVE_INFINITY),
    ),
    orient: orient[options.tail ?? 'two-sided'],
    families,
  };
  const strata = layout.stratumStart.length - 1;
  const contrasts = input.contrasts.map((differences) => {
    if (differences.length !== input.strata.length)
      throw new RangeError('a difference a pair is needed');
    const data = sumForFlipping(layout, differences);
    const rows = input.rows.map((weights) => flipRow(weights.slice(0, strata), data.n));
    return flipContrast(layout, flips, { data, rows }, maxima);
  });
  const sorted = maxima.values.map((values) => values.toSorted());
  const share = (count: number) =>
    flips.exact ? count / flips.count : (count + 1) / (flips.count + 1);
  const testOf = (contrast: Contrast, row: FlipRow | null, index: number): FlipTest | null => {
    if (row === null) return null;
    const observed = pick(contrast.observed, index);
    return {
      t: Number.isFinite(observed) ? observed : null,
      p: share(at(contrast.counts, index)),
      adjusted: share(
        countReaching(pick(sorted, intAt(families, index)), reached(maxima.orient(observed))),
      ),
    };
  };
  return {
    tests: contrasts.map((contrast) =>
      contrast.rows.map((row, index) => testOf(contrast, row, index)),
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
