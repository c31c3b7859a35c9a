import type { RunSummary, Slice } from '../summary/run-summary.ts';
import { markBest } from './mark-best.ts';
import {
  distinct,
  figureCell,
  figureFinder,
  labelColumns,
  type Series,
  seriesOf,
} from './series.ts';
import { type Column, type FigureCell, SPARSE_BELOW, type Table } from './table.ts';

const RATING_NOTE =
  'Mean rating 1–10 over rated questions with its 95 % interval; n = rated questions. Averages are over questions, as in the CARE paper.';

interface SlicedColumn extends Column {
  readonly by: Slice;
}

/** Models × (culture × category + average), as the paper's Tables 3 and 5. */
export function cultureByCategory(summary: RunSummary): Table {
  return {
    name: 'culture-by-category',
    title: 'Rating by culture and category',
    note: RATING_NOTE,
    ...rowsBySeries(
      summary,
      summary.cultures.flatMap((culture) => categoryColumns(summary, culture, culture)),
    ),
  };
}

/** Prompting style × model × culture, as the paper's Table 4: the best of a column is a model's best way. */
export function styleByCulture(summary: RunSummary): Table {
  const series = seriesOf(summary);
  const find = figureFinder(summary);
  const models = distinct(series, ({ model }) => model).map(({ model }) => model);
  const columns = models.flatMap((model) =>
    withAll(summary.cultures).map((culture) => ({
      group: model,
      heading: culture ?? 'All',
      average: culture === null,
      model,
      by: culture === null ? {} : { culture },
    })),
  );
  const styles = distinct(series, ({ style }) => style).map(({ style }) => style);
  const rows = distinct(series, ({ style, variant, judge }) =>
    JSON.stringify([style, variant, judge]),
  ).sort((a, b) => styles.indexOf(a.style) - styles.indexOf(b.style));
  const labels = labelColumns(rows, ['Prompting', 'Variant', 'Judge']);
  const cells = rows.map((row) =>
    columns.map(({ model, by }) => figureCell('rating', find({ ...row, model }, by))),
  );
  const marked = markColumns(rows, cells);
  return {
    name: 'style-by-culture',
    title: 'Rating by prompting style, model and culture',
    note: RATING_NOTE,
    labels: labels.labels,
    columns: columns.map(({ group, heading, average }) => ({ group, heading, average })),
    rows: rows.map((row, index) => ({ labels: labels.of(row), cells: marked[index] ?? [] })),
  };
}

/** Geographic scope × culture, as the paper's Table 11. */
export function scopeByCulture(summary: RunSummary): Table {
  return {
    name: 'scope-by-culture',
    title: 'Rating by culture and geographic scope',
    note: `${RATING_NOTE} A figure over fewer than ${SPARSE_BELOW} questions is in parentheses and is not compared.`,
    ...rowsBySeries(
      summary,
      summary.cultures.flatMap((culture) =>
        summary.scopes.map((scope) => ({
          group: culture,
          heading: scope,
          average: false,
          by: { culture, scope },
        })),
      ),
    ),
  };
}

/** The main table in few columns, for a terminal: cultures and the whole. */
export function overview(summary: RunSummary): Table {
  return {
    name: 'overview',
    title: 'Rating by culture',
    note: RATING_NOTE,
    ...rowsBySeries(
      summary,
      withAll(summary.cultures).map((culture) => ({
        group: null,
        heading: culture ?? 'All',
        average: culture === null,
        by: culture === null ? {} : { culture },
      })),
    ),
  };
}

/** One culture's categories in the columns, for a terminal. */
export function categoriesOf(summary: RunSummary, culture: string): Table {
  return {
    name: `categories-${culture.toLowerCase()}`,
    title: `${culture}: rating by category`,
    note: RATING_NOTE,
    ...rowsBySeries(summary, categoryColumns(summary, culture, null)),
  };
}

/** The categories of a culture and their average, under a heading or none. */
export function categoryColumns(
  summary: RunSummary,
  culture: string,
  group: string | null,
): SlicedColumn[] {
  return [
    ...summary.categories.map((category) => ({
      group,
      heading: category,
      average: false,
      by: { culture, category },
    })),
    { group, heading: 'Average', average: true, by: { culture } },
  ];
}

function rowsBySeries(
  summary: RunSummary,
  columns: readonly SlicedColumn[],
): Pick<Table, 'labels' | 'columns' | 'rows'> {
  const find = figureFinder(summary);
  const series = seriesOf(summary);
  const labels = labelColumns(series, ['Model', 'Variant', 'Prompting', 'Judge']);
  const cells = series.map((row) => columns.map(({ by }) => figureCell('rating', find(row, by))));
  const marked = markColumns(series, cells);
  return {
    labels: labels.labels,
    columns: columns.map(({ group, heading, average }) => ({ group, heading, average })),
    rows: series.map((row, index) => ({ labels: labels.of(row), cells: marked[index] ?? [] })),
  };
}

/** Marks every column among the rows of one judge: two judges' ratings have no common scale. */
function markColumns(
  rows: readonly Series[],
  cells: readonly (readonly (FigureCell | null)[])[],
): (FigureCell | null)[][] {
  const marksBy = new Map(
    [...new Set(rows.map(({ judge }) => judge))].map((judge) => {
      const own = cells.map((row, index) => (rows[index]?.judge === judge ? row : []));
      const columns = [...(cells[0] ?? []).keys()];
      return [judge, columns.map((column) => markBest(own.map((row) => row[column] ?? null)))];
    }),
  );
  return cells.map((row, index) => {
    const marks = marksBy.get(rows[index]?.judge ?? '');
    return row.map((cell, column) => cell && { ...cell, mark: marks?.[column]?.[index] ?? null });
  });
}

/** The cultures and, where there are several, null for all of them. */
function withAll(cultures: readonly string[]): (string | null)[] {
  return cultures.length > 1 ? [...cultures, null] : [...cultures];
}
