import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Cell, CellWriter, Column, WriteOptions } from '../read/cells.ts';

/** One JSON object a line, its keys in the order of the columns. */
export const writeJsonLines: CellWriter = async (file, columns, rows) => {
  await pipeline(Readable.from(jsonLines(columns, rows)), createWriteStream(file));
};

async function* jsonLines(
  columns: readonly Column[],
  rows: AsyncIterable<readonly Cell[]>,
): AsyncGenerator<string> {
  for await (const cells of rows) {
    const named = columns.map((column, index) => [column.name, cells[index] ?? null]);
    yield `${JSON.stringify(Object.fromEntries(named))}\n`;
  }
}

/** Comma-separated values under a header row, lines ending in LF; null is an empty cell. */
export function csvWriter(options: WriteOptions): CellWriter {
  const { bom = false, escapeFormulas = true } = options;
  return async (file, columns, rows) => {
    const stringifier = stringify({
      header: true,
      columns: columns.map((column) => ({ key: column.name, header: column.name })),
      bom,
      escape_formulas: escapeFormulas,
    });
    await pipeline(Readable.from(rows), stringifier, createWriteStream(file));
  };
}
