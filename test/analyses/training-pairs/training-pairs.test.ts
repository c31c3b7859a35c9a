import { describe, expect, it } from 'vitest';
import type { RatedQuestions } from '../../../src/analyses/training-pairs/candidates.ts';
import { pairsCardSchema } from '../../../src/analyses/training-pairs/schema.ts';
import { splitQuestions } from '../../../src/analyses/training-pairs/split.ts';
import { makeTrainingPairs } from '../../../src/analyses/training-pairs/training-pairs.ts';
import { candidate, question, REQUEST } from './questions.ts';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

function sourceOf(questions: RatedQuestions['questions']): RatedQuestions {
  return {
    ...{ ratings: 'judge', judge: 'J', runs: ['run-1'], simulated: null, questions },
    excluded: { truncated: 1, empty: 0, filtered: 0, failed: 0, pending: 0, unrated: 2 },
  };
}

const pair = (key: string) =>
  question(key, [candidate(9, `good ${key}`), candidate(3, `bad ${key}`)]);
const twentySix = sourceOf(LETTERS.map(pair));

function rowsOf(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('splitQuestions', () => {
  const keys = Array.from({ length: 2000 }, (_, at) =>
    question(`k${at}`, [], { question: `${at}` }),
  );
  const shares = { train: 0.8, validation: 0.1, test: 0.1 };

  it('keeps to the shares on average, and a question where it is when others are added', () => {
    const all = splitQuestions(keys, shares, 7);
    const count = (name: string) => [...all.values()].filter((split) => split === name).length;
    // Binomial SDs of 17.9 and 13.4 about 1600 and 200.
    expect(Math.abs(count('train') - 1600)).toBeLessThan(60);
    expect(Math.abs(count('test') - 200)).toBeLessThan(45);
    const few = splitQuestions(keys.slice(0, 100), shares, 7);
    expect([...few].filter(([key, split]) => all.get(key) !== split)).toEqual([]);
  });

  it('never divides a cluster or near duplicates', () => {
    const text = 'On which day is the Dragon Boat Festival, and what do people eat?';
    const same = (seed: number) => {
      const questions = [
        question('1', [], { question: text }),
        question('2', [], { question: `Please tell me: ${text}` }),
        question('3', [], { question: 'Something else', cluster: 'c' }),
        question('4', [], { question: 'Another thing', cluster: 'c' }),
      ];
      const splits = splitQuestions(questions, { train: 0.5, validation: 0, test: 0.5 }, seed);
      return [splits.get('1') === splits.get('2'), splits.get('3') === splits.get('4')];
    };
    for (let seed = 0; seed < 20; seed += 1) expect(same(seed)).toEqual([true, true]);
  });
});

it('writes a file per split with no question in two of them', () => {
  const split = { train: 0.6, validation: 0.2, test: 0.2 };
  const { files, card } = makeTrainingPairs(twentySix, { ...REQUEST, split });
  expect(files.map(({ name }) => name)).toEqual([
    'pairs.train.jsonl',
    'pairs.validation.jsonl',
    'pairs.test.jsonl',
  ]);
  const items = files.map(({ text }) => rowsOf(text).map(({ item }) => item));
  expect(new Set(items.flat()).size).toBe(26);
  expect(items.flat()).toHaveLength(26);
  expect(card.files.map(({ rows }) => rows)).toEqual(items.map((own) => own.length));
});

it('lets no question of the test set through, reworded or not', () => {
  const [a, b] = ['a', 'b'].map((key) => `${key.repeat(11)}`);
  const { card } = makeTrainingPairs(twentySix, {
    ...REQUEST,
    testQuestions: [`${b?.toUpperCase()}B!`, a ?? ''],
  });
  expect([card.rows, card.without.excluded]).toEqual([24, 2]);
});

it('sees a test question in a shorter or longer one of the training data', () => {
  const text = 'On which day is the Dragon Boat Festival?';
  const candidates = [candidate(9, 'good'), candidate(3, 'bad')];
  const source = sourceOf([
    question('1', candidates, { question: text }),
    question('2', candidates, { question: `Please answer in one short sentence only: ${text}` }),
    question('3', candidates, { question: 'Why is tea served twice?' }),
  ]);
  const long = `Please answer in one short sentence only: ${text} Thank you very much.`;
  const kept = (test: string) =>
    makeTrainingPairs(source, { ...REQUEST, testQuestions: [test] }).card.questions;
  expect([kept(text), kept(long)]).toEqual([1, 1]);
});

it('gives each row where it is from', () => {
  const { files } = makeTrainingPairs(sourceOf([pair('a')]), REQUEST);
  expect(rowsOf(files[0]?.text ?? '')).toEqual([
    {
      prompt: [{ role: 'user', content: 'a'.repeat(12) }],
      chosen: [{ role: 'assistant', content: 'good a' }],
      rejected: [{ role: 'assistant', content: 'bad a' }],
      ...{ item: 'a', culture: 'Chinese', category: 'Opinion', language: 'zh' },
      ...{ rating_source: 'judge', judge: 'J', chosen_source: 'answer' },
      ...{ chosen_model: 'model good a', rejected_model: 'model bad a' },
      ...{ chosen_run: 'run-1', rejected_run: 'run-1' },
      ...{ rating_chosen: 9, rating_rejected: 3, gap: 6, tied: 0 },
    },
  ]);
});

it('describes the rows on a card, with what a trainer should know first', () => {
  const { card } = makeTrainingPairs(twentySix, { ...REQUEST, references: true });
  const parsed = pairsCardSchema.parse(card);
  expect(parsed).toMatchObject({ rows: 52, questions: 26, references: 26 });
  expect(parsed.gap).toEqual({ min: 6, mean: 6, max: 6 });
  expect(parsed.answersExcluded).toMatchObject({ truncated: 1, unrated: 2 });
  // "good a" is longer than "bad a", the reference longer than both.
  expect(parsed.lengths?.chosenLonger.value).toBe(1);
  expect(parsed.cautions.join('\n')).toMatch(
    /No test set[\s\S]*human reference[\s\S]*teaches length/,
  );
});

it('refuses what a trainer or a method cannot do', () => {
  const refused = (options: Partial<typeof REQUEST>) => () =>
    makeTrainingPairs(twentySix, { ...REQUEST, ...options });
  expect(refused({ trainer: 'openrlhf', method: 'kto' })).toThrow(/openrlhf has no format for kto/);
  expect(refused({ method: 'kto' })).toThrow(/kto needs --desirable and --undesirable/);
  expect(refused({ method: 'kto', desirable: 4, undesirable: 4 })).toThrow(/must be less/);
  expect(refused({ cultures: ['Chinse'] })).toThrow(
    /no rated question is of "Chinse"; did you mean "Chinese"\? Cultures: Chinese/,
  );
  expect(refused({ minGap: 9 })).toThrow(/no rows: of 26 questions .* 0 have too few and 26 none/);
});
