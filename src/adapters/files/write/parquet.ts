import { fileWriter, parquetWriteRows } from 'hyparquet-writer';
import type { Cell, CellWriter, Column, WriteOptions } from '../read/cells.ts';

/** Rows held in memory at a time; model answers run to some kilobytes each. */
const ROWS_A_GROUP = 5000;

const parquetTypes = { text: 'STRING', number: 'DOUBLE', integer: 'INT64' } as const;

/** Snappy-compressed Parquet with statistics; every column may hold nulls. */
export function parquetWriter({ rowsAGroup = ROWS_A_GROUP }: WriteOptions): CellWriter {
  return async (file, columns, rows) => {
    await parquetWriteRows({
      writer: fileWriter(file),
      columns: columns.map(({ name, type }) => ({
        name,
        type: parquetTypes[type],
        nullable: true,
      })),
      rows: records(columns, rows),
      rowGroupSize: rowsAGroup,
    });
  };
}

async function* records(
  columns: readonly Column[],
  rows: AsyncIterable<readonly Cell[]>,
): AsyncGenerator<Record<string, string | number | bigint | null>> {
  for await (const cells of rows) {
    yield Object.fromEntries(
      columns.map((column, index) => [column.name, parquetCell(column, cells[index] ?? null)]),
    );
  }
}

function parquetCell(column: Column, cell: Cell): string | number | bigint | null {
  return column.type === 'integer' && typeof cell === 'number' ? BigInt(cell) : cell;
}
