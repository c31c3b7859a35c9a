import { at, intAt } from '../at.ts';
import { chunkSums, type FlipLayout, type Flips } from './sign-flips.ts';

/** One vector of paired differences, summed for flipping; null marks a pair that is not complete. */
export interface FlipSums {
  readonly sums: Float64Array;
  /** As `sums`, of total times size; null where every cluster has one size. */
  readonly sizedSums: Float64Array | null;
  readonly commonSize: number;
  /** By stratum, here and below: pairs. */
  readonly n: Float64Array;
  /** 1 / n, and 0 without pairs. */
  readonly inverseN: Float64Array;
  /** Σ total² and Σ size². */
  readonly squares: Float64Array;
  readonly sizeSquares: Float64Array;
  /** 1 where squares are taken around the mean, 0 for a single cluster. */
  readonly centring: Float64Array;
  /** What makes CR1 of the squares: G / (G - 1) / n², or 1 / n² for a single cluster. */
  readonly scale: Float64Array;
}

export function sumForFlipping(
  layout: FlipLayout,
  differences: readonly (number | null)[],
): FlipSums {
  const totals = new Float64Array(layout.entryCluster.length);
  const sizes = new Float64Array(totals.length);
  differences.forEach((difference, observation) => {
    if (difference === null) return;
    const entry = intAt(layout.observationEntry, observation);
    totals[entry] = at(totals, entry) + difference;
    sizes[entry] = at(sizes, entry) + 1;
  });
  const used = [...new Set(sizes)].filter((size) => size > 0);
  const sized = used.length > 1;
  const strata = layout.stratumStart.length - 1;
  const over = (entryValue: (entry: number) => number) =>
    Float64Array.from({ length: strata }, (_, stratum) => {
      let sum = 0;
      const end = intAt(layout.stratumStart, stratum + 1);
      for (let entry = intAt(layout.stratumStart, stratum); entry < end; entry += 1) {
        sum += entryValue(entry);
      }
      return sum;
    });
  const n = over((entry) => at(sizes, entry));
  const clusters = over((entry) => (at(sizes, entry) > 0 ? 1 : 0));
  const inverseN = n.map((count) => (count > 0 ? 1 / count : 0));
  return {
    sums: chunkSums(layout, totals),
    sizedSums: sized
      ? chunkSums(
          layout,
          totals.map((total, entry) => total * at(sizes, entry)),
        )
      : null,
    commonSize: used[0] ?? 1,
    n,
    inverseN,
    centring: clusters.map((count) => (count > 1 ? 1 : 0)),
    scale: clusters.map((count, stratum) => {
      const correction = count > 1 ? count / (count - 1) : 1;
      return correction * at(inverseN, stratum) ** 2;
    }),
    squares: over((entry) => at(totals, entry) ** 2),
    sizeSquares: over((entry) => at(sizes, entry) ** 2),
  };
}

/** Hypotheses one after another: the strata of each with weights that add up to 1. */
export interface FlipRows {
  /** First stratum of every row, and the number of all at the end; equal where a row has no pair. */
  readonly starts: Int32Array;
  readonly strata: Int32Array;
  readonly weights: Float64Array;
}

/** Drops strata without pairs and scales the other weights to 1, row by row. */
export function flipRows(rows: readonly (readonly number[])[], pairs: Float64Array): FlipRows {
  const kept = rows.map((weights) => {
    const used = Array.from(pairs, (n, stratum) => (n > 0 ? (weights[stratum] ?? 0) : 0));
    const total = used.reduce((sum, weight) => sum + weight, 0);
    return used.flatMap((weight, stratum) =>
      weight > 0 ? [{ stratum, weight: weight / total }] : [],
    );
  });
  const starts = new Int32Array(rows.length + 1);
  kept.forEach((row, index) => {
    starts[index + 1] = intAt(starts, index) + row.length;
  });
  return {
    starts,
    strata: Int32Array.from(kept.flat(), (part) => part.stratum),
    weights: Float64Array.from(kept.flat(), (part) => part.weight),
  };
}

/** Means and squared standard errors by stratum, under one flip. */
export interface StratumMoments {
  readonly means: Float64Array;
  readonly squaredErrors: Float64Array;
}

/** Share of a squared error under which it is rounding, not spread. */
const ROUNDING = 1e-12;

/** Sum of the looked-up chunks from `start` to before `end`. */
function lookUp(sums: Float64Array, places: Int32Array, start: number, end: number): number {
  let total = 0;
  for (let chunk = start; chunk < end; chunk += 1) total += at(sums, intAt(places, chunk));
  return total;
}

/**
 * Fills the moments of one flip. The squared error is CR1's, with Σ total² and Σ size² known from
 * the data as no flip changes them; a stratum of one cluster has its squared total instead.
 */
export function flipMoments(
  layout: FlipLayout,
  data: FlipSums,
  places: Int32Array,
  into: StratumMoments,
): void {
  const { chunkStart } = layout;
  const { sums, sizedSums, commonSize } = data;
  for (let stratum = 0; stratum < into.means.length; stratum += 1) {
    const start = intAt(chunkStart, stratum);
    const end = intAt(chunkStart, stratum + 1);
    const total = lookUp(sums, places, start, end);
    const sized = sizedSums ? lookUp(sizedSums, places, start, end) : commonSize * total;
    const centre = total * at(data.inverseN, stratum);
    const raw = at(data.squares, stratum);
    const around = centre * (2 * sized - centre * at(data.sizeSquares, stratum));
    const squares = raw - at(data.centring, stratum) * around;
    into.means[stratum] = centre;
    into.squaredErrors[stratum] = squares > ROUNDING * raw ? squares * at(data.scale, stratum) : 0;
  }
}

/**
 * Fills t = Σ w d̄ / √Σ w² SE² of every row: infinite where all clusters agree, 0 where all are 0,
 * and NaN, which reaches no threshold, where the row has no pair.
 */
export function fillStatistics(rows: FlipRows, moments: StratumMoments, into: Float64Array): void {
  const { starts, strata, weights } = rows;
  const { means, squaredErrors } = moments;
  for (let row = 0; row < into.length; row += 1) {
    const end = intAt(starts, row + 1);
    let numerator = 0;
    let squaredError = 0;
    for (let index = intAt(starts, row); index < end; index += 1) {
      const stratum = intAt(strata, index);
      const weight = at(weights, index);
      numerator += weight * at(means, stratum);
      squaredError += weight * weight * at(squaredErrors, stratum);
    }
    if (squaredError > 0) into[row] = numerator / Math.sqrt(squaredError);
    else into[row] = withoutSpread(numerator, end - intAt(starts, row));
  }
}

function withoutSpread(numerator: number, strata: number): number {
  if (strata === 0) return Number.NaN;
  return Math.abs(numerator) < 1e-9 ? 0 : numerator * Number.POSITIVE_INFINITY;
}

/** Where each chunk's sum under the given flip stands in `chunkSums`; flip -1 leaves all signs. */
export function fillPlaces(flips: Flips, flip: number, places: Int32Array): void {
  const base = flip * places.length;
  for (let chunk = 0; chunk < places.length; chunk += 1) {
    const mask = flip < 0 ? 0 : Number(flips.masks[base + chunk]);
    places[chunk] = chunk * 256 + mask;
  }
}
