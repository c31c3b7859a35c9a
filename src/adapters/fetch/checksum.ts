import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** What a file must hash to. `git-blob` is how git names a file's content: SHA-1 with a header. */
export interface Checksum {
  readonly algorithm: 'sha256' | 'git-blob';
  /** Lower-case hexadecimal. */
  readonly hex: string;
}

/** Hash of a file, read in pieces. */
export async function hashFile(file: string, algorithm: Checksum['algorithm']): Promise<string> {
  const hash = createHash(algorithm === 'sha256' ? 'sha256' : 'sha1');
  if (algorithm === 'git-blob') hash.update(`blob ${(await stat(file)).size}\0`);
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Whether the file is there and hashes to the sum; without a sum, whether it is there. */
export async function isIntact(file: string, sum: Checksum | null): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return false;
  return sum === null || (await hashFile(file, sum.algorithm)) === sum.hex;
}
