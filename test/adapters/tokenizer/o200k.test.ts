import { expect, test } from 'vitest';
import { loadO200k } from '../../../src/adapters/tokenizer/o200k.ts';

/** Counts of OpenAI's own tiktoken, from its cookbook "How to count tokens with tiktoken" (o200k_base). */
test.each([
  ['antidisestablishmentarianism', 6],
  ['2 + 2 = 4', 7],
  ['お誕生日おめでとう', 8],
])('%s is %i tokens', async (text, tokens) => {
  const count = await loadO200k();
  expect(count(text)).toBe(tokens);
});

test('a special token written in a text is plain text, and a million letters are no reason to wait', async () => {
  const count = await loadO200k();
  expect(count('<|endoftext|>')).toBeGreaterThan(1);
  // Eight x a token in pieces of a thousand: 125 each.
  expect(count('x'.repeat(1_000_000))).toBe(125_000);
});
