import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../../domain/errors.ts';
import type { CellRecord, Column } from '../read/cells.ts';
import { writeRows } from './write-rows.ts';

/** One folder of a Hive layout, `column=value` for each level, and its rows. */
export interface Partition {
  readonly place: readonly { readonly column: string; readonly value: string }[];
  readonly rows: Iterable<CellRecord>;
}

/** Engines read a row group at a time and skip it by its statistics; DuckDB's own have 122,880 rows. */
const ROWS_A_GROUP = 100_000;

/**
 * Writes Parquet files in a Hive layout, all of one schema: what the folders say is in no file. Folders
 * appear when all are written, or not at all; partitions without rows have none. Throws OperatorError
 * where a folder is there already.
 */
export async function writePartitions(
  folder: string,
  columns: readonly Column[],
  partitions: Iterable<Partition>,
): Promise<{ readonly rows: number; readonly files: number }> {
  const temporary = join(folder, `.export-${randomUUID()}.tmp`);
  try {
    await mkdir(temporary, { recursive: true });
    const written = { rows: 0, files: 0 };
    for (const { place, rows } of partitions) {
      const count = await writePartition(temporary, columns, { place, rows });
      written.rows += count;
      if (count > 0) written.files += 1;
    }
    await publish(temporary, folder);
    return written;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new OperatorError(`cannot write ${folder}: ${error.message}`, { cause: error });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function writePartition(
  folder: string,
  columns: readonly Column[],
  { place, rows }: Partition,
): Promise<number> {
  const own = columns.filter(({ name }) => place.every(({ column }) => column !== name));
  const path = join(folder, ...place.map(({ column, value }) => `${column}=${escapeValue(value)}`));
  const file = join(path, 'part-0.parquet');
  const written = await writeRows(file, own, rows, { rowsAGroup: ROWS_A_GROUP });
  if (written.rows === 0) await removeEmpty(folder, path);
  return written.rows;
}

/** Takes a file without rows away, and the folders that were made for it alone. */
async function removeEmpty(folder: string, path: string): Promise<void> {
  await rm(path, { recursive: true });
  const above = join(path, '..');
  if (above !== folder && (await readdir(above)).length === 0) await removeEmpty(folder, above);
}

async function publish(temporary: string, folder: string): Promise<void> {
  const names = await readdir(temporary);
  const taken = names.find((name) => existsSync(join(folder, name)));
  if (taken !== undefined)
    throw new OperatorError(
      `${join(folder, taken)} is there already. Remove it, or name another folder: old and new files side by side would be read as one.`,
    );
  for (const name of names) await rename(join(temporary, name), join(folder, name));
}

/** Whether a path can be a folder to export into. */
export async function refuseFile(path: string): Promise<void> {
  if (existsSync(path) && !(await stat(path)).isDirectory())
    throw new OperatorError(`${path} is a file; --partition writes a folder.`);
}

/**
 * As Hive and Spark write it: what a path or `column=value` could be taken apart at is %XX, all else
 * stays, since Spark would read encoded letters beyond ASCII byte by byte.
 */
function escapeValue(value: string): string {
  return value.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be in a path.
    /[\u0000-\u001f\u007f"#%'*+/:=?\\{}[\]^<>|]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
