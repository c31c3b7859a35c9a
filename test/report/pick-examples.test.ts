import { expect, test } from 'vitest';
import type { ItemLabels, JudgmentOutcome } from '../../src/ports/run-archive.ts';
import { pickExamples } from '../../src/report/sections/pick-examples.ts';

const items = new Map<number, ItemLabels>(
  Array.from({ length: 400 }, (_, position) => [
    position,
    {
      position,
      id: `q${position}`,
      key: `k${position}`,
      culture: position % 2 === 0 ? 'Chinese' : 'Arab',
      language: 'zh',
      category: 'Opinion',
      scope: null,
      association: null,
      cluster: null,
    },
  ]),
);

function outcome(response: number, part: Partial<JudgmentOutcome> = {}): JudgmentOutcome {
  return {
    response,
    judge: 0,
    trial: 0,
    responseTrial: 0,
    model: 0,
    style: 0,
    item: response,
    responseStatus: 'completed',
    status: 'rated',
    rating: 5,
    parse: 'strict',
    conflicting: false,
    ...part,
  };
}

const ONE = { models: 1, runs: 1 };
const responses = (picked: ReturnType<typeof pickExamples>, rule: string) =>
  picked.filter((entry) => entry.rule === rule).map(({ places }) => places[0]?.response);

test('the highest and lowest of each culture are chosen', () => {
  const ratings = [7, 2, 9, 3, 8, 1, 10, 4, 1, 10];
  const picked = pickExamples(
    ratings.map((rating, response) => outcome(response, { rating })),
    items,
    ONE,
  );
  // Chinese are the even ones (7, 9, 8, 10, 1), Arab the odd ones (2, 3, 1, 4, 10); three of each, in turn.
  expect(responses(picked, 'highest')).toEqual([6, 9, 2, 7, 4, 3]);
  expect(responses(picked, 'lowest')).toEqual([8, 5, 0, 1, 4, 3]);
});

test('of one question only the best rated answer is shown among the highest', () => {
  const picked = pickExamples(
    [10, 9, 8].map((rating, response) => outcome(response, { rating, item: 0 })),
    items,
    ONE,
  );
  expect(responses(picked, 'highest')).toEqual([0]);
});

test('disagreement is the widest spread between judges or trials, the higher rating first', () => {
  const picked = pickExamples(
    [
      outcome(0, { rating: 5 }),
      outcome(0, { judge: 1, rating: 6 }),
      outcome(1, { rating: 2 }),
      outcome(1, { judge: 1, rating: 9 }),
      outcome(1, { judge: 1, trial: 1, rating: 4 }),
      outcome(2, { rating: 7 }),
      outcome(2, { judge: 1, rating: 7 }),
    ],
    items,
    ONE,
  );
  expect(picked.filter(({ rule }) => rule === 'disagreed').map(({ places }) => places)).toEqual([
    [
      { response: 1, judge: 1, trial: 0 },
      { response: 1, judge: 0, trial: 0 },
    ],
    [
      { response: 0, judge: 1, trial: 0 },
      { response: 0, judge: 0, trial: 0 },
    ],
  ]);
});

test('with one judge and one trial nothing can disagree', () => {
  const picked = pickExamples([outcome(0, { rating: 1 }), outcome(1, { rating: 10 })], items, ONE);
  expect(responses(picked, 'disagreed')).toEqual([]);
});

test('every reason for a missing rating has its examples, the answer’s reason before the call’s', () => {
  const picked = pickExamples(
    [
      outcome(0, { status: 'unparsed', rating: null, parse: null }),
      outcome(1, { status: 'pending', responseStatus: 'filtered', rating: null, parse: null }),
      outcome(2, { status: 'pending', rating: null, parse: null }),
      outcome(3, { status: 'failed', rating: null, parse: null }),
    ],
    items,
    ONE,
  );
  expect(picked.map(({ rule, reason, places }) => [rule, reason, places[0]?.response])).toEqual([
    ['missing', 'response_filtered', 1],
    ['missing', 'judgment_unparsed', 0],
    ['missing', 'judgment_failed', 3],
    ['missing', 'not_called', 2],
  ]);
});

test('lenient and conflicting verdicts are shown', () => {
  const picked = pickExamples(
    [outcome(0, { parse: 'lenient' }), outcome(1, { conflicting: true })],
    items,
    ONE,
  );
  expect(responses(picked, 'lenient')).toEqual([0]);
  expect(responses(picked, 'conflicting')).toEqual([1]);
});

test('there are never more than 200, and the same ones each time', () => {
  const many = Array.from({ length: 40_000 }, (_, response) =>
    outcome(response, {
      item: response % 400,
      model: Math.floor(response / 400) % 25,
      judge: response % 2,
      rating: response % 11 === 0 ? null : 1 + (response % 10),
      status: response % 11 === 0 ? 'unparsed' : 'rated',
      parse: response % 3 === 0 ? 'lenient' : 'strict',
      conflicting: response % 5 === 0,
    }),
  );
  const shape = { models: 25, runs: 1 };
  const picked = pickExamples(many, items, shape);
  expect(picked.length).toBeLessThanOrEqual(200);
  expect(picked.length).toBeGreaterThan(100);
  expect(pickExamples(many, items, shape)).toEqual(picked);
});
