import { type ExpectedRating, RATING_MAX, RATING_MIN } from '../../domain/judgment.ts';
import type { TokenChoice, TokenLogprob } from '../../ports/chat-model.ts';
import type { ParsedVerdict } from './verdict.ts';
import { lookThrough } from './verdict-text.ts';

/**
 * The probability-weighted rating at the place where a judge wrote its own (G-Eval, arXiv 2303.16634,
 * over whole ratings instead of given scores): Σ s p(s) / Σ p(s). It is conditional on the commentary
 * that the judge wrote before it. null without probabilities, for a rating that is no whole number,
 * and where the rating's place among the tokens cannot be found. Never throws.
 */
export function expectedRating(
  text: string,
  { verdict, found }: ParsedVerdict,
  tokens: readonly TokenLogprob[] | null,
): ExpectedRating | null {
  if (tokens === null || verdict.status !== 'rated' || found === null) return null;
  if (!Number.isInteger(verdict.rating)) return null;
  const place = findPlace(tokens, {
    written: text.slice(found.rating.start, found.rating.end),
    before: text.slice(found.rating.start, found.number.start),
  });
  return place && expectation(ratingShares(tokens, place));
}

interface Place {
  /** The token in which the number begins. */
  readonly index: number;
  /** What that token holds before the number, such as a space or brackets. */
  readonly prefix: string;
}

/**
 * By bytes: a token may hold part of a character. The rating's own words are looked for and not the
 * whole text, from which thinking was taken, and which servers that give no bytes spell differently.
 */
function findPlace(
  tokens: readonly TokenLogprob[],
  { written, before }: { readonly written: string; readonly before: string },
): Place | null {
  const parts = tokens.map(bytesOf);
  const at = Buffer.concat(parts).lastIndexOf(Buffer.from(written));
  if (at < 0) return null;
  let left = at + Buffer.byteLength(before);
  for (const [index, part] of parts.entries()) {
    if (left < part.length) return { index, prefix: part.toString('utf8', 0, left) };
    left -= part.length;
  }
  return null;
}

function bytesOf({ bytes, text }: TokenChoice): Buffer {
  return bytes === null ? Buffer.from(text) : Buffer.from(bytes);
}

/** Probability of each rating at the place; what cannot be told is in none. */
function ratingShares(tokens: readonly TokenLogprob[], { index, prefix }: Place) {
  const shares = new Map<number, number>();
  const add = (rating: number, share: number) =>
    shares.set(rating, (shares.get(rating) ?? 0) + share);
  const choices = choicesAt(tokens, index).flatMap((choice) => {
    const number = readNumber(choice, prefix);
    return number === null ? [] : { choice, ...number };
  });
  const tenIsOneToken = choices.some(({ value }) => value === RATING_MAX);
  for (const { choice, value, closed } of choices) {
    const share = Math.exp(choice.logprob);
    if (value < RATING_MIN || value > RATING_MAX) continue;
    if (value !== 1 || closed || tenIsOneToken) add(value, share);
    // A 1 that a 0 may follow: only behind the token that was written are the next ones known.
    else if (isWritten(choice, tokens[index])) {
      for (const [rating, then] of afterOne(tokens, index + 1)) add(rating, share * then);
    }
  }
  return shares;
}

/** How probable it is that a written 1 stays a 1, and that it becomes a 10. */
function afterOne(tokens: readonly TokenLogprob[], index: number): [number, number][] {
  return choicesAt(tokens, index).flatMap((choice): [number, number][] => {
    const { text } = lookThrough(textOf(choice));
    const share = Math.exp(choice.logprob);
    if (/^0(?![\d.])/.test(text)) return [[RATING_MAX, share]];
    return /^[\d.]/.test(text) ? [] : [[1, share]];
  });
}

/** The likeliest tokens of a place, with the one that was written. */
function choicesAt(tokens: readonly TokenLogprob[], index: number): readonly TokenChoice[] {
  const token = tokens[index];
  if (!token) return [];
  return token.top.some((choice) => isWritten(choice, token)) ? token.top : [...token.top, token];
}

function isWritten(choice: TokenChoice, token: TokenChoice | undefined): boolean {
  return token !== undefined && bytesOf(choice).equals(bytesOf(token));
}

function textOf(choice: TokenChoice): string {
  return bytesOf(choice).toString('utf8');
}

/** What a rating may have around it, as the parser looks through it. */
const GAP = /[\s*_`]+/g;

/** The number with which a token would go on; null for one that brings none, or a decimal. */
function readNumber(
  choice: TokenChoice,
  prefix: string,
): { readonly value: number; readonly closed: boolean } | null {
  const before = lookThrough(prefix).text.replace(GAP, '');
  const { text } = lookThrough(textOf(choice));
  const [, lead = '', digits, rest = ''] = /^([^\d]*)(\d{1,15})(.*)$/su.exec(text) ?? [];
  if (digits === undefined || lead.replace(GAP, '') !== before) return null;
  return rest.startsWith('.') ? null : { value: Number(digits), closed: rest !== '' };
}

function expectation(shares: ReadonlyMap<number, number>): ExpectedRating | null {
  const entries = [...shares].filter(([, share]) => share > 0);
  const mass = entries.reduce((sum, [, share]) => sum + share, 0);
  if (mass === 0) return null;
  const value = entries.reduce((sum, [rating, share]) => sum + rating * share, 0) / mass;
  const entropy = entries.reduce((sum, [, share]) => {
    const q = share / mass;
    return sum - q * Math.log(q);
  }, 0);
  return {
    value: Math.min(RATING_MAX, Math.max(RATING_MIN, value)),
    // Servers round logarithms: their exponentials can add up to a little more than 1.
    mass: Math.min(1, mass),
    entropy: Math.max(0, entropy),
  };
}
