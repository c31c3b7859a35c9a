import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { labelWhile } from '../../src/app/answer-languages.ts';
import type { AnswerLanguageRow, AnswerLanguageStore } from '../../src/ports/answer-languages.ts';

const ANSWER = {
  position: 1,
  response: 7,
  language: 'ja',
  text: '春になると、家族や友だちと桜の木の下でお弁当を食べます。',
};

test('tells languages while calls are still being made, and gives what they came to', async () => {
  const saved: AnswerLanguageRow[] = [];
  const told = new AbortController();
  const store: AnswerLanguageStore = {
    unlabelledAnswers: ({ after }) => (after < 1 ? [ANSWER] : []),
    saveAnswerLanguages: (rows) => {
      saved.push(...rows);
      told.abort();
    },
  };
  // The calls end only once a language has been told.
  const calls = once(told.signal, 'abort').then(() => 'all made');
  expect(await labelWhile(calls, store, 'run')).toBe('all made');
  expect(saved).toMatchObject([{ response: 7, verdict: 'as-asked' }]);
});

test('a store that breaks meanwhile is told of when the calls have ended, and not before', async () => {
  const broken = new AbortController();
  const store: AnswerLanguageStore = {
    unlabelledAnswers: () => {
      broken.abort();
      throw new Error('disk full');
    },
    saveAnswerLanguages: () => undefined,
  };
  let ended = false;
  const calls = once(broken.signal, 'abort').then(async () => {
    await setTimeout(50);
    ended = true;
  });
  await expect(labelWhile(calls, store, 'run')).rejects.toThrow('disk full');
  expect(ended).toBe(true);
});
