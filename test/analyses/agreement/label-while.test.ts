import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { labelAnswerLanguages, labelWhile } from '../../../src/language/answer-languages.ts';
import type {
  AnswerLanguageRow,
  AnswerLanguageStore,
} from '../../../src/ports/answer-languages.ts';

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

test('leaves to later what letters alone do not decide', async () => {
  const english = {
    ...ANSWER,
    position: 2,
    response: 8,
    text: 'In spring they eat under the trees.',
  };
  const saved: AnswerLanguageRow[] = [];
  const told = new AbortController();
  const store: AnswerLanguageStore = {
    unlabelledAnswers: ({ after }) => (after < 2 ? [ANSWER, english] : []),
    saveAnswerLanguages: (rows) => {
      saved.push(...rows);
      told.abort();
    },
  };
  await labelWhile(once(told.signal, 'abort'), store, 'run');
  expect(saved.map(({ response }) => response)).toEqual([7]);

  const rest: AnswerLanguageRow[] = [];
  const later: AnswerLanguageStore = {
    unlabelledAnswers: ({ after }) => (after < 2 ? [english] : []),
    saveAnswerLanguages: (rows) => rest.push(...rows),
  };
  expect(await labelAnswerLanguages(later, 'run')).toBe(1);
  expect(rest).toMatchObject([{ response: 8, verdict: 'other', detected: 'en' }]);
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
