import { RATING_MAX, RATING_MIN } from '../../domain/judgment.ts';
import { topLevelMembers } from './json-members.ts';
import type { ParsedVerdict, TextSpan } from './verdict.ts';

const KEY = 'rating';
const FENCED = /```[^\S\n]*(?:json)?[^\S\n]*\n(.*?)```/gisu;

interface Found {
  readonly value: number;
  /** In the judge's text: `"rating": 8`, and its number. */
  readonly rating: TextSpan;
  readonly number: TextSpan;
}

/**
 * Reads the `rating` of a verdict that is a JSON object: the whole text, or marked lenient a fenced
 * block of it, or what stands from its first brace to its last. The rating is a JSON number: text,
 * null, true and numbers in other objects are no rating. Values outside 1–10 are reported, never
 * clamped. `test/judge/json-verdict-cases.jsonl` is the table of what counts. Never throws.
 */
export function parseJsonVerdict(text: string): ParsedVerdict {
  if (text.trim() === '') return unparsed('empty');
  const whole = jsonKind(text);
  // A list or a string of JSON is another reply than was asked for: nothing is picked out of it.
  if (whole === 'other') return unparsed('no-rating');
  if (whole === 'object') {
    return verdictOf(readObject(text, { start: 0, end: text.length }), 'strict');
  }
  const fenced = fencedSpans(text).flatMap((span) => readObject(text, span));
  if (fenced.length > 0) return verdictOf(fenced, 'lenient');
  const braced = { start: text.indexOf('{'), end: text.lastIndexOf('}') + 1 };
  return verdictOf(braced.start < 0 ? [] : readObject(text, braced), 'lenient');
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
