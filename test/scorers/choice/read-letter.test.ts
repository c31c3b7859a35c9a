import { readFileSync } from 'node:fs';
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
