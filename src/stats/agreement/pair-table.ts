import { at, intAt, pick } from '../at.ts';
import { requireSameLength } from './coefficient.ts';

/** The values that pairs take, side by side. */
export interface PairScale {
  /** Distinct values of each side, ascending. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** Those of both sides together, and where each side's stand among them. */
  readonly values: Float64Array;
  readonly firstPlaces: Int32Array;
  readonly secondPlaces: Int32Array;
}

/** Paired values counted by how often each combination occurs. */
export interface PairTable {
  readonly scale: PairScale;
  /** Row by row: the count of `first[i]` with `second[j]` stands at i · second.length + j. */
  readonly counts: Float64Array;
}

/** Pairs as cells of a table that has a place for all of them. */
export interface PairCells {
  readonly scale: PairScale;
  /** The place in `counts` of every pair. */
  readonly cells: Int32Array;
}

function distinct(values: readonly number[]): Float64Array {
  return Float64Array.from(new Set(values)).sort();
}

/**
 * Codes pairs of ratings. Ratings take few values, so that every measure of agreement can be had
 * from the table of their counts, and a resample costs an addition a pair.
 */
export function codePairs(x: readonly number[], y: readonly number[]): PairCells {
  requireSameLength(x, y);
  const first = distinct(x);
  const second = distinct(y);
  const values = distinct([...first, ...second]);
  const merged = placesOf(values);
  const rows = placesOf(first);
  const columns = placesOf(second);
  const placesIn = (side: Float64Array) => Int32Array.from(side, (value) => merged.get(value) ?? 0);
  return {
    scale: { first, second, values, firstPlaces: placesIn(first), secondPlaces: placesIn(second) },
    cells: Int32Array.from(x, (value, index) => {
      const row = rows.get(value) ?? 0;
      return row * second.length + (columns.get(pick(y, index)) ?? 0);
    }),
  };
}

function placesOf(values: Float64Array): Map<number, number> {
  return new Map(Array.from(values, (value, place) => [value, place]));
}

/** Counts all pairs, each by its weight where weights are given. */
export function countCells(
  { scale, cells }: PairCells,
  weights: Float64Array | null = null,
): PairTable {
  const counts = new Float64Array(scale.first.length * scale.second.length);
  for (let pair = 0; pair < cells.length; pair += 1) {
    const cell = intAt(cells, pair);
    counts[cell] = at(counts, cell) + (weights === null ? 1 : at(weights, pair));
  }
  return { scale, counts };
}

/** Sums over a table that Pearson's r, ICC, errors and the quadratic kappa are made of. */
export interface TableMoments {
  readonly n: number;
  readonly meanX: number;
  readonly meanY: number;
  /** Σ (x - x̄)², Σ (y - ȳ)², Σ (x - x̄)(y - ȳ). */
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
  /** Σ |x - y|, and the counts of equal pairs and of those at most one point apart. */
  readonly absolute: number;
  readonly equal: number;
  readonly near: number;
}

/** Of the values themselves, or of others in their place, such as their ranks. */
export function momentsOf(
  { counts }: Pick<PairTable, 'counts'>,
  sides: Pick<PairScale, 'first' | 'second'>,
): TableMoments {
  const { first, second } = sides;
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  let absolute = 0;
  let equal = 0;
  let near = 0;
  for (let row = 0, cell = 0; row < first.length; row += 1) {
    const x = at(first, row);
    for (let column = 0; column < second.length; column += 1, cell += 1) {
      const count = at(counts, cell);
      if (count === 0) continue;
      const y = at(second, column);
      const gap = Math.abs(x - y);
      n += count;
      sumX += count * x;
      sumY += count * y;
      absolute += count * gap;
      if (gap === 0) equal += count;
      if (gap <= 1) near += count;
    }
  }
  return {
    n,
    meanX: sumX / n,
    meanY: sumY / n,
    ...centred(counts, sides, { meanX: sumX / n, meanY: sumY / n }),
    absolute,
    equal,
    near,
  };
}

