import type { RunSummary } from '../../analyses/summary/schema.ts';
import type { Table, TableRow } from '../../render/table.ts';
import {
  differenceCell,
  distinct,
  figureCell,
  figureFinder,
  finderOf,
  labelColumns,
  type Series,
} from '../../series/names/series.ts';
import { type Difference, differences } from '../words/differences.ts';
import { categoryColumns } from './rating-tables.ts';

/**
 * Each baseline's ratings and, under them, its variants' differences, as the paper's Table 13; null
 * for a run without baselines.
 */
export function differenceTable(summary: RunSummary): Table | null {
  const found = differences(summary);
  if (found.length === 0) return null;
  const columns = summary.cultures.flatMap((culture) => categoryColumns(summary, culture, culture));
  const variants = distinct(found, seriesKey);
  const baselines = distinct(
    variants.map((variant) => ({ ...variant, variant: variant.baseline })),
    seriesKey,
  );
  const shown = baselines.flatMap((baseline) => [
    { series: baseline, kind: 'rating' as const },
    ...variants
      .filter(
        (variant) => seriesKey({ ...variant, variant: variant.baseline }) === seriesKey(baseline),
      )
      .map((series) => ({ series, kind: 'difference' as const })),
  ]);
  const labels = labelColumns(
    shown.map(({ series }) => series),
    ['Model', 'Variant', 'Prompting', 'Judge'],
  );
  const find = figureFinder(summary);
  const difference = finderOf(found);
  const rows: TableRow[] = shown.map(({ series, kind }) => ({
    labels: labels.of(series),
    cells: columns.map(({ by }) =>
      kind === 'rating'
        ? figureCell(kind, find(series, by))
        : differenceCell(difference(series, by)),
    ),
  }));
  return {
    name: 'difference-from-baseline',
    title: 'Difference from the baseline variant',
    note: noteOf(found),
    labels: labels.labels,
    columns: columns.map(({ group, heading, average }) => ({ group, heading, average })),
    rows,
  };
}

function noteOf(found: readonly Difference[]): string {
  const paired = found.some(({ estimate }) => estimate.low !== null);
  const intervals = paired
    ? 'with the 95 % interval of the differences question by question'
    : 'without an interval: `care-judge compare` tests it on the same questions';
  return `A baseline's rows are mean ratings 1–10; a row with signs is the difference from the baseline above it in rating points, ${intervals}. n = rated questions, of a difference those that both have a rating of.`;
}

function seriesKey({ model, variant, style, judge }: Series): string {
  return JSON.stringify([model, variant, style, judge]);
}
