import { at, intAt } from '../at.ts';
import {
  fillRoom,
  makeRoom,
  momentsOf,
  orderOf,
  type PairScale,
  type PairTable,
  type TableMoments,
  type TableRoom,
} from './pair-table.ts';

/** Measures of agreement between two ratings of the same things, in the order in which they print. */
export const AGREEMENT_MEASURES = [
  'pearson',
  'spearman',
  'kendallTauB',
  'alphaOrdinal',
  'alphaInterval',
  'alphaNominal',
  'quadraticKappa',
  'icc',
  'iccAverage',
  'bias',
  'meanAbsoluteError',
  'exact',
  'withinOne',
  'slope',
  'pairwiseAccuracy',
] as const;
export type AgreementMeasure = (typeof AGREEMENT_MEASURES)[number];

/** One value a measure, in their order; NaN where a measure is undefined for these pairs. */
export type MeasureValues = Float64Array;

/** Measures tables of one scale. The result is valid until the next call, and so needs no memory. */
export type TableMeasurer = (counts: Float64Array, coincidences?: Float64Array) => MeasureValues;

/**
 * All measures of tables of pairs (first: the judge, second: the reference).
 * - `alpha…`: Krippendorff's, of units of two; over more raters pass `coincidences`, in which every
 *   pair of an answer with m raters weighs 1 / (m - 1).
 * - `quadraticKappa` with weights (x - y)²: 1 - Σ (x - y)² / n / (s_x² + s_y² + (x̄ - ȳ)²), the same for
 *   any domain that holds the values.
 * - `icc`, `iccAverage`: ICC(2,1) and ICC(2,k) of rows of two (Shrout & Fleiss 1979).
 * - `bias`: first minus second. `slope`: of first on second.
 * - `pairwiseAccuracy`: pairs that both order alike or both tie (Deutsch et al. 2023).
 */
export function createTableMeasurer(scale: PairScale): TableMeasurer {
  const room = makeRoom(scale);
  const rankSides = { first: room.firstRanks, second: room.secondRanks };
  const values = new Float64Array(AGREEMENT_MEASURES.length);
  return (counts, coincidences = counts) => {
    const table = { scale, counts };
    fillRoom(table, room);
    const moments = momentsOf(table, scale);
    const rankMoments = momentsOf(table, rankSides);
    const order = orderOf(table, room);
    if (coincidences !== counts) fillRoom({ scale, counts: coincidences }, room);
    values[0] = correlation(moments);
    values[1] = correlation(rankMoments);
    const comparable = order.concordant + order.discordant;
    values[2] = bounded(
      (order.concordant - order.discordant) /
        Math.sqrt((comparable + order.tiedSecond) * (comparable + order.tiedFirst)),
    );
    fillAlphas({ scale, counts: coincidences }, room, values);
    values[6] = quadraticKappa(moments);
    fillIntraclass(moments, values);
    const { n } = moments;
    values[9] = moments.meanX - moments.meanY;
    values[10] = moments.absolute / n;
    values[11] = moments.equal / n;
    values[12] = moments.near / n;
    values[13] = moments.yy > tiny(moments) ? moments.xy / moments.yy : Number.NaN;
    const all = comparable + order.tiedFirst + order.tiedSecond + order.tiedBoth;
    values[14] = (order.concordant + order.tiedBoth) / all;
    return values;
  };
}

/** `createTableMeasurer` for one table. */
export function measureTable(
  { scale, counts }: PairTable,
  coincidences?: PairTable,
): MeasureValues {
  return createTableMeasurer(scale)(counts, coincidences?.counts);
}

/** What rounding leaves of a sum of squares that should be 0. */
const tiny = ({ n, meanX, meanY }: TableMoments) => 1e-12 * n * (1 + meanX ** 2 + meanY ** 2);

const bounded = (value: number) =>
  Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : Number.NaN;

function correlation(moments: TableMoments): number {
  const least = tiny(moments);
  if (!(moments.xx > least && moments.yy > least)) return Number.NaN;
  return bounded(moments.xy / Math.sqrt(moments.xx * moments.yy));
}

function quadraticKappa(moments: TableMoments): number {
  const { n, meanX, meanY, xx, yy, xy } = moments;
  const offset = (meanX - meanY) ** 2;
  const expected = (xx + yy) / n + offset;
  if (!(expected * n > tiny(moments))) return Number.NaN;
  return 1 - ((xx + yy - 2 * xy) / n + offset) / expected;
}

/** From the mean squares of rows of two: between rows, between raters, residual. */
function fillIntraclass(moments: TableMoments, values: MeasureValues): void {
  const { n, meanX, meanY, xx, yy, xy } = moments;
  const defined = n > 1 && xx + yy > tiny(moments);
  const rows = (xx + yy + 2 * xy) / 2 / (n - 1);
  const error = (xx + yy - 2 * xy) / 2 / (n - 1);
  const raters = (n * (meanX - meanY) ** 2) / 2;
  const offset = (raters - error) / n;
  values[7] = defined ? over(rows - error, rows + error + 2 * offset) : Number.NaN;
  values[8] = defined ? over(rows - error, rows + offset) : Number.NaN;
}

/** NaN where the denominator is 0, or what rounding leaves of one. */
const over = (numerator: number, denominator: number) =>
  Math.abs(denominator) > 1e-12 * Math.abs(numerator) ? numerator / denominator : Number.NaN;

/** 1 - (n - 1) Σ o_ck δ² / Σ n_c n_k δ² over c < k, n counting values: ordinal, interval, nominal. */
function fillAlphas(
  { scale, counts }: PairTable,
  { totals, ranks }: TableRoom,
  alphas: MeasureValues,
): void {
  const { values, firstPlaces, secondPlaces } = scale;
  let [ordinal, interval, nominal] = [0, 0, 0];
  for (let row = 0, cell = 0; row < firstPlaces.length; row += 1) {
    const a = intAt(firstPlaces, row);
    for (let column = 0; column < secondPlaces.length; column += 1, cell += 1) {
      const b = intAt(secondPlaces, column);
      const count = at(counts, cell);
      if (count === 0 || a === b) continue;
      ordinal += count * (at(ranks, a) - at(ranks, b)) ** 2;
      interval += count * (at(values, a) - at(values, b)) ** 2;
      nominal += count;
    }
  }
  const expected = { ordinal: 0, interval: 0, nominal: 0 };
  let n = 0;
  for (let a = 0; a < totals.length; a += 1) {
    const total = at(totals, a);
    for (let b = 0; b < a; b += 1) {
      const weight = total * at(totals, b);
      expected.ordinal += weight * (at(ranks, a) - at(ranks, b)) ** 2;
      expected.interval += weight * (at(values, a) - at(values, b)) ** 2;
      expected.nominal += weight;
    }
    n += total;
  }
  alphas[3] = alphaOf(n, ordinal, expected.ordinal);
  alphas[4] = alphaOf(n, interval, expected.interval);
  alphas[5] = alphaOf(n, nominal, expected.nominal);
}

const alphaOf = (n: number, observed: number, expected: number) =>
  expected > 0 ? 1 - ((n - 1) * observed) / expected : Number.NaN;
