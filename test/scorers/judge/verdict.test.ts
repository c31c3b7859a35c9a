import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { verdictSchema } from '../../../src/domain/judgment.ts';
import { parseVerdict } from '../../../src/scorers/judge/verdict.ts';
import { hasBracket, isBlank, lookThrough } from '../../../src/scorers/judge/verdict-text.ts';

const caseSchema = z.strictObject({
  case: z.string(),
  text: z.string(),
  verdict: verdictSchema,
  /** The stretch of the text that decides; its last occurrence where there are several. */
  match: z.string().nullable(),
});

const cases = readFileSync(new URL('verdict-cases.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => caseSchema.parse(JSON.parse(line)));

describe('the table of verdicts', () => {
  test.each(cases)('$case', ({ text, verdict, match }) => {
    const parsed = parseVerdict(text);
    expect(parsed.verdict).toEqual(verdict);
    const start = match === null ? -1 : text.lastIndexOf(match);
    const span = match === null ? null : { start, end: start + match.length };
    expect(parsed.found?.rating ?? null).toEqual(span);
  });

  test('has a rating for every outcome and no case twice', () => {
    expect(new Set(cases.map((row) => row.text)).size).toBe(cases.length);
    expect(new Set(cases.map((row) => row.verdict.status))).toEqual(
      new Set(['rated', 'unparsed', 'out-of-range']),
    );
  });
});

describe('where the number stands', () => {
  test.each([
    ['ab Rating: [[10]]', 13, 15],
    // Two UTF-16 units for the emoji, then `Rating: [[`.
    ['🎉Rating: [[9]]', 12, 13],
    // The right-to-left marks stay outside.
    ['Rating: [[\u200f7\u200f]]', 11, 12],
    ['Rating: [[**7.5**]]', 12, 15],
    // A digit outside the basic plane is two units long.
    ['[[𝟕]]', 2, 4],
    ['Rating: [[-3]]', 10, 12],
  ])('%j: units %i to %i', (text, start, end) => {
    expect(parseVerdict(text).found?.number).toEqual({ start, end });
  });
});

const DIGITS = ['0123456789', '０１２３４５６７８９', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹'];
const STYLES: readonly ((digits: string) => string)[] = [
  (n) => `Rating: [[${n}]]`,
  (n) => `**Rating:** [[${n}]]`,
  (n) => `**Rating: [[${n}]]**`,
  (n) => `Rating: **[[${n}]]**`,
  (n) => `__Rating__: __[[${n}]]__`,
  (n) => `Rating: \`[[${n}]]\``,
  (n) => `RATING：［［ ${n} ］］`,
  (n) => `Rating:\r\n\u200f[[\u2067${n}\u2069]]`,
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  // Every UTF-16 unit, lone surrogates among them, and the signs that the parser looks at.
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(...codesOf('[]:*_` 7.-'))))
    .map((codes) => String.fromCharCode(...codes)),
);

function codesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

describe('for any text', () => {
  test('a whole rating reads the same in every digit script and emphasis', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.constantFrom(...DIGITS),
        fc.constantFrom(...STYLES),
        (rating, script, style) => {
          const digits = Array.from(String(rating), (digit) => script.charAt(Number(digit))).join(
            '',
          );
          expect(parseVerdict(style(digits)).verdict).toEqual({
            status: 'rated',
            rating,
            parse: 'strict',
            conflicting: false,
          });
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  test('text without opening brackets before a verdict changes nothing but its place', () => {
    const decided = cases.filter((row) => row.match !== null);
    fc.assert(
      fc.property(anyText, fc.constantFrom(...decided), (before, { text, verdict }) => {
        const prefix = `${withoutOpening(before)}.\n`;
        const { start = 0 } = parseVerdict(text).found?.rating ?? {};
        const moved = parseVerdict(prefix + text);
        expect(moved.verdict).toEqual(verdict);
        expect(moved.found?.rating.start).toBe(prefix.length + start);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  test('the outcome is one that the store takes, and its span lies within the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { verdict, found } = parseVerdict(text);
        expect(verdictSchema.parse(verdict)).toEqual(verdict);
        expect(found === null).toBe(verdict.status === 'unparsed');
        if (found === null) return;
        expect(found.rating.start).toBeGreaterThanOrEqual(0);
        expect(found.rating.start).toBeLessThan(found.number.start);
        expect(found.number.start).toBeLessThan(found.number.end);
        expect(found.number.end).toBeLessThan(found.rating.end);
        expect(found.rating.end).toBeLessThanOrEqual(text.length);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });
});

describe('a megabyte that a quadratic search would never finish', () => {
  test.each([
    ['', '['],
    ['', '[ '],
    ['', '[[7'],
    ['', '[[7 ]'],
    ['', 'Rating: '],
    ['', 'Rating: [ '],
    ['', 'Rating:** [[7'],
    ['Rating', ' '],
    ['Rating:', '* '],
    ['Rating: [', '\u00a0'],
    ['[[', '\n'],
    ['[[', '7'],
    ['[[7', ' '],
    ['[[7]', '_'],
    ['Rating: [[7', '\u200f'],
    // Eighteen characters in NFKC.
    ['', '\ufdfa'],
  ])('%j and then %j over and over', (opening, unit) => {
    const hostile = unit.repeat(Math.ceil(1_000_000 / unit.length));
    expect(parseVerdict(`${opening}${hostile}x\nRating: [[3]]`).verdict).toMatchObject({
      status: 'rated',
      rating: 3,
    });
  });
});

function withoutOpening(text: string): string {
  return Array.from(text)
    .filter((character) => !character.normalize('NFKC').includes('['))
    .join('');
}

test('what looks for brackets and blanks first sees every character as the plain text has it', () => {
  for (let code = 0; code <= 0x10ffff; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const character = String.fromCodePoint(code);
    const plain = lookThrough(character).text;
    if (
      hasBracket(character) !== plain.includes('[') ||
      isBlank(character) !== (plain.trim() === '')
    )
      expect.fail(`U+${code.toString(16)} is plain ${JSON.stringify(plain)}`);
  }
});
