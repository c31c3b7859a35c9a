import type { RunSummary } from '../../analyses/summary/schema.ts';
import type { FigureCell, Table } from '../../render/table.ts';
import {
  figureCell,
  figureFinder,
  finderOf,
  labelColumns,
  type Series,
  seriesOf,
} from '../../series/names/series.ts';
import type { Slice } from '../../series/schema.ts';

/** How far missing ratings could move the means; null where none is missing. */
export function missingBoundsTable(summary: RunSummary): Table | null {
  const { bounds } = summary.missingness;
  if (bounds.length === 0) return null;
  const [find, boundsOf] = [figureFinder(summary), finderOf(bounds)];
  const slices: readonly Slice[] = [
    ...summary.cultures.map((culture) => ({ culture })),
    ...(summary.cultures.length > 1 ? [{}] : []),
  ];
  const incomplete = seriesOf(summary).filter((series) =>
    slices.some((by) => boundsOf(series, by) !== null),
  );
  const labels = labelColumns(incomplete, ['Model', 'Variant', 'Prompting', 'Judge']);
  const cell = (series: Series, by: Slice): FigureCell | null => {
    const [entry, range] = [find(series, by), boundsOf(series, by)];
    if (entry === null) return null;
    const { low, high } = range ?? { low: null, high: null };
    const method = 'mean over rated questions, with all that is missing rated 1 and 10';
    return figureCell('bounds', {
      estimate: { ...entry.estimate, low, high, method },
      macro: null,
    });
  };
  return {
    name: 'missing-bounds',
    title: 'What the missing ratings could change',
    note: 'The mean over rated questions and, under it, what it would be if every missing rating were 1, and 10: no way of completing the ratings lies outside. This is no confidence interval. A figure with nothing missing has no such range.',
    labels: labels.labels,
    columns: slices.map(({ culture }) => ({
      group: null,
      heading: culture ?? 'All',
      average: culture === undefined,
    })),
    rows: incomplete.map((series) => ({
      labels: labels.of(series),
      cells: slices.map((by) => cell(series, by)),
    })),
  };
}
