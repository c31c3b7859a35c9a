import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError } from '../../../domain/errors.ts';
import { peek } from './peek.ts';
import { utf8Bytes } from './utf16.ts';
import { zstdFrames } from './zstd-frames.ts';

type Bytes = AsyncIterable<Uint8Array>;

interface Compression {
  readonly name: string;
  readonly isIn: (head: Uint8Array) => boolean;
  readonly decompress: (bytes: Bytes) => Bytes;
}

/** By the ending that follows the format's own. */
const compressions: Readonly<Record<string, Compression>> = {
  '.gz': {
    name: 'gzip',
    isIn: (head) => head[0] === 0x1f && head[1] === 0x8b,
    decompress: gunzip,
  },
  '.zst': {
    name: 'Zstandard',
    // A data frame, or one of the sixteen skippable frames that may come before (RFC 8878, 3.1).
    isIn: (head) =>
      isMagic(head, [0x28, 0xb5, 0x2f, 0xfd]) ||
      (((head[0] ?? 0) & 0xf0) === 0x50 && isMagic(head.subarray(1), [0x2a, 0x4d, 0x18])),
    decompress: zstdFrames,
  },
};
const MAGIC_BYTES = 4;
export const COMPRESSED_ENDINGS: readonly string[] = Object.keys(compressions);

function isMagic(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => head[index] === byte);
}

/** A text file as a stream of UTF-8: decompressed if it is compressed, and recoded from UTF-16. */
export async function* openText(file: string): AsyncGenerator<Uint8Array> {
  yield* utf8Bytes(file, openBytes(file));
}

/**
 * A file's bytes, decompressed where they are gzip or Zstandard, whatever its name. Throws InputError
 * where the name says so and they are not, and where compressed data are damaged or cut.
 */
export async function* openBytes(file: string): AsyncGenerator<Uint8Array> {
  const { head, whole } = await peek(createReadStream(file), MAGIC_BYTES);
  const found = Object.values(compressions).find(({ isIn }) => isIn(head));
  const ending = COMPRESSED_ENDINGS.find((name) => file.toLowerCase().endsWith(name));
  if (found === undefined && ending !== undefined) {
    const message = `is not ${compressions[ending]?.name} data, as its ending ${ending} says; if it is unpacked already, take ${ending} off its name`;
    throw new InputError([{ file, message }]);
  }
  if (found === undefined) {
    yield* whole;
    return;
  }
  try {
    yield* found.decompress(whole);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const message = `its ${found.name} data are damaged or cut short (${error.message}); copy the file again`;
    throw new InputError([{ file, message }], { cause: error });
  }
}

/** Errors of zlib and its Zstandard have codes of their own: Z_DATA_ERROR, ZSTD_error_prefix_unknown … */
function isDamage(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(?:Z_|ZSTD_)/.test(code);
}

async function* gunzip(bytes: Bytes): AsyncGenerator<Uint8Array> {
  const decoder = createGunzip();
  const feeding = pipeline(bytes, decoder);
  // A failure reaches the reader through the decoder.
  feeding.catch(() => undefined);
  yield* decoder;
}
