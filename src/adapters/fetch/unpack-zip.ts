import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise } from 'yauzl';
import { OperatorError } from '../../domain/errors.ts';

export interface UnpackOptions {
  readonly folder: string;
  readonly isWanted: (path: string) => boolean;
  /** Of all wanted files together, unpacked: more is refused before anything is written. */
  readonly mostBytes: number;
}

/**
 * Unpacks the wanted files of an archive into a folder; returns their paths inside it. The library
 * refuses names that lead out of the folder and files of another size than stated. Throws OperatorError.
 */
export async function unpackZip(
  archive: string,
  { folder, isWanted, mostBytes }: UnpackOptions,
): Promise<string[]> {
  try {
    const zip = await openPromise(archive, { autoClose: false });
    try {
      const entries: Entry[] = [];
      for await (const entry of zip.eachEntry()) if (isWanted(entry.fileName)) entries.push(entry);
      const bytes = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
      if (bytes > mostBytes) throw new Error(`its files have ${bytes} bytes, more than expected`);
      for (const entry of entries) {
        const target = join(folder, entry.fileName);
        await mkdir(dirname(target), { recursive: true });
        await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
      }
      return entries.map(({ fileName }) => fileName);
    } finally {
      zip.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`cannot unpack ${archive}: ${reason}`, { cause: error });
  }
}
