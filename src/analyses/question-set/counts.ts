import { inPaperOrder } from '../../series/names/order.ts';
import { pick } from '../../stats/at.ts';
import { type CrossTable, DIMENSIONS, type Dimension, type Layouts } from './schema.ts';
import { labelOf, type SetItem } from './set-item.ts';

type Label = string | null;

/** Culture × every dimension that some question has a label of. */
export function countTables(
  items: readonly SetItem[],
): { readonly by: Dimension; readonly table: CrossTable }[] {
  return DIMENSIONS.filter((by) => items.some((entry) => labelOf(entry, by) !== null)).map(
    (by) => ({
      by,
      table: crossTable(items, { row: cultureOf, column: (entry) => labelOf(entry, by), by }),
    }),
  );
}

/** The paper's Tables 7, 8 and 9. An association may name the culture: "Native (Arab)". */
export function countLayouts(items: readonly SetItem[]): Layouts {
  const associated = (name: string) =>
    items.filter(({ item }) => item.association?.toLowerCase().startsWith(name) === true);
  const bySource = (part: readonly SetItem[]) =>
    crossTable(part, {
      row: ({ source }) => source,
      column: ({ item }) => item.category,
      by: 'category',
    });
  const native = Map.groupBy(associated('native'), cultureOf);
  const foreign = associated('foreign');
  return {
    native: inPaperOrder('culture', native.keys()).map((culture) => ({
      culture,
      table: bySource(native.get(culture) ?? []),
    })),
    foreign: foreign.length === 0 ? null : bySource(foreign),
    scope: items.some(({ item }) => item.scope !== null)
      ? crossTable(items, {
          row: ({ item }) => item.language,
          column: ({ item }) => item.scope,
          by: 'scope',
        })
      : null,
  };
}

const cultureOf = ({ item }: SetItem) => item.culture;

interface Sides {
  readonly row: (entry: SetItem) => Label;
  readonly column: (entry: SetItem) => Label;
  /** What the columns are. */
  readonly by: Dimension;
}

/** Counts every pair of labels, those with no question included. */
function crossTable(items: readonly SetItem[], { row, column, by }: Sides): CrossTable {
  const rows = ordered('culture', items.map(row));
  const columns = ordered(by === 'category' || by === 'scope' ? by : 'culture', items.map(column));
  const counts = rows.map(() => columns.map(() => 0));
  for (const entry of items) {
    const cells = pick(counts, rows.indexOf(row(entry)));
    const at = columns.indexOf(column(entry));
    cells[at] = pick(cells, at) + 1;
  }
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    columns,
    rows: rows.map((label, index) => ({
      label,
      counts: pick(counts, index),
      total: sum(pick(counts, index)),
    })),
    totals: columns.map((_, at) => sum(counts.map((cells) => pick(cells, at)))),
    total: items.length,
  };
}

/** The paper's order, then the alphabet; what was not given comes last. */
function ordered(dimension: 'culture' | 'category' | 'scope', labels: readonly Label[]): Label[] {
  const known = inPaperOrder(
    dimension,
    labels.filter((label) => label !== null),
  );
  return labels.includes(null) ? [...known, null] : known;
}

/** Pairs of labels that no question has. */
export function emptyCells(table: CrossTable): { readonly row: Label; readonly column: Label }[] {
  return table.rows.flatMap(({ label, counts }) =>
    counts.flatMap((count, at) =>
      count === 0 ? [{ row: label, column: pick(table.columns, at) }] : [],
    ),
  );
}
