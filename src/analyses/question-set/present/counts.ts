import { counted } from '../../../domain/counted.ts';
import { type Block, tableBlock, text } from '../../../render/document.ts';
import type { Column, Table, TableRow } from '../../../render/table.ts';
import { textTable } from '../../../render/text-table.ts';
import { pick } from '../../../stats/at.ts';
import { emptyCells } from '../counts.ts';
import type { CrossTable, Dimension, Layouts, PaperCount, QuestionSet } from '../schema.ts';

/** More columns than this are turned into rows. */
const MOST_COLUMNS = 8;
const MOST_EMPTY = 8;
/** Of the other dimensions a culture usually has one label. */
const MEANT_TO_BE_FULL: readonly Dimension[] = ['category', 'scope'];

const NOT_GIVEN = '(not given)';
const nameOf = (label: string | null) => label ?? NOT_GIVEN;

const HEADINGS: Readonly<Record<Dimension, string>> = {
  category: 'Category',
  scope: 'Scope',
  association: 'Association',
  source: 'Source',
  language: 'Language',
};

/** A table for each dimension, with the cells that no question fills. */
export function presentCounts(counts: QuestionSet['counts']): Block[] {
  return counts.flatMap(({ by, table }) => {
    const shown = turnedTable(table, {
      name: `culture-by-${by}`,
      title: `Culture × ${by}`,
      rows: 'Culture',
      columns: HEADINGS[by],
    });
    return [tableBlock(shown), ...(MEANT_TO_BE_FULL.includes(by) ? emptyNote(table) : [])];
  });
}

interface Named {
  readonly name: string;
  readonly title: string;
  readonly rows: string;
  readonly columns: string;
}

function emptyNote(table: CrossTable): Block[] {
  const empty = emptyCells(table);
  if (empty.length === 0) return [];
  const listed = empty
    .slice(0, MOST_EMPTY)
    .map(({ row, column }) => `${nameOf(row)} × ${nameOf(column)}`)
    .join(', ');
  const more = empty.length > MOST_EMPTY ? ` and ${empty.length - MOST_EMPTY} more` : '';
  return [text(`${counted(empty.length, 'empty cell')}: ${listed}${more}.`)];
}

function turnedTable(table: CrossTable, named: Named): Table {
  const wide = table.columns.length > MOST_COLUMNS && table.columns.length > table.rows.length;
  return wide
    ? countTable(transposed(table), { ...named, rows: named.columns })
    : countTable(table, named);
}

function transposed({ columns, rows, totals, total }: CrossTable): CrossTable {
  return {
    columns: rows.map(({ label }) => label),
    rows: columns.map((label, at) => ({
      label,
      counts: rows.map(({ counts }) => pick(counts, at)),
      total: pick(totals, at),
    })),
    totals: rows.map((row) => row.total),
    total,
  };
}

function countTable(table: CrossTable, { name, title, rows }: Named): Table {
  return {
    name,
    title,
    note: '',
    labels: [rows],
    columns: columnsOf(table),
    rows: rowsOf(table, null),
  };
}

function columnsOf({ columns }: CrossTable): Column[] {
  return [...columns.map(nameOf), 'Total'].map((heading) => ({
    group: null,
    heading,
    average: false,
  }));
}

/** One row of a single label is its own total. */
function rowsOf({ rows, totals, total }: CrossTable, group: string | null): TableRow[] {
  const row = (label: string, counts: readonly number[]): TableRow => ({
    group,
    labels: [label],
    cells: counts.map((count) => ({ kind: 'count', count })),
  });
  return [
    ...rows.map(({ label, counts, total: sum }) => row(nameOf(label), [...counts, sum])),
    ...(rows.length > 1 || group !== null ? [row('Total', [...totals, total])] : []),
  ];
}

/** The paper's Tables 7, 8 and 9. Without sources the first two say what the counts above say. */
export function presentLayouts({ native, foreign, scope }: Layouts): Block[] {
  const sourced = [
    ...native.map(({ table }) => table),
    ...(foreign === null ? [] : [foreign]),
  ].some(({ rows }) => rows.some(({ label }) => label !== null));
  return [
    ...(sourced && native.length > 0 ? [tableBlock(nativeTable(native))] : []),
    ...(sourced && foreign !== null
      ? [
          tableBlock(
            countTable(foreign, {
              name: 'foreign-by-source',
              title: 'Questions about other cultures, by source (layout of Table 8)',
              rows: 'Source',
              columns: 'Category',
            }),
          ),
        ]
      : []),
    ...(scope === null
      ? []
      : [
          tableBlock(
            countTable(scope, {
              name: 'language-by-scope',
              title: 'Language × scope (layout of Table 9)',
              rows: 'Language',
              columns: 'Scope',
            }),
          ),
        ]),
  ];
}

/** Totals of the set next to the paper's; a dagger where the print does not add up. */
export function presentPaperCounts(paper: readonly PaperCount[]): Block[] {
  const groups = Map.groupBy(paper, ({ table, part }) => `${table}, ${part}`);
  const odd = paper.filter(({ printed, added }) => printed !== added);
  return [
    tableBlock(
      textTable({
        name: 'paper-counts',
        title: 'Next to the paper’s Tables 7–9',
        labels: 1,
        headings: ['Questions', 'Here', 'Printed', 'Cells add up to'],
        groups: [...groups].map(([name, counts]) => ({
          name,
          rows: counts.map(({ column, here, printed, added }) => [
            column ?? 'Total',
            String(here),
            String(printed),
            printed === added ? '' : `${added} †`,
          ]),
        })),
      }),
    ),
    text(
      `† In ${odd.length} places the paper’s printed total is not the sum of its printed cells; no data can meet both.`,
    ),
  ];
}

/** Cultures one under another, each with its sources; every culture has all categories. */
function nativeTable(native: Layouts['native']): Table {
  const columns = [...new Set(native.flatMap(({ table }) => table.columns))];
  const widened = native.map(({ culture, table }) => ({
    culture,
    table: withColumns(table, columns),
  }));
  const [first] = widened;
  return {
    name: 'native-by-source',
    title: 'Questions about the culture itself, by source (layout of Table 7)',
    note: '',
    labels: ['Source'],
    columns: first === undefined ? [] : columnsOf(first.table),
    rows: widened.flatMap(({ culture, table }) => rowsOf(table, culture)),
  };
}

function withColumns(table: CrossTable, columns: CrossTable['columns']): CrossTable {
  const along = (counts: readonly number[]) =>
    columns.map((column) => {
      const at = table.columns.indexOf(column);
      return at < 0 ? 0 : pick(counts, at);
    });
  return {
    columns,
    rows: table.rows.map((row) => ({ ...row, counts: along(row.counts) })),
    totals: along(table.totals),
    total: table.total,
  };
}
