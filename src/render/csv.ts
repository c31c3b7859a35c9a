import { stringify } from 'csv-stringify/sync';
import { cellValue } from './cell-text.ts';
import { type Cell, type Column, isFigure, type Table } from './table.ts';

export interface CsvOptions {
  /** Begin with a byte order mark, which Excel needs to see UTF-8. */
  readonly bom: boolean;
}

type Field = string | number | null;

/**
 * One line a row under one heading line. A figure takes several columns, `Arab: Opinion value` and so
 * on, unrounded; what is absent is empty. Names that a spreadsheet would run as a formula begin with
 * an apostrophe, the way `export` writes them.
 */
export function renderCsv(table: Table, { bom }: CsvOptions): string {
  const figures = table.columns.map((_, column) =>
    table.rows.some((row) => isFigure(row.cells[column] ?? null)),
  );
  const heading = [
    ...table.labels,
    ...table.columns.flatMap((column, index) => headingsOf(column, figures[index] === true)),
  ];
  const rows = table.rows.map((row): Field[] => [
    ...row.labels,
    ...table.columns.flatMap((column, index) =>
      figures[index]
        ? figureFields(row.cells[index] ?? null, column)
        : countField(row.cells[index]),
    ),
  ]);
  return stringify([heading, ...rows], { bom, escape_formulas: true });
}

function headingsOf(column: Column, figures: boolean): string[] {
  const name = column.group === null ? column.heading : `${column.group}: ${column.heading}`;
  if (!figures) return [name];
  return ['value', 'low', 'high', 'n', 'missing', ...(column.average ? ['macro'] : []), 'mark'].map(
    (field) => `${name} ${field}`,
  );
}

function figureFields(cell: Cell | null, { average }: Column): Field[] {
  if (!isFigure(cell)) return [null, null, null, null, null, ...(average ? [null] : []), null];
  const { value, low, high, n, missing } = cell.estimate;
  return [value, low, high, n, missing, ...(average ? [cell.macro] : []), cell.mark];
}

function countField(cell: Cell | null | undefined): Field[] {
  if (cell?.kind === 'text' || cell?.kind === 'comparison') return [cellValue(cell).trim()];
  if (cell?.kind === 'share') return [cell.share];
  return [cell?.kind === 'count' ? cell.count : null];
}
