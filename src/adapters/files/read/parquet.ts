import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { InputError } from '../../../domain/errors.ts';
import type { Row } from '../../../ports/rows.ts';

const MILLISECONDS_A_DAY = 86_400_000;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * hyparquet's own decoder drops a leading U+FEFF and replaces invalid bytes. Bytes that are no text
 * stay bytes: they may be an image column that nobody asks for, and mapping rejects them if asked.
 */
const parsers = {
  stringFromBytes(bytes: Uint8Array): string | Uint8Array {
    try {
      return strictUtf8.decode(bytes);
    } catch (error) {
      if (error instanceof TypeError) return bytes;
      throw error;
    }
  },
  dateFromDays: (days: number) => new Date(days * MILLISECONDS_A_DAY).toISOString().slice(0, 10),
};

/**
 * The records of a Parquet file, one row group in memory at a time. Any standard compression. A file
 * that was compressed as a whole besides is held whole: Parquet is read from its end.
 */
export async function* parquetRows(
  file: string,
  unpacked: AsyncIterable<Uint8Array> | null,
): AsyncGenerator<Row> {
  const buffer =
    unpacked === null ? await asyncBufferFromFile(file) : await readWhole(file, unpacked);
  const metadata = await orInputError(file, parquetMetadataAsync(buffer));
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const options = { file: buffer, metadata, rowStart, rowEnd, compressors, parsers };
    const records = await orInputError(file, parquetReadObjects(options));
    for (const [index, record] of records.entries()) {
      yield { line: rowStart + index + 1, fields: plainFields(record) };
    }
    rowStart = rowEnd;
  }
}

const MOST_UNPACKED = 2 ** 30;

async function readWhole(file: string, chunks: AsyncIterable<Uint8Array>): Promise<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length <= MOST_UNPACKED) continue;
    const message =
      'holds more than 1 GiB unpacked; unpack it first, so that it can be read in parts';
    throw new InputError([{ file, message }]);
  }
  return new Uint8Array(Buffer.concat(parts)).buffer;
}

/** hyparquet throws plain errors of every class for a file it cannot read; all of them mean the file. */
async function orInputError<T>(file: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `not a readable Parquet file: ${reason}`;
    throw new InputError([{ file, message }], { cause: error });
  }
}

function plainFields(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, plain(value)]));
}

/** Numbers that a double cannot hold become text; nested values stay as they are. */
function plain(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
