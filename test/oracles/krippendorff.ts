import type { Coefficient } from '../../src/stats/agreement/coefficient.ts';
import { at, pick } from '../../src/stats/at.ts';

/** How far two values count as apart. Ratings 1–10: ordinal by default, interval beside it. */
export type Measurement = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/** Values that can be paired: those of units with two and more. */
function pairableUnits(units: readonly (readonly (number | null)[])[]): number[][] {
  return units
    .map((unit) => unit.filter((value) => value !== null))
    .filter((unit) => unit.length >= 2);
}

type Distance = (first: number, second: number) => number;

/**
 * Squared distances of positions in the sorted values. The ordinal one, (Σ_{g=c..k} n_g -
 * (n_c + n_k)/2)², is the interval one of midranks.
 */
function squaredDistance(
  measurement: Measurement,
  values: readonly number[],
  counts: Float64Array,
): Distance {
  if (measurement === 'nominal') return (a, b) => (a === b ? 0 : 1);
  if (measurement === 'ratio') {
    if (values.some((value) => value < 0))
      throw new RangeError('a ratio scale has no values below 0');
    return (a, b) => {
      if (a === b) return 0;
      return ((pick(values, a) - pick(values, b)) / (pick(values, a) + pick(values, b))) ** 2;
    };
  }
  const places = measurement === 'interval' ? Float64Array.from(values) : midpoints(counts);
  return (a, b) => (at(places, a) - at(places, b)) ** 2;
}

function midpoints(counts: Float64Array): Float64Array {
  let below = 0;
  return counts.map((count) => {
    below += count;
    return below - count / 2;
  });
}

/**
 * Krippendorff's alpha for any number of raters and missing values (Krippendorff 2011, Computing
 * Krippendorff's Alpha-Reliability), alpha = 1 - (n-1) Σ o_ck δ² / Σ n_c n_k δ² over c < k.
 * A unit is the list of its ratings, null or absent where missing. `too-few`: no unit has two;
 * `constant`: all pairable values are equal, so that agreement by chance is certain.
 * n counts pairable values.
 */
export function krippendorffAlpha(
  units: readonly (readonly (number | null)[])[],
  measurement: Measurement,
): Coefficient {
  const pairable = pairableUnits(units);
  const all = pairable.flat();
  const n = all.length;
  if (n === 0) return { value: null, n, reason: 'too-few' };
  const values = [...new Set(all)].sort((a, b) => a - b);
  if (values.length === 1) return { value: null, n, reason: 'constant' };
  const position = new Map(values.map((value, index) => [value, index]));
  const coded = pairable.map((unit) => Int32Array.from(unit, (value) => position.get(value) ?? -1));
  const counts = new Float64Array(values.length);
  for (const unit of coded) for (const code of unit) counts[code] = at(counts, code) + 1;
  const distance = squaredDistance(measurement, values, counts);
  const observed = coded.reduce((sum, unit) => sum + unitDisagreement(unit, distance), 0);
  let expected = 0;
  for (let a = 0; a < values.length; a += 1) {
    for (let b = 0; b < a; b += 1) expected += at(counts, a) * at(counts, b) * distance(a, b);
  }
  return { value: 1 - ((n - 1) * observed) / expected, n };
}

/** Σ of δ² over the unit's unordered pairs, divided by its ratings less one. */
function unitDisagreement(unit: Int32Array, distance: Distance): number {
  let sum = 0;
  unit.forEach((first, index) => {
    for (const second of unit.subarray(0, index)) sum += distance(first, second);
  });
  return sum / (unit.length - 1);
}
