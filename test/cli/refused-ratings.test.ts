import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeWorkplace, type Workplace } from './workplace.ts';

let here: Workplace;
beforeEach(() => {
  here = makeWorkplace();
});
afterEach(() => here.remove());

const importRatings = (file: string) =>
  here.cli(['import', 'ratings', file, '--db', '@store.sqlite']);

test('lines that are no JSON are told beside the other bad rows, and nothing is written', async () => {
  here.write(
    'bad.jsonl',
    [
      // 66 characters: the bracket that is missing would be the 67th.
      '{"question":"Question 1?","response":"text","rater":"A","rating":5',
      '{"question":"Question 1?","response":"text","rater":"A","rating":11}',
      '[5]',
      '{"question":"Question 1?","response":"text","rater":"A","rating":true}',
      '{"question":"Question 1?","response":"text","rater":"A","rating":null}',
      '{"question":"Question 1?","response":"text","rater":"A","rating":5}',
    ].join('\n'),
  );
  const { code, stderr } = await importRatings('@bad.jsonl');
  expect(code).toBe(2);
  for (const line of [
    'HERE/bad.jsonl:1: not valid JSON at column 67: expected a comma or }',
    'HERE/bad.jsonl:2: rating: expected a number from 1 to 10, found "11"',
    'HERE/bad.jsonl:3: expected one object a line, found an array',
    'HERE/bad.jsonl:4: rating: expected a number under `rating`',
  ])
    expect(stderr).toContain(line);
  expect(stderr.match(/bad\.jsonl:/g)).toHaveLength(4);
  expect(here.files()).toEqual(['bad.jsonl']);
});

test('ratings that name items and models of a store that is not there make none', async () => {
  here.write('lost.csv', 'item,response,rater,rating\nq1,text,A,5');
  const { code, stderr } = await importRatings('@lost.csv');
  expect([code, stderr]).toEqual([2, expect.stringContaining('HERE/store.sqlite: no such store')]);
  expect(here.files()).toEqual(['lost.csv']);
});

test('spaces around a name are no other rater', async () => {
  here.write(
    'spaced.csv',
    'question,response,rater,rating,culture\nFirst?,One,A,5,Arab\nSecond?,Two, A ,6,Arab',
  );
  const { code, stderr } = await importRatings('@spaced.csv');
  expect(code).toBe(0);
  expect(stderr).toContain('2 ratings of 2 answers by 1 rater');
});
