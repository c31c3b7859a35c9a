import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ChoiceReading, UNREAD_REASONS } from '../../../src/domain/choice-reading.ts';
import { readLetter } from '../../../src/scorers/choice/read-letter.ts';

const menuSchema = z.strictObject({
  menu: z.string(),
  labels: z.array(z.string()),
  options: z.array(z.string()),
});
const replySchema = z.strictObject({
  /** The menu that was offered. */
  of: z.string(),
  reply: z.string(),
  /** A label, or `unread: ` and why. */
  expected: z.string(),
});

const lines = readFileSync(new URL('replies.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => z.union([menuSchema, replySchema]).parse(JSON.parse(line)));
const menus = new Map(lines.flatMap((line) => ('menu' in line ? [[line.menu, line]] : [])));
const replies = lines.flatMap((line) => ('of' in line ? [line] : []));

function offeredBy(menu: string) {
  const { labels, options } = menuSchema.parse(menus.get(menu));
  return labels.map((label, index) => ({ label, text: options[index] ?? '' }));
}

function shown(menu: string, reading: ChoiceReading): string {
  return reading.status === 'read'
    ? String(offeredBy(menu)[reading.option]?.label)
    : `unread: ${reading.reason}`;
}

describe('the table of replies', () => {
  test.each(replies)('$of: $reply', ({ of, reply, expected }) => {
    expect(shown(of, readLetter(reply, offeredBy(of)))).toBe(expected);
  });

  test('has at least 120 replies, every reason, and no reply twice', () => {
    expect(replies.length).toBeGreaterThanOrEqual(120);
    expect(new Set(replies.map(({ of, reply }) => `${of}\n${reply}`)).size).toBe(replies.length);
    const reasons = replies.flatMap(({ expected }) => expected.match(/(?<=^unread: ).*/) ?? []);
    expect(new Set(reasons)).toEqual(new Set(UNREAD_REASONS));
  });
});

const menu = offeredBy('en');

describe('for any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(...'ABab أب甲ア1.:,()\n答案正解選は', 'Answer', ' is ', ' or ', 'الإجابة'),
      )
      .map((parts) => parts.join('')),
  );

  test('the outcome is an option that was offered or a reason', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...menus.keys()), (text, of) => {
        const reading = readLetter(text, offeredBy(of));
        if (reading.status === 'unread') expect(UNREAD_REASONS).toContain(reading.reason);
        else expect(offeredBy(of)[reading.option]).toBeDefined();
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test('a last answer word counts, whatever stands before it', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 3 }), (before, option) => {
        const reply = `${before.replaceAll('<', '')}.\nFinal answer: ${'ABCD'.charAt(option)}`;
        expect(readLetter(reply, menu)).toEqual({ status: 'read', option, rule: 'anchor' });
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test('a label reads the same in every look of its letter', () => {
    for (const look of ['B', 'b', 'Ｂ', 'ｂ', 'Ⓑ', 'ⓑ', '🄱', '🅑', '🅱', '𝐁', '𝗕', 'В', 'Β', '⒝'])
      expect([look, readLetter(`Answer: ${look}`, menu)]).toEqual([
        look,
        { status: 'read', option: 1, rule: 'anchor' },
      ]);
  });
});

describe('a megabyte that a quadratic search would never finish', () => {
  test.each([
    'answer ',
    'answer: ',
    '答案是',
    'A or ',
    'A ',
    'B is ',
    '((((',
    '\n',
    'the the ',
    'not the correct ',
    '<b',
    '\\text',
    'Q: ',
  ])('%j over and over', (unit) => {
    const hostile = unit.repeat(Math.ceil(300_000 / unit.length));
    expect(readLetter(`${hostile}x.\nFinal answer: C`, menu)).toMatchObject({ option: 2 });
  });
});
