import { InputError } from '../../../domain/errors.ts';
import { peek } from './peek.ts';

/** Bytes looked at to tell an encoding. */
const SAMPLE_BYTES = 4096;
/** Characters that give a table, JSON or template its structure: all of them ASCII. */
const STRUCTURE = /[\n\r\t ,;:"{}[\]a-zA-Z0-9_]/g;

type Utf16 = 'utf-16le' | 'utf-16be';

/**
 * Gives UTF-16 as UTF-8 and everything else as it is. A byte order mark tells UTF-16, and so does a
 * NUL, which no text in UTF-8 has; which of the two byte orders it is, the text's ASCII shows.
 */
export async function* utf8Bytes(
  file: string,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const { head, whole } = await peek(source, SAMPLE_BYTES);
  const encoding = utf16Of(head);
  yield* encoding === null ? whole : recode(file, encoding, whole);
}

function utf16Of(head: Uint8Array): Utf16 | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (!head.includes(0)) return null;
  return structureIn(head, 'utf-16le') >= structureIn(head, 'utf-16be') ? 'utf-16le' : 'utf-16be';
}

function structureIn(head: Uint8Array, encoding: Utf16): number {
  return new TextDecoder(encoding).decode(head).match(STRUCTURE)?.length ?? 0;
}

/** The byte order mark stays, now in UTF-8: skipping it is the readers' work. */
async function* recode(
  file: string,
  encoding: Utf16,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  try {
    for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = 'is not valid UTF-16 text; save the file as UTF-8';
    throw new InputError([{ file, message }], { cause: error });
  }
}
