import { expect, test } from 'vitest';
import type { ItemSource } from '../../src/domain/item-source.ts';
import { mapRow } from '../../src/items/map-rows.ts';

const LABELS = { culture: 'Arab', language: 'ar', category: 'History' };

function choice(fields: Readonly<Record<string, unknown>>, parts: Partial<ItemSource> = {}) {
  const source: ItemSource = {
    file: 'q.jsonl',
    scoring: 'choice',
    gold: 'index0',
    fields: { options: ['a', 'b', 'c', 'd'], gold: 'answer' },
    set: LABELS,
    ...parts,
  };
  return mapRow(source, { line: 3, fields: { question: 'q?', ...fields } });
}

const FOUR = { a: 'Nile', b: 'Rhine', c: 'Don', d: 'Po' };

function solutionOf(...mapped: Parameters<typeof choice>) {
  const row = choice(...mapped);
  if (row.kind !== 'item') throw new Error(row.problems.map(({ message }) => message).join());
  return row.item;
}

function problemsOf(...mapped: Parameters<typeof choice>): string[] {
  const row = choice(...mapped);
  return row.kind === 'item'
    ? []
    : row.problems.map(
        ({ line, path, message, hint = '' }) => `${line} ${path}: ${message}${hint}`,
      );
}

const KEYED = { options: { A: 'Nile', B: 'Rhine', C: 'Don' } };

test.each<[string, number, Readonly<Record<string, unknown>>, Partial<ItemSource>]>([
  ['a position from 0', 2, { ...FOUR, answer: 2 }, {}],
  ['a position from 1, as text', 2, { ...FOUR, answer: '3' }, { gold: 'index1' }],
  ['a position that a table wrote with a point', 2, { ...FOUR, answer: '2.0' }, {}],
  ['a letter', 3, { ...FOUR, answer: 'd' }, { gold: 'letter' }],
  ['a letter in full width', 1, { ...FOUR, answer: 'Ｂ' }, { gold: 'letter' }],
  ['an Arabic letter without its hamza', 0, { ...FOUR, answer: 'ا' }, { gold: 'letter' }],
  ['a heavenly stem', 3, { ...FOUR, answer: '丁' }, { gold: 'letter' }],
  ['a text', 1, { ...FOUR, answer: ' Rhine ' }, { gold: 'text' }],
  ['a list of one', 1, { ...FOUR, answer: [1] }, {}],
  [
    'the key of a dictionary',
    2,
    { ...KEYED, answer: 'C' },
    { gold: 'letter', fields: { gold: 'answer' } },
  ],
  [
    'the key of a dictionary written as JSON in a cell',
    1,
    { options: JSON.stringify(KEYED.options), answer: 'B' },
    { gold: 'letter', fields: { gold: 'answer' } },
  ],
  [
    'the label of two parallel lists',
    1,
    { options: { text: ['Nile', 'Rhine'], label: ['1', '2'] }, answer: '2' },
    { gold: 'letter', fields: { gold: 'answer' } },
  ],
])('reads the right option written as %s', (_what, gold, fields, parts) => {
  expect(solutionOf(fields, parts).solution).toMatchObject({ scoring: 'choice', gold });
});

test('padding behind the last option is none; the reference is the right option’s text', () => {
  const { solution, reference } = solutionOf({ a: 'x', b: 'y', c: null, d: '  ', answer: 1 });
  expect(solution).toMatchObject({ options: ['x', 'y'], task: 'choice', context: null });
  expect(reference).toBe('y');
});

test('questions about one passage share a cluster, and others have none', () => {
  const fields = { options: ['a', 'b', 'c', 'd'], gold: 'answer', context: 'passage' };
  const about = (passage: string | null) =>
    solutionOf({ ...FOUR, answer: 0, passage }, { fields }).cluster;
  expect(about('One text.')).toBe(about('One text.'));
  expect(about('One text.')).not.toBe(about('Another.'));
  expect(about(null)).toBeNull();
});

