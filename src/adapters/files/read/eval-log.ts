import { constants } from 'node:buffer';
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { InputError } from '../../../domain/errors.ts';
import type { Row } from '../../../ports/rows.ts';
import { zstdFrames } from '../bytes/zstd-frames.ts';
import { asFields, parseJson } from './json-fields.ts';

/** One sample of a log, under the name of its id and epoch. */
const SAMPLE = /^samples\/.*\.json$/;
const ZIP_ZSTANDARD = 93;
/** Samples lie in the order in which they ended, which differs from run to run. */
const byName = new Intl.Collator('en', { numeric: true });

/**
 * The samples of an inspect log (.eval, a ZIP file of JSON), in the order of their ids and epochs, one
 * in memory at a time. Throws InputError.
 */
export async function* evalLogRows(file: string): AsyncGenerator<Row> {
  const zip = await orInputError(file, openPromise(file, { autoClose: false }));
  try {
    const entries = await orInputError(file, sampleEntries(zip));
    for (const [index, entry] of entries.entries()) {
      const fields = asFields(await orInputError(file, readEntry(zip, entry)));
      if (fields !== null) yield { line: index + 1, fields };
    }
  } finally {
    zip.close();
  }
}

async function sampleEntries(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    if (SAMPLE.test(entry.fileName)) entries.push(entry);
  }
  return entries.sort((a, b) => byName.compare(a.fileName, b.fileName));
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<unknown> {
  if (entry.uncompressedSize > constants.MAX_STRING_LENGTH)
    throw new Error(`${entry.fileName} is too large`);
  const parts: Uint8Array[] = [];
  for await (const part of await openEntry(zip, entry)) parts.push(part);
  return parseJson(Buffer.concat(parts).toString('utf8'));
}

/** Newer logs are compressed with Zstandard, which the library leaves to its caller. */
async function openEntry(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Uint8Array>> {
  if (entry.compressionMethod !== ZIP_ZSTANDARD) return await zip.openReadStreamPromise(entry);
  const raw: Readable = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  return zstdFrames(raw);
}

/** The library throws plain errors for a file that it cannot read. */
async function orInputError<T>(file: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `not a readable inspect log (.eval): ${reason}`;
    throw new InputError([{ file, message }], { cause: error });
  }
}
