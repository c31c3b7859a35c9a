import { describe, expect, it } from 'vitest';
import { compareAll, comparePair } from '../../../src/analyses/comparison/compare.ts';
import { seriesOf, times } from '../../series/series.ts';
import { only, rowOf } from './comparison-rows.ts';

describe('families', () => {
  const { first, second, third } = {
    first: seriesOf('A', {
      'x/y': times(40, (i) => 5 + (i % 3)),
      'z/y': times(40, (i) => 6 + (i % 2)),
    }),
    second: seriesOf('B', {
      'x/y': times(40, (i) => 5 + (i % 4)),
      'z/y': times(40, (i) => 5 + (i % 5)),
    }),
    third: seriesOf('C', {
      'x/y': times(40, (i) => 4 + (i % 5)),
      'z/y': times(40, (i) => 6 + (i % 3)),
    }),
  };

  it('leaves the total of a single pair unadjusted and adjusts slices and cells upwards', () => {
    const { rows } = only(comparePair(first, second));
    // The total, two cultures, the one category, two cells.
    expect(rows.map(({ p }) => p === null)).toEqual(Array(6).fill(false));
    for (const { family, p, adjusted } of rows) {
      if (family === 'total') expect(adjusted).toBe(p);
      else expect(adjusted).toBeGreaterThanOrEqual(p ?? 2);
    }
  });

  it('adjusts slices by Holm where asked', () => {
    const { rows } = only(comparePair(first, second, { adjustment: 'holm' }));
    const cultures = rows.filter(({ by }) => by.culture && by.category === undefined);
    const smallest = Math.min(...cultures.map(({ p }) => p ?? Number.NaN));
    const best = cultures.find(({ p }) => p === smallest);
    // Two slices, x and z, so that the smaller p is doubled; y is the total, and tested as that.
    expect(best?.adjusted).toBeCloseTo(Math.min(1, 2 * smallest), 12);
    const [total] = rows;
    const whole = rows.find(({ by }) => by.culture === undefined && by.category === 'y');
    expect([whole?.p, whole?.adjusted]).toEqual([total?.p, total?.adjusted]);
  });

  it('adjusts over all pairs of more than two series, each against every later one', () => {
    const all = compareAll([first, second, third], { flips: 999 });
    expect(all.comparisons.map(({ candidate, baseline }) => [candidate, baseline])).toEqual([
      ['A', 'B'],
      ['A', 'C'],
      ['B', 'C'],
    ]);
    const alone = comparePair(first, second, { flips: 999 });
    expect(rowOf(all, {}).p).toBe(rowOf(alone, {}).p);
    expect(rowOf(all, {}).adjusted).toBeGreaterThan(rowOf(alone, {}).adjusted ?? 1);
  });
});
