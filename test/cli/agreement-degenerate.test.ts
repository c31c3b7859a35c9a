import { afterEach, expect, test } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import { rated, storeRun } from '../support/stored-run.ts';
import { jsonLines, makeWorkplace, type Workplace } from './workplace.ts';

let here: Workplace;
afterEach(() => here.remove());

interface Case {
  readonly questions: number;
  readonly models: number;
  readonly raters: number;
  /** null: not rated. */
  readonly judge: (question: number, model: number) => number | null;
  readonly person: (question: number, model: number, rater: number) => number | null;
}

const CASES: Readonly<Record<string, Case>> = {
  'all equal': { questions: 6, models: 2, raters: 2, judge: () => 7, person: () => 7 },
  'all equal, apart': { questions: 6, models: 2, raters: 3, judge: () => 9, person: () => 2 },
  'equal judge, people who differ': {
    ...{ questions: 6, models: 1, raters: 2 },
    judge: () => 8,
    person: (question, _model, rater) => 3 + ((question + rater) % 5),
  },
  'full agreement': {
    ...{ questions: 6, models: 2, raters: 2 },
    judge: (question) => 2 + question,
    person: (question) => 2 + question,
  },
  'full disagreement': {
    ...{ questions: 6, models: 1, raters: 2 },
    judge: (question) => 2 + question,
    person: (question) => 9 - question,
  },
  'one question': {
    questions: 1,
    models: 1,
    raters: 2,
    judge: () => 6,
    person: (_q, _m, rater) => 4 + rater,
  },
  'two questions': {
    questions: 2,
    models: 2,
    raters: 1,
    judge: (question) => 6 + question,
    person: () => 5,
  },
  'three questions': {
    ...{ questions: 3, models: 1, raters: 1 },
    judge: (question) => 6 + question,
    person: (question) => 6 + question,
  },
  'full ties but for one': {
    ...{ questions: 8, models: 2, raters: 2 },
    judge: (question) => (question === 0 ? 6 : 7),
    person: (question, _model, rater) => (question === 0 && rater === 0 ? 6 : 7),
  },
  'nothing rated by the judge': {
    questions: 4,
    models: 1,
    raters: 2,
    judge: () => null,
    person: () => 5,
  },
  // Enough for a curve, of a judge that says nothing.
  'many labels of an equal judge': {
    ...{ questions: 30, models: 2, raters: 1 },
    judge: () => 7,
    person: (question, model) => (model === 0 ? 3 + (question % 4) : null),
  },
  'many equal labels': {
    ...{ questions: 30, models: 2, raters: 1 },
    judge: (question) => 5 + (question % 3),
    person: (_question, model) => (model === 0 ? 7 : null),
  },
};

async function write({ questions, models, raters, judge, person }: Case): Promise<void> {
  here = makeWorkplace();
  const items = Array.from(
    { length: questions },
    (_, number): Item => ({
      id: `q${number}`,
      question: `Question ${number}?`,
      reference: 'Answer.',
      culture: number % 2 === 0 ? 'Arab' : 'Chinese',
      language: 'en',
      category: 'Opinion',
      scope: null,
      association: null,
      cluster: null,
    }),
  );
  const text = (item: string, model: number) => `Answer ${model} to ${item}`;
  await storeRun(
    here.path('s.sqlite'),
    {
      name: 'people',
      models: Array.from({ length: models }, (_, model) => ({ name: `M${model}` })),
      styles: ['zero-shot'],
      judges: ['J'],
      items,
      answer: ({ item, model }) => ({
        ...{ status: 'completed', text: text(item.id, model), reasoning: null },
      }),
    },
    ({ item, model }) => {
      const rating = judge(Number(item.id.slice(1)), model);
      return rating === null
        ? { status: 'unparsed', cause: 'no-rating', text: 'hm', reasoning: null }
        : rated(rating);
    },
  );
  const rows = items.flatMap(({ id, question }, number) =>
    Array.from({ length: models }, (_, model) => model).flatMap((model) =>
      Array.from({ length: raters }, (_, rater) => ({
        ...{ question, response: text(id, model), rater: `r${rater}` },
        rating: person(number, model, rater),
      })).filter(({ rating }) => rating !== null),
    ),
  );
  here.write('people.jsonl', jsonLines(rows));
  const { code } = await here.cli(['import', 'ratings', '@people.jsonl', '--db', '@s.sqlite']);
  expect(code).toBe(0);
}

/** Places of numbers that no figure of agreement may be; intervals of one point where few agree. */
function faults(value: unknown, path = ''): string[] {
  if (typeof value === 'number') {
    const key = path.split('.').at(-1) ?? '';
    const zeroP = /^(p|adjusted|randomP)$/u.test(key) && value === 0;
    const negative = /^(se|sd|variance|between|df)$/u.test(key) && value < 0;
    return zeroP || negative || Object.is(value, -0) || !Number.isFinite(value)
      ? [`${path} = ${value}`]
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  const point = 'low' in value && 'high' in value && value.low !== null && value.low === value.high;
  return [
    ...(point ? [`${path} is one point`] : []),
    ...Object.entries(value).flatMap(([key, inner]) => faults(inner, `${path}.${key}`)),
  ];
}

test.each(Object.entries(CASES))(
  'agreement with people, %s: no impossible number',
  async (_, of) => {
    await write(of);
    const argv = ['agreement', '--resamples', '200', '--db', '@s.sqlite'];
    const json = await here.cli([...argv, '--json']);
    for (const { code, stdout, stderr } of [json, await here.cli(argv)]) {
      expect(stdout + stderr).not.toMatch(/\b(NaN|Infinity)\b|\n {4}at /u);
      expect(code).toBe(0);
    }
    expect(faults(JSON.parse(json.stdout))).toEqual([]);
  },
);