test.each<[string, Readonly<Record<string, unknown>>, Partial<ItemSource>, string]>([
  [
    'a right option outside the options',
    { ...FOUR, answer: 4 },
    {},
    '3 answer: the right option is outside the options: found "4" with 4 options (`gold: index0`)',
  ],
  [
    'a position 0 that is counted from 1',
    { ...FOUR, answer: 0 },
    { gold: 'index1' },
    '3 answer: the right option is outside the options: found "0" with 4 options (`gold: index1`)',
  ],
  [
    'equal options',
    { ...FOUR, d: 'Nile', answer: 1 },
    {},
    '3 a: options 1 and 4 are the same: only one of them could be right',
  ],
  [
    'options that NFKC makes equal',
    { ...FOUR, d: 'Ｎｉｌｅ', answer: 1 },
    {},
    '3 a: options 1 and 4 are the same but for their width or form (NFKC): only one of them could be right',
  ],
  [
    'a null option before others',
    { ...FOUR, b: null, answer: 1 },
    {},
    '3 a: option 2 is blank or null, with options after it',
  ],
  [
    'one option',
    { a: 'x', b: '', c: '', d: '', answer: 0 },
    {},
    '3 a: expected 2 to 10 options, found 1',
  ],
  [
    'several right options',
    { ...FOUR, answer: [0, 1] },
    {},
    '3 answer: expected one right option, found 2',
  ],
  ['no right option', { ...FOUR, answer: '' }, {}, '3 answer: the right option is blank or null'],
  [
    'a boolean',
    { ...FOUR, answer: true },
    {},
    '3 answer: expected the right option, found a boolean',
  ],
  [
    'a letter where positions are said',
    { ...FOUR, answer: 'B' },
    {},
    '3 answer: expected a position counted from 0; `gold: letter` and `gold: text` read letters and texts; found "B"',
  ],
  [
    'a position where letters are said',
    { ...FOUR, answer: 2 },
    { gold: 'letter' },
    '3 answer: expected the letter of an option; where the file counts, say `gold: index0` (from 0) or `gold: index1` (from 1); found "2"',
  ],
  [
    'a text that is no option',
    { ...FOUR, answer: 'Volga' },
    { gold: 'text' },
    '3 answer: the right option’s text is none of the options; found "Volga"',
  ],
])('names %s with its line, and takes nothing of the row', (_what, fields, parts, problem) => {
  expect(problemsOf(fields, parts)).toEqual([problem]);
});

function short(fields: Readonly<Record<string, unknown>>, answers: unknown) {
  return mapRow(
    {
      file: 'q.json',
      scoring: 'short-answer',
      // biome-ignore lint/suspicious/noExplicitAny: each case writes another of the schema's forms
      fields: { answers: answers as any },
      set: LABELS,
    },
    { line: 1, fields: { question: 'q?', ...fields } },
  );
}

test('accepted answers come with their votes, most first, in every language that is named', () => {
  const annotations = [
    { answers: ['包子', '肉包'], en_answers: ['bun'], count: 1 },
    { answers: ['煎饼'], en_answers: ['jianbing'], count: 3 },
  ];
  const mapped = short(
    { annotations },
    { list: 'annotations', texts: ['answers', 'en_answers'], votes: 'count' },
  );
  expect(mapped).toMatchObject({
    kind: 'item',
    item: {
      reference: '煎饼',
      solution: {
        scoring: 'short-answer',
        answers: [
          { texts: ['煎饼', 'jianbing'], votes: 3 },
          { texts: ['包子', '肉包', 'bun'], votes: 1 },
        ],
      },
    },
  });
});

test('a list, or several columns, are accepted answers with one vote each; none is a problem', () => {
  expect(short({ answers: ['a', 'b'] }, 'answers')).toMatchObject({
    item: {
      solution: {
        answers: [
          { texts: ['a'], votes: 1 },
          { texts: ['b'], votes: 1 },
        ],
      },
    },
  });
  expect(short({ x: 'a', y: '' }, ['x', 'y'])).toMatchObject({
    item: { solution: { answers: [{ texts: ['a'], votes: 1 }] } },
  });
  expect(short({ answers: [] }, 'answers')).toMatchObject({
    problems: [{ message: 'there is no accepted answer' }],
  });
  expect(
    short({ list: [{ t: 'a', n: 0 }] }, { list: 'list', texts: 't', votes: 'n' }),
  ).toMatchObject({
    problems: [{ path: 'list.0.n', message: 'expected a whole number of votes, 1 or more' }],
  });
});
