import { RATING_MAX, RATING_MIN } from '../../domain/judgment.ts';
import { topLevelMembers } from './json-members.ts';
import { relaxedMembers } from './relaxed-members.ts';
import type { ParsedVerdict } from './verdict.ts';
import { lookThrough, type TextSpan } from './verdict-text.ts';

const KEY = 'rating';
/** One run of blanks and one of a word: two runs of blanks that touch would be tried in every cut. */
const FENCED = /```[^\S\n]*(?:json5?[^\S\n]*)?\n(.*?)```/gisu;
/** Longer runs of digits are no rating; the bound also keeps every value finite. */
const WRITTEN_NUMBER =
  /^["']?\s{0,9}(?:\[\[\s{0,9})?([-+]?\d{1,15}(?:\.\d{0,15})?)\s{0,9}(?:\]\]\s{0,9})?["']?$/;

interface Found {
  readonly value: number;
  /** In the judge's text: `"rating": 8`, and its number. */
  readonly rating: TextSpan;
  readonly number: TextSpan;
}

/**
 * Reads the `rating` of a verdict that is a JSON object: the whole text, or marked lenient a fenced
 * block of it, or what stands from its first brace to its last. Lenient, too, is what is nearly JSON
 * (`'rating': "7",`) or spells the key in another case. The rating is a number or a text that is one:
 * null, true and numbers in other objects are no rating. Values outside 1–10 are reported, never
 * clamped. `test/judge/json-verdict-cases.jsonl` is the table of what counts. Never throws.
 */
export function parseJsonVerdict(text: string): ParsedVerdict {
  if (text.trim() === '') return unparsed('empty');
  const whole = jsonKind(text);
  // A list or a string of JSON is another reply than was asked for: nothing is picked out of it.
  if (whole === 'other') return unparsed('no-rating');
  const all = { start: 0, end: text.length };
  if (whole === 'object') {
    const found = readObject(text, all);
    return found.length > 0 ? verdictOf(found, 'strict') : lenient([readNearly(text, all)]);
  }
  const fences = fencedSpans(text);
  const braced = { start: text.indexOf('{'), end: text.lastIndexOf('}') + 1 };
  const spans = braced.start < 0 || braced.end <= braced.start ? [] : [braced];
  return lenient([
    fences.flatMap((span) => readObject(text, span)),
    spans.flatMap((span) => readObject(text, span)),
    fences.flatMap((span) => readNearly(text, span)),
    spans.flatMap((span) => readNearly(text, span)),
  ]);
}

/** The first way of reading that finds a rating. */
function lenient(ways: readonly (readonly Found[])[]): ParsedVerdict {
  return verdictOf(ways.find((found) => found.length > 0) ?? [], 'lenient');
}

function unparsed(cause: 'empty' | 'no-rating'): ParsedVerdict {
  return { verdict: { status: 'unparsed', cause }, found: null };
}

/** The last one counts, as the last `Rating: [[n]]` of a text does. */
function verdictOf(all: readonly Found[], parse: 'strict' | 'lenient'): ParsedVerdict {
  const last = all.at(-1);
  if (last === undefined) return unparsed('no-rating');
  const { value, rating, number } = last;
  const conflicting = all.some((found) => found.value !== value);
  return {
    verdict:
      value >= RATING_MIN && value <= RATING_MAX
        ? { status: 'rated', rating: value, parse, conflicting }
        : { status: 'out-of-range', value },
    found: { rating, number },
  };
}

function fencedSpans(text: string): TextSpan[] {
  return Array.from(text.matchAll(FENCED), ({ index, 0: block, 1: inside = '' }) => {
    const start = index + block.length - inside.length - '```'.length;
    return { start, end: start + inside.length };
  });
}

/** Every top-level `rating` that is a number; none where the span is no JSON object. */
function readObject(text: string, { start, end }: TextSpan): Found[] {
  const source = text.slice(start, end);
  if (jsonKind(source) !== 'object') return [];
  return topLevelMembers(source).flatMap(({ key, keyStart, valueStart, valueEnd }) => {
    if (key !== KEY) return [];
    const value: unknown = JSON.parse(source.slice(valueStart, valueEnd));
    // 1e999 is JSON, and no number that could be kept.
    if (typeof value !== 'number' || !Number.isFinite(value)) return [];
    return {
      value: value + 0, // -0 + 0 is 0: a value that JSON and SQLite give back
      rating: { start: start + keyStart, end: start + valueEnd },
      number: { start: start + valueStart, end: start + valueEnd },
    };
  });
}

/** Every rating of what is an object but for quotes, a comma, the case of its key or the type of its value. */
function readNearly(text: string, { start, end }: TextSpan): Found[] {
  const source = text.slice(start, end);
  const members = relaxedMembers(source);
  if (members === null) return [];
  const named = members.filter(({ key }) => key.trim().toLowerCase() === KEY);
  return named.flatMap(({ keyStart, valueStart, valueEnd }) => {
    const written = source.slice(valueStart, valueEnd);
    const plain = lookThrough(written);
    const digits = WRITTEN_NUMBER.exec(plain.text)?.[1];
    if (digits === undefined) return [];
    const at = plain.text.indexOf(digits);
    const from = start + valueStart + (plain.origins[at] ?? 0);
    const last = plain.origins[at + digits.length - 1] ?? 0;
    const width = (written.codePointAt(last) ?? 0) > 0xffff ? 2 : 1;
    return {
      value: Number(digits) + 0,
      rating: { start: start + keyStart, end: start + valueEnd },
      number: { start: from, end: start + valueStart + last + width },
    };
  });
}

/** What a JSON text can begin with: most texts are none, and `JSON.parse` is slow to say so. */
const JSON_START = /^\s*[[{"\-\dtfn]/;

function jsonKind(source: string): 'object' | 'other' | 'none' {
  if (!JSON_START.test(source)) return 'none';
  try {
    const value: unknown = JSON.parse(source);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? 'object' : 'other';
  } catch (error) {
    if (error instanceof SyntaxError) return 'none';
    throw error;
  }
}
