import { toUSVString } from 'node:util';
import { z } from 'zod';

/** A text and its thinking. */
export interface Words {
  readonly text: string | null;
  readonly reasoning: string | null;
}

const wordsSchema = z.strictObject({
  text: z.string().nullable(),
  reasoning: z.string().nullable(),
});

/**
 * SQLite keeps text as UTF-8, which has no place for half a surrogate pair. Such words are kept once
 * more as JSON, where it is an escape; null for all others.
 */
export function exactColumn({ text, reasoning }: Words): string | null {
  return isWhole(text) && isWhole(reasoning) ? null : JSON.stringify({ text, reasoning });
}

function isWhole(text: string | null): boolean {
  return text === null || toUSVString(text) === text;
}

/** The words as they came over the wire. */
export function exactWords({
  exact,
  text,
  reasoning,
}: Words & { readonly exact: string | null }): Words {
  return exact === null ? { text, reasoning } : wordsSchema.parse(JSON.parse(exact));
}
