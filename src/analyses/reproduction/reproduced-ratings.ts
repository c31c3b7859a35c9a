import type { Estimate } from '../../domain/estimate.ts';
import { differenceInterval } from '../../series/contrasts/difference-interval.ts';
import { independentStrata } from '../../series/contrasts/shared-clusters.ts';
import { clusterName } from '../../series/contrasts/strata.ts';
import { estimateSlice } from '../../series/scores/estimate.ts';
import type { ScoredRow, ScoredSeries } from '../../series/scores/scored-series.ts';
import { codeLabels } from '../../stats/means/describe.ts';
import { stratifiedMean } from '../../stats/means/stratified.ts';
import type { PaperColumn } from './paper-figures.ts';
import { paperCulture } from './paper-rows.ts';

/** A series' questions of one printed column. */
export function rowsOf(
  { rows }: Pick<ScoredSeries, 'rows'>,
  { culture, category, scope }: Omit<PaperColumn, 'n'>,
): ScoredRow[] {
  const same = (a: string | null, b: string) => a?.toLowerCase() === b.toLowerCase();
  return rows.filter(
    (row) =>
      paperCulture(row.culture) === culture &&
      (category === undefined || same(row.category, category)) &&
      (scope === undefined || same(row.scope, scope)),
  );
}

/** Questions of both series, their rating being the difference; null where either has none. */
export function differenceRows(
  own: Pick<ScoredSeries, 'rows'>,
  baseline: Pick<ScoredSeries, 'rows'>,
  column: PaperColumn,
): ScoredRow[] {
  const before = new Map(rowsOf(baseline, column).map((row) => [row.item, row]));
  return rowsOf(own, column).flatMap((row) => {
    const other = before.get(row.item);
    if (!other) return [];
    const both = row.rating !== null && other.rating !== null;
    return [
      {
        ...row,
        rating: both ? Number(row.rating) - Number(other.rating) : null,
        planned: 1,
        rated: both ? 1 : 0,
      },
    ];
  });
}

/** Rated questions by category, with what counts as one draw. */
function cellsOf(rows: readonly ScoredRow[]) {
  const rated = rows.flatMap(({ rating, ...row }) => (rating === null ? [] : [{ ...row, rating }]));
  const codes = codeLabels(rated.map(clusterName));
  const cells = new Map<string, { values: number[]; clusters: number[] }>();
  for (const [index, { culture, category, rating }] of rated.entries()) {
    const name = JSON.stringify([culture, category]);
    const cell = cells.get(name) ?? { values: [], clusters: [] };
    cells.set(name, cell);
    cell.values.push(rating);
    cell.clusters.push(Number(codes[index]));
  }
  return [...cells.values()];
}

/** Categories as strata. */
export function strataOf(rows: readonly ScoredRow[]) {
  const cells = cellsOf(rows).map((cell) => ({ ...cell, weight: cell.values.length }));
  return independentStrata(cells).strata;
}

/** The mean of a column's questions, as a report of the run gives it. */
export function estimateOf(
  rows: readonly ScoredRow[],
  { scope }: Omit<PaperColumn, 'n'>,
  difference = false,
): Estimate {
  const missing = rows.reduce((sum, row) => sum + row.planned - row.rated, 0);
  const cells = cellsOf(rows);
  if (!difference)
    return estimateSlice({ cells, missing, scope: scope !== undefined, scale: 'rating' });
  return estimateDifference(rows, missing);
}

function estimateDifference(rows: readonly ScoredRow[], missing: number): Estimate {
  const whole = stratifiedMean(strataOf(rows), 'micro');
  const n = whole?.n ?? 0;
  if (whole === null)
    return { value: null, low: null, high: null, n, missing, method: 'no rating' };
  const { mean: value, se, df } = whole;
  const interval = se === null || df === null ? null : differenceInterval({ mean: value, se, df });
  const { low = null, high = null } = interval ?? {};
  return { value, low, high, n, missing, method: 'mean paired difference; 95 % stratified t' };
}
