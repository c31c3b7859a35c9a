import { fingerprint } from '../domain/fingerprint.ts';

/** 48 bits: out of reach for an answer that would have to hold the hash of itself. */
const DIGITS = 12;

/** The texts that a judge prompt shows. */
export interface FencedTexts {
  readonly question: string;
  readonly reference: string;
  readonly response: string;
}

/**
 * A code for the lines around the answer in a judge prompt. The same texts give the same code, so a
 * call stays the same call; who writes the answer cannot know it, since the answer itself and the
 * unseen reference decide it. It occurs in none of the texts. Part of what a judgment was asked with:
 * never to be changed for texts that have been judged.
 */
export function fenceFor({ question, reference, response }: FencedTexts): string {
  for (let draw = 0; ; draw += 1) {
    const code = fingerprint({ kind: 'fence', question, reference, response, draw }).slice(
      0,
      DIGITS,
    );
    if (![question, reference, response].some((text) => text.includes(code))) return code;
  }
}
