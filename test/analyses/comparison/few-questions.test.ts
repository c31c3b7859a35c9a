import { describe, expect, it } from 'vitest';
import { comparePair } from '../../../src/analyses/comparison/compare.ts';
import { differenceOf } from '../../../src/analyses/comparison/difference.ts';
import { comparisonSentences } from '../../../src/analyses/comparison/sentences.ts';
import { boundedDifference } from '../../../src/analyses/gate/differences/bounds.ts';
import { estimateSlice } from '../../../src/series/scores/estimate.ts';
import { seriesOf } from '../../series/series.ts';
import { only, rowOf } from './comparison-rows.ts';

const times = (count: number, rating: (place: number) => number) =>
  Array.from({ length: count }, (_, place) => rating(place));
const cellOf = (values: readonly number[]) =>
  estimateSlice({
    cells: [{ values, clusters: values.map((_, index) => index) }],
    missing: 0,
    scope: false,
    scale: 'rating',
  });
const comparison = (first: readonly number[], second: readonly number[]) =>
  comparePair(seriesOf('A', { 'x/y': first }), seriesOf('B', { 'x/y': second }));

describe('the interval of a cell', () => {
  it('allows for better ratings where all are equal', () => {
    // Six nines: with 97.5 % confidence at most 1 - .025^(1/6) = .45926 of them are tens.
    expect(cellOf(times(6, () => 9)).high).toBeCloseTo(9.45926, 5);
    // And two tens among 20 nines: Clopper-Pearson's upper bound of 2 in 22 is .291609 (scipy.stats.beta).
    expect(cellOf([...times(20, () => 9), 10, 10]).high).toBeCloseTo(9.291609, 5);
  });

  it('is turned about the middle of the scale with its ratings', () => {
    const ratings = [9, 10, 9, 8, 9, 9, 9];
    const [strong, weak] = [cellOf(ratings), cellOf(ratings.map((rating) => 11 - rating))];
    expect(weak.low).toBeCloseTo(11 - (strong.high ?? 0), 9);
    // Drawn anew under another seed.
    expect(weak.high).toBeCloseTo(11 - (strong.low ?? 0), 0);
  });
});

describe('a comparison of few or nearly equal questions', () => {
  it('of three questions is not tested, detects nothing and needs six', () => {
    const set = comparison([9, 9, 9], [4, 5, 6]);
    const row = rowOf(set, {});
    expect([row.p, row.detectable, row.neededQuestions]).toEqual([null, null, 6]);
    const [sentence] = comparisonSentences(only(set), set);
    expect(sentence).toMatch(
      /^A and B were not tested: \+4\.00, .* With 3 questions no data could/,
    );
  });

  it('does not shrink where one of 240 equal pairs differs', () => {
    const equal = rowOf(
      comparison(
        times(240, () => 6),
        times(240, () => 6),
      ),
      {},
    );
    const one = rowOf(
      comparison(
        times(240, (at) => (at === 7 ? 5 : 6)),
        times(240, () => 6),
      ),
      {},
    );
    // 9 (1 - .05^(1/240)) = .1116.
    expect(equal.low).toBeCloseTo(-0.1116, 4);
    expect((one.high ?? 0) - (one.low ?? 0)).toBeGreaterThanOrEqual(
      (equal.high ?? 0) - (equal.low ?? 0) - 1e-3,
    );
  });

  it('never shrinks as more of 240 pairs differ, from none to ten, by 1 or by 5', () => {
    const baseline = times(240, () => 6);
    const clusters = times(240, (at) => at);
    const widthOf = (count: number, step: number) => {
      const differences = times(240, (at) => (at < count ? -step : 0));
      const candidate = differences.map((own) => 6 + own);
      const found = differenceOf([{ candidate, baseline, differences, clusters }], {
        weights: [1],
        scale: 'rating',
      });
      return (found?.high ?? 0) - (found?.low ?? 0);
    };
    for (const step of [1, 5]) {
      const widths = times(11, (count) => widthOf(count, step));
      // Both ends of the bound where no pair differs: 2 · 9 (1 - .05^(1/240)) = .2233.
      expect(widths[0]).toBeCloseTo(0.2233, 3);
      widths.forEach((width, count) => {
        expect(width, `${count} by ${step}`).toBeGreaterThanOrEqual(
          (widths[count - 1] ?? 0) - 1e-9,
        );
      });
    }
    // From an eighth to a quarter the bound fades: no one pair takes more than a thirtieth of it.
    const [eighth = 0, ...more] = times(41, (count) => widthOf(30 + count, 1));
    expect(eighth).toBeGreaterThan(0.22);
    [eighth, ...more].reduce((before, width) => {
      expect(width).toBeGreaterThan(before - 0.2233 / 29);
      return width;
    });
  });
});

describe('a comparison of skewed differences', () => {
  it('warns of skewed differences, and only of them', () => {
    const skewed = comparison(
      times(60, (at) => (at % 15 === 0 ? 3 : 8 + (at % 3 === 0 ? 1 : 0))),
      times(60, () => 8),
    );
    expect(comparisonSentences(only(skewed), skewed).join(' ')).toContain(
      'Skewed differences (All',
    );
    const even = comparison(
      times(60, (at) => 5 + (at % 3)),
      times(60, () => 6),
    );
    expect(comparisonSentences(only(even), even).join(' ')).not.toContain('Skewed');
  });
});

describe('a gate’s bounds', () => {
  it.each([
    [240, 10, 1],
    [240, 10, -5],
    [60, 7, -1],
    [60, 7, 3],
  ])('of %d pairs grow no narrower as up to %d of them differ by %d', (n, most, step) => {
    const widths = times(most + 1, (count) => {
      const found = bounds(times(n, (at) => (at < count ? step : 0)));
      return (found?.high ?? 0) - (found?.low ?? 0);
    });
    // 2 · 9 (1 - .05^(1/n)), at least: the prior's posterior may reach farther.
    expect(widths[0]).toBeGreaterThanOrEqual(18 * (1 - 0.05 ** (1 / n)) - 1e-9);
    widths.forEach((width, count) => {
      const before = widths[count - 1] ?? 0;
      expect(width, `${count} differ: ${before} to ${width}`).toBeGreaterThanOrEqual(before - 1e-9);
    });
  });

  it('allow for no more with each loss, until so many show that their spread is known', () => {
    const lows = times(31, (count) => bounds(times(240, (at) => (at < count ? -1 : 0)))?.low ?? 0);
    lows.forEach((low, count) => {
      expect(low, `${count} losses`).toBeLessThanOrEqual((lows[count - 1] ?? 0) + 1e-9);
    });
  });

  const bounds = (differences: readonly number[]) =>
    boundedDifference(
      [
        {
          candidate: differences,
          baseline: times(differences.length, () => 0),
          differences,
          clusters: differences.map((_, index) => index),
        },
      ],
      { family: 'total', tested: 'total', by: {}, weights: [1], scale: 'rating' },
      0.05,
    )?.bounds;

  it('are no narrower where one pair differs, and allow for losses that were not seen', () => {
    const equal = bounds(times(240, () => 0));
    const one = bounds(times(240, (at) => (at === 0 ? 1 : 0)));
    expect((one?.high ?? 0) - (one?.low ?? 0)).toBeGreaterThanOrEqual(
      (equal?.high ?? 0) - (equal?.low ?? 0) - 1e-3,
    );
    // A third of 30 questions better by 1 and none worse: t gives .33 - .15 = .19.
    expect(bounds(times(30, (at) => (at % 3 === 0 ? 1 : 0)))?.low).toBeLessThan(0);
  });
});
