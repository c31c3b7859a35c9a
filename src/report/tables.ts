import type { RunSummary, Slice, SliceEstimate } from '../summary/run-summary.ts';
import type { Cell, Table, TableRow } from './table.ts';

/** A macro average nearer than this to the plain one is left out. */
const MACRO_DIFFERENCE = 0.05;

const CELL_NOTE =
  'Mean rating 1–10 over rated questions, 95 % interval, n = rated questions; "missing" counts planned ratings that were not obtained. An average is over questions; "macro" is the mean of the category means, shown where it differs by 0.05 or more.';

type Series = Pick<SliceEstimate, 'model' | 'variant' | 'style' | 'judge'>;

/** Models × (culture × category + average), one row a model, style and judge, as the paper's Table 3. */
export function cultureByCategory(summary: RunSummary): Table {
  const columns = summary.cultures.flatMap((culture) => [
    ...summary.categories.map((category) => ({
      group: culture,
      heading: category,
      by: { culture, category },
    })),
    { group: culture, heading: 'Average', by: { culture } },
  ]);
  return {
    name: 'culture-by-category',
    title: 'Rating by culture and category',
    note: CELL_NOTE,
    ...rowsBySeries(summary, columns),
  };
}

/** Prompting style × model × culture, as the paper's Table 4. */
export function styleByCulture(summary: RunSummary): Table {
  const series = seriesOf(summary);
  const find = finder(summary);
  const models = distinct(series, ({ model, variant }) => JSON.stringify([model, variant]));
  const rows = distinct(series, ({ style, variant, judge }) =>
    JSON.stringify([style, variant, judge]),
  );
  const names = distinct(models, ({ model }) => model);
  return {
    name: 'style-by-culture',
    title: 'Rating by prompting style, model and culture',
    note: CELL_NOTE,
    labels: ['Prompting', 'Variant', 'Judge'],
    columns: names.flatMap(({ model }) =>
      [...summary.cultures, 'All'].map((culture) => ({ group: model, heading: culture })),
    ),
    rows: sortBy(
      rows,
      ({ style }) => style,
      series.map(({ style }) => style),
    ).map((row) => ({
      labels: [row.style, row.variant ?? '', row.judge],
      cells: names.flatMap(({ model }) =>
        [...summary.cultures.map((culture) => ({ culture })), {}].map((by) =>
          find({ ...row, model }, by),
        ),
      ),
    })),
  };
}

/** The main table in few columns, for a terminal: cultures and the whole. */
export function overview(summary: RunSummary): Table {
  const columns = [
    ...summary.cultures.map((culture) => ({ group: null, heading: culture, by: { culture } })),
    { group: null, heading: 'All', by: {} },
  ];
  return {
    name: 'overview',
    title: 'Rating by culture',
    note: CELL_NOTE,
    ...rowsBySeries(summary, columns),
  };
}

/** One culture's categories in the columns, for a terminal. */
export function categoriesOf(summary: RunSummary, culture: string): Table {
  const columns = [
    ...summary.categories.map((category) => ({
      group: null,
      heading: category,
      by: { culture, category },
    })),
    { group: null, heading: 'Average', by: { culture } },
  ];
  return {
    name: `categories-${culture.toLowerCase()}`,
    title: `${culture}: rating by category`,
    note: CELL_NOTE,
    ...rowsBySeries(summary, columns),
  };
}

interface Column {
  readonly group: string | null;
  readonly heading: string;
  readonly by: Slice;
}

function rowsBySeries(
  summary: RunSummary,
  columns: readonly Column[],
): Pick<Table, 'labels' | 'columns' | 'rows'> {
  const find = finder(summary);
  const all = seriesOf(summary);
  const several = {
    variant: all.some(({ variant }) => variant !== null),
    style: new Set(all.map(({ style }) => style)).size > 1,
    judge: new Set(all.map(({ judge }) => judge)).size > 1,
  };
  const rows: TableRow[] = all.map((series) => ({
    labels: [
      series.model,
      ...(several.variant ? [series.variant ?? ''] : []),
      ...(several.style ? [series.style] : []),
      ...(several.judge ? [series.judge] : []),
    ],
    cells: columns.map(({ by }) => find(series, by)),
  }));
  return {
    labels: [
      'Model',
      ...(several.variant ? ['Variant'] : []),
      ...(several.style ? ['Prompting'] : []),
      ...(several.judge ? ['Judge'] : []),
    ],
    columns: columns.map(({ group, heading }) => ({ group, heading })),
    rows,
  };
}

function seriesOf(summary: RunSummary): Series[] {
  return distinct(summary.estimates, seriesKey).map(({ model, variant, style, judge }) => ({
    model,
    variant,
    style,
    judge,
  }));
}

function seriesKey({ model, variant, style, judge }: Series): string {
  return JSON.stringify([model, variant, style, judge]);
}

function finder(summary: RunSummary): (series: Series, by: Slice) => Cell | null {
  const key = (series: Series, { culture, category, scope }: Slice) =>
    `${seriesKey(series)}${JSON.stringify([culture ?? null, category ?? null, scope ?? null])}`;
  const found = new Map(summary.estimates.map((entry) => [key(entry, entry.by), entry]));
  return (series, by) => {
    const entry = found.get(key(series, by));
    if (!entry) return null;
    const { value } = entry.estimate;
    const far =
      entry.macro !== null && value !== null && Math.abs(entry.macro - value) >= MACRO_DIFFERENCE;
    return { estimate: entry.estimate, macro: far ? entry.macro : null };
  };
}

function distinct<Entry>(entries: readonly Entry[], key: (entry: Entry) => string): Entry[] {
  return [
    ...new Map(entries.map((entry) => [key(entry), entry] as const).reverse()).values(),
  ].reverse();
}

function sortBy<Entry>(
  entries: readonly Entry[],
  key: (entry: Entry) => string,
  order: readonly string[],
): Entry[] {
  return [...entries].sort((a, b) => order.indexOf(key(a)) - order.indexOf(key(b)));
}
