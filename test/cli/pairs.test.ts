import { afterAll, beforeAll, expect, it } from 'vitest';
import { pairsCardSchema } from '../../src/analyses/training-pairs/schema.ts';
import { rated, storeRun } from '../support/stored-run.ts';
import { jsonLines, makeWorkplace, type Workplace } from './workplace.ts';

const MODELS = ['Best', 'Middling', 'Cut', 'Silent', 'Unrated'] as const;

let here: Workplace;
beforeAll(async () => {
  here = makeWorkplace();
  const item = (number: number) => ({
    ...{ id: `q${number}`, question: `Why is dish ${'abc'.charAt(number)} eaten at weddings?` },
    ...{ reference: 'For luck.', language: 'en', culture: number === 2 ? 'Arab' : 'Chinese' },
    ...{ category: 'Opinion', scope: null, association: 'Native', cluster: null },
  });
  const answers = {
    Cut: { status: 'truncated', text: 'A cut', reasoning: null },
    Silent: { status: 'empty', reasoning: null, cause: 'no-text' },
  } as const;
  await storeRun(
    here.path('store.sqlite'),
    {
      ...{ name: 'pairs', models: MODELS.map((name) => ({ name })) },
      ...{ styles: ['zero-shot', 'role-play'], judges: ['J', 'K'] },
      items: [0, 1, 2].map(item),
      answer: ({ model, style, item: { id } }) => {
        const name = MODELS[model] ?? '';
        return name === 'Cut' || name === 'Silent'
          ? answers[name]
          : { status: 'completed', text: `${name} ${id} in style ${style}`, reasoning: null };
      },
    },
    ({ model, judge, style }) =>
      model === 4
        ? { status: 'unparsed', text: '?', reasoning: null, cause: 'no-rating' }
        : rated(9 - 3 * model - judge - style),
  );
});
afterAll(() => here.remove());

const OPTIONS = ['--db', '@store.sqlite', '--out', '@pairs.jsonl', '--for', 'trl'];
const pairs = (...argv: string[]) => here.cli(['pairs', ...argv, ...OPTIONS]);
const rowsOf = (name: string) =>
  here
    .read(name)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

it('takes one judge and one style, named where there are several', async () => {
  expect((await pairs('--method', 'dpo')).stderr).toBe(
    'care-judge: the runs have several: choose one with --judge ("J", "K").\n',
  );
  expect((await pairs('--method', 'dpo', '--judge', 'K')).stderr).toBe(
    'care-judge: the runs have several: choose one with --style ("zero-shot", "role-play").\n',
  );
  expect((await pairs('--method', 'dpo', '--judge', 'k')).stderr).toContain(
    '--judge: the runs have no "k"; they have "J", "K".',
  );
  expect(here.files()).not.toContain('pairs.jsonl');
});

it('never lets a truncated, empty or unrated answer in, and counts them', async () => {
  const argv = ['--method', 'dpo', '--judge', 'K', '--style', 'role-play', '--rule', 'all'];
  const { code, stdout } = await pairs(...argv, '--json');
  const card = pairsCardSchema.parse(JSON.parse(stdout));
  expect(code).toBe(0);
  expect(card.answersExcluded).toEqual({
    ...{ truncated: 3, empty: 3, filtered: 0, failed: 0, pending: 0, unrated: 3 },
  });
  // By K in the second style: 9 - 1 - 1 against 6 - 1 - 1.
  expect(rowsOf('pairs.jsonl')).toMatchObject([
    { item: 'q0', chosen_model: 'Best', rating_chosen: 7, rating_rejected: 4, judge: 'K' },
    { item: 'q1', chosen_model: 'Best' },
    { item: 'q2', chosen_model: 'Best', culture: 'Arab' },
  ]);
  expect(rowsOf('pairs.jsonl')[0].chosen[0].content).toBe('Best q0 in style 1');
  expect(here.read('pairs.card.md')).toContain('3 truncated, 3 empty');
});

it('leaves the questions of a test set out, and other cultures', async () => {
  here.write(
    'test.jsonl',
    jsonLines([
      {
        question: 'why is dish A eaten at weddings',
        reference: 'x',
        culture: 'C',
        language: 'en',
        category: 'O',
      },
    ]),
  );
  const argv = ['--method', 'dpo', '--judge', 'J', '--style', 'zero-shot'];
  const { stdout } = await pairs(...argv, '--culture', 'Chinese', '--exclude', '@test.jsonl');
  expect(rowsOf('pairs.jsonl').map(({ item }) => item)).toEqual(['q1']);
  expect(stdout.replace(/\s+/g, ' ')).toContain('1 are in the test set, 1 are of another culture');
});

it('keeps what dataset_info.json names already', async () => {
  here.write('lf/dataset_info.json', '{"other": {"file_name": "other.json"}}');
  const argv = ['--judge', 'J', '--style', 'zero-shot', '--db', '@store.sqlite'];
  const lf = ['--for', 'llama-factory', '--method', 'sft', '--out', '@lf/good.jsonl'];
  await here.cli(['pairs', ...argv, ...lf]);
  expect(JSON.parse(here.read('lf/dataset_info.json'))).toEqual({
    other: { file_name: 'other.json' },
    good: {
      ...{ file_name: 'good.jsonl', formatting: 'sharegpt' },
      columns: { messages: 'conversations' },
    },
  });
});

it('makes pairs of human ratings, of answers that no run has too, and of nothing else', async () => {
  expect((await pairs('--method', 'dpo', '--ratings', 'human')).stderr).toContain(
    'has no human ratings',
  );
  const row = (question: string, response: string, rating: number) => ({
    question,
    response,
    rating,
    rater: 'r1',
  });
  here.write(
    'ratings.jsonl',
    jsonLines([
      row('Why is dish b eaten at weddings?', 'Best q1 in style 0', 2),
      row('Why is dish b eaten at weddings?', 'Middling q1 in style 0', 8),
      row('Why is dish b eaten at weddings?', 'A cut', 10),
      row('A question of no run?', 'A good answer', 9),
      row('A question of no run?', 'A bad answer', 3),
    ]),
  );
  await here.cli(['import', 'ratings', '@ratings.jsonl', '--db', '@store.sqlite']);
  const { code } = await pairs('--method', 'dpo', '--ratings', 'human');
  expect(code).toBe(0);
  expect(rowsOf('pairs.jsonl')).toMatchObject([
    { item: 'q1', chosen_model: 'Middling', rejected_model: 'Best', gap: 6, judge: null },
    { chosen_model: null, rating_source: 'human', rating_chosen: 9, chosen_run: null },
  ]);
});
