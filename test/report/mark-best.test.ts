import { expect, test } from 'vitest';
import { type FigureCell, SPARSE_BELOW } from '../../src/render/table.ts';
import { markBest } from '../../src/report/tables/mark-best.ts';
import { estimate } from './hand-made.ts';

function cell(text: string, tiedWithBest: boolean | null = null): FigureCell {
  const made = estimate(text);
  return {
    kind: 'rating',
    estimate: made,
    macro: null,
    mark: null,
    tiedWithBest,
    sparse: made.n < SPARSE_BELOW,
  };
}

test('the highest figure is best and the next one second where no interval overlaps', () => {
  const column = ['5.0 4.6 5.4 30', '8.0 7.6 8.4 30', '6.5 6.1 6.9 30'].map((text) => cell(text));
  expect(markBest(column)).toEqual([null, 'best', 'second']);
});

test('a figure whose interval reaches the best one ties with it, and then none is best', () => {
  const column = ['7.5 7.1 7.9 30', '8.0 7.6 8.4 30', '6.5 6.1 6.9 30'].map((text) => cell(text));
  expect(markBest(column)).toEqual(['tied', 'tied', null]);
});

test('intervals that touch in one point overlap', () => {
  expect(markBest(['7.2 6.8 7.6 30', '8.0 7.6 8.4 30'].map((text) => cell(text)))).toEqual([
    'tied',
    'tied',
  ]);
});

test('the second is left unmarked where it cannot be told apart from the third', () => {
  const column = ['9.0 8.8 9.2 30', '6.5 6.1 6.9 30', '6.4 6.0 6.8 30'].map((text) => cell(text));
  expect(markBest(column)).toEqual(['best', null, null]);
});

test('of two figures only the best is marked, and a lone one is not', () => {
  expect(markBest(['9.0 8.8 9.2 30', '6.5 6.1 6.9 30'].map((text) => cell(text)))).toEqual([
    'best',
    null,
  ]);
  expect(markBest(['9.0 8.8 9.2 30'].map((text) => cell(text)))).toEqual([null]);
});

test('a sparse figure is never marked, and one that may be the highest leaves none best', () => {
  const low = '3.0 2.0 4.0 4';
  const high = '9.9 9.5 10 4';
  const column = (sparse: string) =>
    ['8.0 7.6 8.4 30', '6.5 6.1 6.9 30', sparse].map((text) => cell(text));
  expect(markBest(column(low))).toEqual(['best', null, null]);
  expect(markBest(column(high))).toEqual(['tied', null, null]);
});

test('a figure without an interval is not marked and keeps others from being called best', () => {
  expect(markBest([cell('8.0 7.6 8.4 30'), cell('6.0 5.6 6.4 30'), cell('10 - - 30')])).toEqual([
    'tied',
    null,
    null,
  ]);
});

test('absent figures are passed over', () => {
  expect(markBest([null, cell('- - - 0 30'), cell('8 7.6 8.4 30'), cell('6 5.6 6.4 30')])).toEqual([
    null,
    null,
    'best',
    null,
  ]);
});

test('a test’s word counts before the intervals’ where every figure has it', () => {
  // These intervals overlap, and the paired test tells the first two apart all the same.
  const tested = [
    cell('8.0 7.6 8.4 30', true),
    cell('7.5 7.1 7.9 30', false),
    cell('5.0 4.6 5.4 30', false),
  ];
  expect(markBest(tested)).toEqual(['best', 'second', null]);
  const untested = [...tested.slice(0, 2), cell('5.0 4.6 5.4 30')];
  expect(markBest(untested)).toEqual(['tied', 'tied', null]);
});

test('figures that a test ties are tied, however far apart their intervals are', () => {
  const column = [
    cell('8.0 7.9 8.1 30', true),
    cell('7.0 6.9 7.1 30', true),
    cell('5 4 6 30', false),
  ];
  expect(markBest(column)).toEqual(['tied', 'tied', null]);
});

test('where ties are by test, figures that no data could tell apart are not marked', () => {
  const column = [cell('9.0 8.0 9.6 5'), cell('2.0 1.4 3.0 5')];
  expect(markBest(column, { byTest: true })).toEqual([null, null]);
  // However much their intervals overlap.
  const near = [cell('9.0 6.0 9.6 5'), cell('8.0 5.0 9.0 5')];
  expect(markBest(near, { byTest: true })).toEqual([null, null]);
  // And one of them beside tested figures takes no part, unless it may be the best.
  const tested = [cell('8.0 7.6 8.4 30', true), cell('6.5 6.1 6.9 30', false)];
  expect(markBest([...tested, cell('2.0 1.4 3.0 5')], { byTest: true })).toEqual([
    'best',
    null,
    null,
  ]);
  expect(markBest([...tested, cell('9.0 6.0 9.6 5')], { byTest: true })).toEqual([
    'tied',
    null,
    null,
  ]);
});
