import { RATING_MAX, RATING_MIN, type Verdict } from '../../domain/judgment.ts';
import { type RoleInText, roleInText } from './rating-labels.ts';
import { hasBracket, isBlank, lookThrough, type PlainText, type TextSpan } from './verdict-text.ts';

/** Raised whenever the same text could now give another verdict; stored beside every judgment. */
export const VERDICT_PARSER_VERSION = 2;

export interface ParsedVerdict {
  readonly verdict: Verdict;
  /** Where the deciding rating stands: with its word and brackets, and its number alone. */
  readonly found: { readonly rating: TextSpan; readonly number: TextSpan } | null;
}

interface Match {
  readonly value: number;
  readonly form: 'strict' | 'labelled' | 'bare';
  /** In the plain text. */
  readonly rating: TextSpan;
  readonly number: TextSpan;
}

/** What may stand between the parts of a rating: spaces, markdown emphasis and escapes. Never inside a number. */
const GAP = '[\\s*_`\\\\]*';
/** Longer runs of digits are no rating; the bound also keeps every value finite. */
const NUMBER = '[-+]?\\d{1,15}(?:\\.\\d{0,15})?';
/** No Latin letter before the word, so that `Overrating: [[2]]` is not it; other scripts set no spaces. */
const WORD = '(?<!\\p{Script=Latin})rating';
/**
 * Takes time linear in the text: no quantifier stands inside another, neighbours share no character,
 * and two gaps are always parted by a sign, so a run of spaces is walked a fixed number of times.
 */
const RATING = new RegExp(
  `(?:(${WORD})${GAP}:${GAP})?\\[${GAP}\\[${GAP}(${NUMBER})${GAP}\\]${GAP}\\]`,
  'giu',
);

/**
 * Reads the last `Rating: [[n]]` of a judge's text. Without any, marked lenient: what stands behind a
 * word for rating in another language; else the bare `[[n]]`, if all of them agree. The end of a scale
 * ("out of [[10]]") is no rating. Values outside 1–10 are reported, never clamped; anything else is
 * unparsed, never guessed.
 * `test/judge/verdict-cases.jsonl` is the table of what counts. Never throws.
 */
export function parseVerdict(text: string): ParsedVerdict {
  // Answers are looked through as well, and hardly any has a bracket.
  if (!hasBracket(text)) return unparsed(text);
  const plain = lookThrough(text);
  const matches = findRatings(plain.text);
  const counting =
    (['strict', 'labelled', 'bare'] as const)
      .map((form) => matches.filter((match) => match.form === form))
      .find((found) => found.length > 0) ?? [];
  const last = counting.at(-1);
  if (last === undefined) return unparsed(text);
  const conflicting = counting.some((match) => match.value !== last.value);
  // Without the word there is no telling which of them was meant.
  if (conflicting && last.form !== 'strict') return unparsed(text, 'conflicting');
  return {
    verdict: verdictOf(last, conflicting),
    found: {
      rating: originalSpan(last.rating, plain, text),
      number: originalSpan(last.number, plain, text),
    },
  };
}

function unparsed(text: string, why: 'no-rating' | 'conflicting' = 'no-rating'): ParsedVerdict {
  const cause = isBlank(text) ? 'empty' : why;
  return { verdict: { status: 'unparsed', cause }, found: null };
}

function verdictOf({ value, form }: Match, conflicting: boolean): Verdict {
  const parse = form === 'strict' ? 'strict' : 'lenient';
  return value >= RATING_MIN && value <= RATING_MAX
    ? { status: 'rated', rating: value, parse, conflicting }
    : { status: 'out-of-range', value };
}

function findRatings(plain: string): Match[] {
  return Array.from(plain.matchAll(RATING)).flatMap((match): Match[] => {
    // The number always takes part; nothing before it within a match holds a digit or a sign of one.
    const [whole, word, digits = ''] = match;
    const rating = { start: match.index, end: match.index + whole.length };
    const start = rating.start + whole.indexOf(digits);
    const role = roleInText(plain, rating);
    if (role === 'scale') return [];
    return [
      {
        value: Number(digits) + 0, // -0 + 0 is 0: a value that JSON and SQLite give back
        form: formOf(word !== undefined, role),
        rating,
        number: { start, end: start + digits.length },
      },
    ];
  });
}

function formOf(hasWord: boolean, role: Exclude<RoleInText, 'scale'>): Match['form'] {
  if (role === 'range') return 'bare';
  if (hasWord) return 'strict';
  return role === 'labelled' ? 'labelled' : 'bare';
}

function originalSpan(span: TextSpan, plain: PlainText, original: string): TextSpan {
  const first = plain.origins[span.start] ?? original.length;
  // From the last character and not from the one after it: invisible ones in between stay outside.
  const last = plain.origins[span.end - 1] ?? original.length;
  const width = (original.codePointAt(last) ?? 0) > 0xffff ? 2 : 1;
  return { start: first, end: last + width };
}
