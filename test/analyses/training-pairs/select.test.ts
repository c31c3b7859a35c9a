import { describe, expect, it } from 'vitest';
import {
  selectBest,
  selectLabelled,
  selectPairs,
} from '../../../src/analyses/training-pairs/select.ts';
import { candidate, question, REQUEST } from './questions.ts';

const four = [
  candidate(9, 'best'),
  candidate(7, 'good'),
  candidate(4, 'poor'),
  candidate(2, 'worst'),
];

function texts(request: Partial<typeof REQUEST>, candidates = four) {
  const { rows } = selectPairs([question('q', candidates)], { ...REQUEST, ...request });
  return rows.map(({ chosen, rejected, gap }) => [chosen.text, rejected.text, gap]);
}

describe('selectPairs', () => {
  it('sets the highest against the lowest rated answer of a question', () => {
    expect(texts({})).toEqual([['best', 'worst', 7]]);
    expect(texts({ minGap: 8 })).toEqual([]);
  });

  it('takes all pairs with the gap, widest first where there are too many', () => {
    const wide = [
      ['best', 'worst', 7],
      ['best', 'poor', 5],
      ['good', 'worst', 5],
    ];
    expect(texts({ rule: 'all', minGap: 5 }).sort()).toEqual(wide.sort());
    expect(texts({ rule: 'all', minGap: 1, maxPerQuestion: 1 })).toEqual([['best', 'worst', 7]]);
    expect(texts({ rule: 'all', minGap: 1 })).toHaveLength(6);
  });

  it('sets the highest against one lower answer drawn by the seed', () => {
    const drawn = Array.from({ length: 40 }, (_, seed) => texts({ rule: 'random', seed })[0]);
    expect(new Set(drawn.map((pair) => pair?.[0]))).toEqual(new Set(['best']));
    expect(new Set(drawn.map((pair) => pair?.[1]))).toEqual(new Set(['good', 'poor', 'worst']));
    expect(texts({ rule: 'random', seed: 3 })).toEqual(texts({ rule: 'random', seed: 3 }));
  });

  it('makes no pair of equal ratings', () => {
    const equal = [candidate(6, 'one'), candidate(6, 'two')];
    for (const rule of ['extremes', 'all', 'random'] as const)
      expect(texts({ rule }, equal)).toEqual([]);
  });

  it('picks among equals by seed or by length, and says how many there were', () => {
    const tied = [candidate(9, 'aaaaaaaa'), candidate(9, 'aaa'), candidate(1, 'bb')];
    const pairs = (options: Partial<typeof REQUEST>) =>
      selectPairs([question('q', tied)], { ...REQUEST, ...options }).rows;
    for (const seed of [0, 1, 2, 3, 4]) {
      expect(pairs({ ties: 'length', seed })[0]).toMatchObject({
        chosen: { text: 'aaa' },
        tied: 1,
      });
    }
    const bySeed = new Set([0, 1, 2, 3, 4, 5].map((seed) => pairs({ seed })[0]?.chosen.text));
    expect(bySeed.size).toBe(2);
  });

  it('keeps texts of one pair within the length ratio', () => {
    const long = [
      candidate(9, 'x'.repeat(30)),
      candidate(9, 'x'.repeat(15)),
      candidate(1, 'y'.repeat(10)),
    ];
    // 15 is 1.5 times 10, 30 three times.
    expect(texts({ lengthRatio: 1.5 }, long)).toEqual([['x'.repeat(15), 'y'.repeat(10), 8]]);
    expect(texts({ lengthRatio: 1.4 }, long)).toEqual([]);
  });

  it('uses references only where it was asked to, flagged and without a rating', () => {
    const { rows } = selectPairs([question('q', four)], { ...REQUEST, references: true });
    expect(rows.map(({ chosen, rejected, gap }) => [chosen.source, rejected.text, gap])).toEqual([
      ['reference', 'worst', null],
      ['answer', 'worst', 7],
    ]);
  });

  it('counts questions that gave nothing by why', () => {
    const questions = [question('a', []), question('b', [candidate(5, 'x')]), question('c', four)];
    const { rows, ...left } = selectPairs(
      [...questions, question('d', [candidate(5, 'x'), candidate(5, 'y')])],
      REQUEST,
    );
    expect([rows.length, left]).toEqual([1, { single: 2, none: 1 }]);
  });
});

it('labels what is clearly good or bad for KTO and leaves out what is between', () => {
  const { rows } = selectLabelled([question('q', four)], {
    ...REQUEST,
    desirable: 7,
    undesirable: 2,
  });
  const labels = rows.map(({ completion, desirable }) => [completion.text, desirable]);
  expect(labels.sort()).toEqual([
    ['best', true],
    ['good', true],
    ['worst', false],
  ]);
});

it('takes the highest rated answer for SFT, or the reference where it was asked for', () => {
  const best = (options: Partial<typeof REQUEST>) =>
    selectBest([question('q', four)], { ...REQUEST, ...options }).rows.map(
      (row) => row.completion.text,
    );
  expect(best({})).toEqual(['best']);
  expect(best({ desirable: 10 })).toEqual([]);
  expect(best({ references: true })).toEqual(['Reference of q']);
});
