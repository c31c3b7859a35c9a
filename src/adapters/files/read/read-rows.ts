import { access, constants, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { InputError } from '../../../domain/errors.ts';
import type { Row, RowOptions, RowReader } from '../../../ports/rows.ts';
import { COMPRESSED_ENDINGS, openBytes, openText } from '../bytes/open-bytes.ts';

interface Format {
  readonly read: (file: string, options: RowOptions) => Promise<AsyncIterable<Row>>;
  /** The options that mean something for it. */
  readonly takes: readonly (keyof RowOptions)[];
}

const jsonLines: Format = {
  takes: [],
  read: async (file) => (await import('./json-lines.ts')).jsonLineRows(file, openText(file)),
};

function table(likely: string): Format {
  return {
    takes: ['columns'],
    read: async (file, { columns }) =>
      (await import('./csv.ts')).csvRows(file, openText(file), { likely, columns }),
  };
}

/** Formats by file ending; each reader is loaded when first used, so that no command waits for the others. */
const formats: Readonly<Record<string, Format>> = {
  '.json': {
    takes: ['rows'],
    read: async (file, { rows }) =>
      (await import('./json.ts')).jsonRows(file, openText(file), rows),
  },
  '.jsonl': jsonLines,
  '.ndjson': jsonLines,
  '.csv': table(','),
  '.tsv': table('\t'),
  '.parquet': {
    takes: [],
    read: async (file) =>
      (await import('./parquet.ts')).parquetRows(file, isCompressed(file) ? openBytes(file) : null),
  },
  '.eval': {
    takes: [],
    read: async (file) => (await import('./eval-log.ts')).evalLogRows(file),
  },
};

const WANTED_BY = { columns: '.csv and .tsv', rows: '.json' } as const;

export const readRows: RowReader = async function* (file, options = {}) {
  const fault = await findFault(file);
  if (fault !== null) throw new InputError([{ file, message: fault }]);
  const ending = formatEnding(file);
  const format = Object.hasOwn(formats, ending) ? formats[ending] : undefined;
  if (format === undefined) {
    const known = Object.keys(formats).join(', ');
    const found = ending === '' ? 'a name without an extension' : ending;
    const message = `cannot tell the format from the file name: expected ${known} (each also with ${COMPRESSED_ENDINGS.join(' or ')}), found ${found}`;
    throw new InputError([{ file, message }]);
  }
  for (const option of ['columns', 'rows'] as const) {
    if (options[option] === undefined || format.takes.includes(option)) continue;
    const message = `goes with ${WANTED_BY[option]} files, and this is ${ending}; take it out`;
    throw new InputError([{ file, path: option, message }]);
  }
  yield* await format.read(file, options);
};

/** The ending that tells the format, in lower case, that of a compression taken off. */
export function formatEnding(file: string): string {
  return extname(isCompressed(file) ? file.slice(0, -extname(file).length) : file).toLowerCase();
}

function isCompressed(file: string): boolean {
  return COMPRESSED_ENDINGS.includes(extname(file).toLowerCase());
}

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
