import { extname } from 'node:path';
import { OperatorError } from '../../../domain/errors.ts';
import type { Cell, CellRecord, CellWriter, Column, WriteOptions } from '../read/cells.ts';
import { writeAtomically } from '../write-atomically.ts';

const writers = {
  '.jsonl': async () => (await import('./text.ts')).writeJsonLines,
  '.csv': async (options: WriteOptions) => (await import('./text.ts')).csvWriter(options),
  '.parquet': async (options: WriteOptions) =>
    (await import('./parquet.ts')).parquetWriter(options),
} as const satisfies Record<string, (options: WriteOptions) => Promise<CellWriter>>;

function isFormat(ending: string): ending is keyof typeof writers {
  return Object.hasOwn(writers, ending);
}

/**
 * Streams records to a .jsonl, .csv or .parquet file, which appears whole or not at all. Throws
 * OperatorError for an unknown ending or a refused write, TypeError for a cell that is not of its
 * column's type.
 */
export async function writeRows(
  file: string,
  columns: readonly Column[],
  rows: Iterable<CellRecord> | AsyncIterable<CellRecord>,
  options: WriteOptions = {},
): Promise<{ readonly rows: number }> {
  const ending = extname(file).toLowerCase();
  if (!isFormat(ending)) {
    const known = Object.keys(writers).join(', ');
    throw new OperatorError(`cannot write ${file}: the name must end in one of ${known}`);
  }
  const write = await writers[ending](options);
  let count = 0;
  async function* cellLists(): AsyncGenerator<readonly Cell[]> {
    for await (const row of rows) {
      yield columns.map((column) => checkedCell(column, row[column.name] ?? null));
      count += 1;
    }
  }
  await writeAtomically(file, (temporary) => write(temporary, columns, cellLists()));
  return { rows: count };
}

function checkedCell(column: Column, cell: Cell): Cell {
  if (cell === null) return null;
  if (column.type === 'text') return String(cell);
  const fits = column.type === 'integer' ? Number.isSafeInteger(cell) : Number.isFinite(cell);
  if (fits) return cell;
  throw new TypeError(`column ${column.name}: expected ${column.type}, found ${cell}`);
}
