import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { InputError } from '../../domain/errors.ts';
import type { Row, RowReader } from '../../ports/rows.ts';

/** Formats by file ending; each reader is loaded when first used, so that no command waits for the others. */
const formats = {
  '.json': async (file: string) =>
    (await import('./read-rows-json.ts')).jsonArrayRows(file, createReadStream(file)),
  '.jsonl': async (file: string) =>
    (await import('./read-rows-json-lines.ts')).jsonLineRows(file, createReadStream(file)),
  '.ndjson': async (file: string) =>
    (await import('./read-rows-json-lines.ts')).jsonLineRows(file, createReadStream(file)),
  '.csv': async (file: string) =>
    (await import('./read-rows-csv.ts')).csvRows(file, createReadStream(file)),
  '.parquet': async (file: string) => (await import('./read-rows-parquet.ts')).parquetRows(file),
} as const satisfies Record<string, (file: string) => Promise<AsyncIterable<Row>>>;

function isFormat(ending: string): ending is keyof typeof formats {
  return Object.hasOwn(formats, ending);
}

export const readRows: RowReader = async function* (file) {
  const fault = await findFault(file);
  if (fault !== null) throw new InputError([{ file, message: fault }]);
  const ending = extname(file).toLowerCase();
  if (!isFormat(ending)) {
    const known = Object.keys(formats).join(', ');
    const found = ending === '' ? 'a name without an ending' : ending;
    throw new InputError([
      {
        file,
        message: `the format is told by the file's ending: expected ${known}, found ${found}`,
      },
    ]);
  }
  yield* await formats[ending](file);
};

/** Why the file cannot be opened for reading, or null. */
async function findFault(file: string): Promise<string | null> {
  try {
    const stats = await stat(file);
    if (stats.isDirectory()) return 'is a directory; name a file in it';
    if (stats.isFile() && stats.size === 0) return 'the file is empty';
    await access(file, constants.R_OK);
    return null;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return 'there is no such file';
    if (error.code === 'EACCES') return 'the file may not be read: permission denied';
    throw error;
  }
}