function centred(
  counts: Float64Array,
  { first, second }: Pick<PairScale, 'first' | 'second'>,
  { meanX, meanY }: Pick<TableMoments, 'meanX' | 'meanY'>,
) {
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let row = 0, cell = 0; row < first.length; row += 1) {
    const dx = at(first, row) - meanX;
    for (let column = 0; column < second.length; column += 1, cell += 1) {
      const count = at(counts, cell);
      if (count === 0) continue;
      const dy = at(second, column) - meanY;
      xx += count * dx * dx;
      yy += count * dy * dy;
      xy += count * dx * dy;
    }
  }
  return { xx, yy, xy };
}

/** Pairs of pairs by how the two sides order them; what tau-b and pairwise accuracy are made of. */
export interface TableOrder {
  readonly concordant: number;
  readonly discordant: number;
  /** Tied on one side only, and on both. */
  readonly tiedFirst: number;
  readonly tiedSecond: number;
  readonly tiedBoth: number;
}

/** Counts in O(cells): whole counts are needed for `tiedBoth`. */
export function orderOf(
  { scale, counts }: PairTable,
  { above }: Pick<TableRoom, 'above'>,
): TableOrder {
  const columns = scale.second.length;
  above.fill(0);
  const order = { concordant: 0, discordant: 0, tiedFirst: 0, tiedSecond: 0, tiedBoth: 0 };
  let before = 0;
  for (let row = 0; row < scale.first.length; row += 1) {
    let left = 0;
    let aboveLeft = 0;
    for (let column = 0; column < columns; column += 1) {
      const count = at(counts, row * columns + column);
      const over = at(above, column);
      if (count > 0) {
        order.concordant += count * aboveLeft;
        order.discordant += count * (before - aboveLeft - over);
        order.tiedFirst += count * left;
        order.tiedSecond += count * over;
        order.tiedBoth += (count * (count - 1)) / 2;
        left += count;
      }
      aboveLeft += over;
    }
    for (let column = 0; column < columns; column += 1) {
      above[column] = at(above, column) + at(counts, row * columns + column);
    }
    before += left;
  }
  return order;
}

/** Room for what is derived from a table's counts; used again for every table of a scale. */
export interface TableRoom {
  /** How often each value occurs on the first side, the second, and on both together. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly totals: Float64Array;
  /** Midranks of the values, but for a constant. */
  readonly firstRanks: Float64Array;
  readonly secondRanks: Float64Array;
  readonly ranks: Float64Array;
  /** For `orderOf`. */
  readonly above: Float64Array;
}

export function makeRoom({ first, second, values }: PairScale): TableRoom {
  const room = (length: number) => new Float64Array(length);
  return {
    first: room(first.length),
    second: room(second.length),
    totals: room(values.length),
    firstRanks: room(first.length),
    secondRanks: room(second.length),
    ranks: room(values.length),
    above: room(second.length),
  };
}

/** Fills margins, totals and ranks. */
export function fillRoom({ scale, counts }: PairTable, room: TableRoom): void {
  const { first, second, totals } = room;
  first.fill(0);
  second.fill(0);
  totals.fill(0);
  for (let row = 0, cell = 0; row < first.length; row += 1) {
    for (let column = 0; column < second.length; column += 1, cell += 1) {
      const count = at(counts, cell);
      first[row] = at(first, row) + count;
      second[column] = at(second, column) + count;
    }
  }
  addTo(totals, first, scale.firstPlaces);
  addTo(totals, second, scale.secondPlaces);
  fillMidpoints(first, room.firstRanks);
  fillMidpoints(second, room.secondRanks);
  fillMidpoints(totals, room.ranks);
}

function addTo(totals: Float64Array, margin: Float64Array, places: Int32Array): void {
  for (let index = 0; index < margin.length; index += 1) {
    const place = intAt(places, index);
    totals[place] = at(totals, place) + at(margin, index);
  }
}

function fillMidpoints(counts: Float64Array, middles: Float64Array): void {
  let below = 0;
  for (let place = 0; place < counts.length; place += 1) {
    const count = at(counts, place);
    middles[place] = below + count / 2;
    below += count;
  }
}
