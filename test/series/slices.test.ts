import { expect, test } from 'vitest';
import type { TableItem } from '../../src/series/scores/score-table.ts';
import { dimensionsOf, slicesOf } from '../../src/series/scores/slices.ts';

const item = (culture: string, category: string, scope: string | null): TableItem => ({
  ...{ item: 0, key: '', id: `${culture} ${category}`, culture, category, scope, cluster: null },
});

test('slices hold their own items alone, and those without any are left out', () => {
  const items = [
    item('Arab', 'Opinion', null),
    item('Arab', 'Literacy', 'Worldwide'),
    item('Chinese', 'Opinion', 'Nationwide'),
  ];
  const found = slicesOf(items, dimensionsOf(items)).map(({ by, cells }) => [
    Object.values(by).join(' × '),
    cells.flatMap((cell) => [...cell]).sort(),
  ]);
  expect(Object.fromEntries(found)).toEqual({
    '': [0, 1, 2],
    Arab: [0, 1],
    Chinese: [2],
    Opinion: [0, 2],
    Literacy: [1],
    'Arab × Opinion': [0],
    'Arab × Literacy': [1],
    'Chinese × Opinion': [2],
    // The question without a scope is in none.
    Worldwide: [1],
    Nationwide: [2],
    'Arab × Worldwide': [1],
    'Chinese × Nationwide': [2],
  });
  expect(found).toHaveLength(12);
});
