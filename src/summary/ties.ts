import { pick } from '../stats/at.ts';
import { studentTCdf } from '../stats/student-t.ts';
import { LEVEL } from './comparison-row.ts';
import { type ContrastDesign, contrastDesign, type DesignRow } from './contrast-design.ts';
import { differenceOf, pairCells } from './difference.ts';
import { adjustTests } from './row-tests.ts';
import type { Slice } from './run-summary.ts';
import { type ScoreTable, type SeriesScores, seriesByJudge } from './score-table.ts';

/** Whether a series is tied with the best in a slice; null where that is not tested. */
export type TieFinder = (series: SeriesScores, by: Slice) => boolean | null;

export interface Ties {
  readonly tied: TieFinder;
  readonly method: string;
}

/** Statistics computed at most, flips × pairs × what one takes; then fewer flips. */
const FLIPS = [
  { flips: 9999, work: 2e8 },
  { flips: 1999, work: 5e8 },
  { flips: 999, work: 1e9 },
] as const;

/**
 * Which series cannot be told apart from the best in total, cultures and categories: all pairs of
 * one judge's series, total and slices as two families, max-T at 5 %. All pairs are in the family, as
 * the best is chosen by the same data. Beyond what flips can be afforded for: Bonferroni on t.
 */
export function findTies(table: ScoreTable): Ties {
  const design = contrastDesign(table.items);
  const rows = design.rows.filter(({ family }) => family !== 'cells');
  const found = new Map<SeriesScores, Map<string, boolean>>();
  const methods = new Set<string>();
  for (const series of seriesByJudge(table.series)) {
    const group = { design: { ...design, rows }, series };
    const { distinct, method } = tellApart(group);
    methods.add(method);
    for (const [index, entry] of series.entries()) found.set(entry, tiesOf(group, index, distinct));
  }
  return {
    tied: (series, by) => found.get(series)?.get(JSON.stringify(by)) ?? null,
    method: [...methods].join('; '),
  };
}

interface Group {
  readonly design: ContrastDesign;
  readonly series: readonly SeriesScores[];
}

/** Whether two series differ in a row, by their places in the group. */
type Distinct = (row: number, first: number, second: number) => boolean;

function tiesOf(
  { design, series }: Group,
  index: number,
  distinct: Distinct,
): Map<string, boolean> {
  const ties = new Map<string, boolean>();
  design.rows.forEach((row, place) => {
    const means = series.map((entry) => meanOf(design, row, entry));
    const own = pick(means, index);
    if (own === null) return;
    const best = means.reduce<number>(
      (top, value, at) => (value !== null && value > (pick(means, top) ?? -1) ? at : top),
      index,
    );
    ties.set(JSON.stringify(row.by), best === index || !distinct(place, best, index));
  });
  return ties;
}

/** Mean over rated questions of a row, as the tables print it. */
function meanOf({ cellOf }: ContrastDesign, { weights }: DesignRow, series: SeriesScores) {
  let sum = 0;
  let n = 0;
  cellOf.forEach((cell, place) => {
    if (!(pick(weights, cell) > 0) || !series.rated[place]) return;
    sum += series.ratings[place] ?? 0;
    n += 1;
  });
  return n === 0 ? null : sum / n;
}

const ratingsOf = ({ ratings, rated }: SeriesScores) =>
  Array.from(ratings, (rating, place) => (rated[place] ? rating : null));

function tellApart(group: Group): { readonly distinct: Distinct; readonly method: string } {
  const { design, series } = group;
  const k = series.length;
  const pairs = (k * (k - 1)) / 2;
  // A flip of one pair looks up a sum for every eight questions, then goes through cells and rows.
  const work = pairs * (design.cellOf.length / 8 + 10 * design.cells.length);
  const flips = FLIPS.find((choice) => choice.flips * work <= choice.work)?.flips;
  if (pairs === 0) return { distinct: () => false, method: 'one series: no ties to test' };
  if (flips === undefined) {
    return {
      distinct: byBonferroni(group, pairs),
      method: `all ${pairs} pairs of one judge's series, Bonferroni on paired t at 5 %`,
    };
  }
  return {
    distinct: byMaxT(group, flips),
    method: `all ${pairs} pairs of one judge's series, max-T sign-flips (${flips}) at 5 %: total, and cultures with categories`,
  };
}

function byMaxT({ design, series }: Group, flips: number): Distinct {
  const ratings = series.map(ratingsOf);
  const placeOf = (first: number, second: number) =>
    first * series.length - (first * (first + 1)) / 2 + second - first - 1;
  const contrasts = ratings.flatMap((own, first) =>
    ratings.slice(first + 1).map((other) =>
      own.map((rating, place) => {
        const second = pick(other, place);
        return rating === null || second === null ? null : rating - second;
      }),
    ),
  );
  const { tests } = adjustTests(design, contrasts, { adjustment: 'max-t', seed: 0, flips });
  return (row, first, second) => {
    const test = tests[placeOf(Math.min(first, second), Math.max(first, second))]?.[row];
    return typeof test?.adjusted === 'number' && test.adjusted <= LEVEL;
  };
}

function byBonferroni({ design, series }: Group, pairs: number): Distinct {
  const rowsInFamily = design.rows.filter(({ family }) => family === 'slices').length;
  return (row, first, second) => {
    const at = pick(design.rows, row);
    const cells = pairCells(
      design,
      ratingsOf(pick(series, first)),
      ratingsOf(pick(series, second)),
    );
    const found = differenceOf(cells, at);
    if (!found?.se || found.df === null) return false;
    const p = 2 * studentTCdf(-Math.abs(found.difference) / found.se, found.df);
    return p * pairs * (at.family === 'total' ? 1 : rowsInFamily) <= LEVEL;
  };
}
