import {
  humanScaleCell,
  humanScaleFinder,
} from '../../analyses/agreement/present/human-scale-tables.ts';
import type { RunSummary } from '../../analyses/summary/schema.ts';
import { type Column, type FigureCell, SPARSE_BELOW, type Table } from '../../render/table.ts';
import {
  distinct,
  figureCell,
  figureFinder,
  labelColumns,
  type Series,
  seriesOf,
} from '../../series/names/series.ts';
import type { Slice } from '../../series/schema.ts';
import { markBest } from './mark-best.ts';

const RATING_NOTE =
  'Mean rating 1–10 over rated questions with its 95 % interval; n = rated questions. Averages are over questions, as in the CARE paper.';

const OVERLAP_NOTE = 'Figures are too close to call where their 95 % intervals overlap.';
/** Intervals of single means may overlap where the paired test, on the same questions, finds a difference. */
const TESTED_NOTE =
  'Figures are too close to call where paired tests over all pairs find no difference (averages: 5 % over all of them; culture × category, exploratory: false discovery rate 10 %).';

interface SlicedColumn extends Column {
  readonly by: Slice;
}

/** Models × (culture × category + average), as the paper's Tables 3 and 5. */
export function cultureByCategory(summary: RunSummary): Table {
  return {
    name: 'culture-by-category',
    title: 'Rating by culture and category',
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
    columns.map(({ model, by }) => {
      const entry = find({ ...row, model }, by);
      return figureCell('rating', entry, entry?.tiedWithBestWay ?? null);
    }),
  );
  const marked = markColumns(
    cells,
    rows.map(({ judge }) => judge),
  );
  return {
    name: 'style-by-culture',
    title: 'Rating by prompting style, model and culture',
    note: [RATING_NOTE, ...comparedWithin(labels.labels.slice(1)), tieNote(cells)].join(' '),
    labels: labels.labels,
    columns: columns.map(({ group, heading, average }) => ({ group, heading, average })),
    rows: rows.map((row, index) => ({ labels: labels.of(row), cells: marked[index] ?? [] })),
  };
}

/** Geographic scope × culture, as the paper's Table 11. */
export function scopeByCulture(summary: RunSummary): Table {
  const rows = rowsBySeries(
    summary,
    summary.cultures.flatMap((culture) =>
      summary.scopes.map((scope) => ({
        group: culture,
        heading: scope,
        average: false,
        by: { culture, scope },
      })),
    ),
  );
  return {
    name: 'scope-by-culture',
    title: 'Rating by culture and geographic scope',
    ...rows,
    note: `${rows.note} A figure over fewer than ${SPARSE_BELOW} questions is in parentheses and is not compared.`,
  };
}

/** Models × cultures and the whole, and beside them the whole on the human scale. */
export function byCulture(summary: RunSummary): Table {
  const table = {
    name: 'by-culture',
    title: 'Rating by culture',
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
  return summary.humanScale === undefined ? table : besideHumanScale(table, summary);
}

/** A further column, never in the place of the judge's own figures. */
function besideHumanScale(table: Table, summary: RunSummary): Table {
  const find = humanScaleFinder(summary.humanScale ?? []);
  const series = seriesOf(summary);
  return {
    ...table,
    note: `${table.note} Human scale: the whole as people would rate it, see the table of that name.`,
    columns: [...table.columns, { group: null, heading: 'Human scale', average: false }],
    rows: table.rows.map((row, index) => {
      const own = series[index];
      const scaled = own === undefined ? null : humanScaleCell(find(own));
      return { ...row, cells: [...row.cells, scaled] };
    }),
  };
}

/** Models × categories over all cultures, and the whole. */
export function byCategory(summary: RunSummary): Table {
  return {
    name: 'by-category',
    title: 'Rating by category',
    ...rowsBySeries(summary, [
      ...summary.categories.map((category) => ({
        group: null,
        heading: category,
        average: false,
        by: { category },
      })),
      ...(summary.categories.length > 1
        ? [{ group: null, heading: 'All', average: true, by: {} }]
        : []),
    ]),
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
): Pick<Table, 'note' | 'labels' | 'columns' | 'rows'> {
  const find = figureFinder(summary);
  const series = seriesOf(summary);
  const labels = labelColumns(series, ['Model', 'Variant', 'Prompting', 'Judge']);
  const cells = series.map((row) =>
    columns.map(({ by }) => {
      const entry = find(row, by);
      return figureCell('rating', entry, entry?.tiedWithBest ?? null);
    }),
  );
  const marked = markColumns(
    cells,
    series.map((row) => JSON.stringify([row.style, row.judge, seatsOf(summary, row)])),
  );
  return {
    note: [RATING_NOTE, ...comparedWithin(labels.labels), tieNote(cells)].join(' '),
    labels: labels.labels,
    columns: columns.map(({ group, heading, average }) => ({ group, heading, average })),
    rows: series.map((row, index) => ({ labels: labels.of(row), cells: marked[index] ?? [] })),
  };
}

function tieNote(cells: readonly (readonly (FigureCell | null)[])[]): string {
  return isTested(cells) ? TESTED_NOTE : OVERLAP_NOTE;
}

const isTested = (cells: readonly (readonly (FigureCell | null)[])[]) =>
  cells.flat().some((cell) => cell !== null && cell.tiedWithBest !== null);

/** The judges of a jury that rated a row: rows that others rated are not compared with it. */
function seatsOf({ juries = [] }: RunSummary, row: Series): readonly string[] {
  const same = (panel: Series) =>
    panel.model === row.model && panel.variant === row.variant && panel.judge === row.judge;
  return juries.flatMap(({ panels }) => panels.find(same)?.seats ?? []);
}

/** Says which rows the marks compare, where these are not all. */
function comparedWithin(labels: readonly string[]): string[] {
  const within = labels
    .filter((label) => label === 'Prompting' || label === 'Judge')
    .map((label) => (label === 'Prompting' ? 'prompting style' : 'judge'));
  return within.length === 0 ? [] : [`Marks compare rows of the same ${within.join(' and ')}.`];
}

/** Marks every column, comparing a row with the rows of its own class. */
function markColumns(
  cells: readonly (readonly (FigureCell | null)[])[],
  classes: readonly string[],
): (FigureCell | null)[][] {
  const byTest = isTested(cells);
  const marksBy = new Map(
    [...new Set(classes)].map((own) => {
      const rows = cells.map((row, index) => (classes[index] === own ? row : []));
      const columns = [...(cells[0] ?? []).keys()];
      const marked = (column: number) =>
        markBest(
          rows.map((row) => row[column] ?? null),
          { byTest },
        );
      return [own, columns.map(marked)];
    }),
  );
  return cells.map((row, index) => {
    const marks = marksBy.get(classes[index] ?? '');
    return row.map((cell, column) => cell && { ...cell, mark: marks?.[column]?.[index] ?? null });
  });
}

/** The cultures and, where there are several, null for all of them. */
function withAll(cultures: readonly string[]): (string | null)[] {
  return cultures.length > 1 ? [...cultures, null] : [...cultures];
}
