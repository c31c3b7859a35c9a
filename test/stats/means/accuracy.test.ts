import { expect, test } from 'vitest';
import { aboveChance, chanceLevel, estimateAccuracy } from '../../../src/stats/means/accuracy.ts';

const rightOf = (right: number, n: number) =>
  Array.from({ length: n }, (_, index) => (index < right ? 1 : 0));

test.each([
  // statsmodels 0.15.0: proportion_confint(right, n, method='wilson').
  [0, 30, 0, 0.113513393],
  [27, 30, 0.743789174, 0.965400111],
  [30, 30, 0.886486607, 1],
  [180, 474, 0.33718796, 0.424239187],
  [60, 437, 0.108178112, 0.172742516],
  [275, 550, 0.458358596, 0.541641404],
  [309, 817, 0.345603293, 0.411962558],
])('%d of %d: Wilson’s %d to %d', (right, n, low, high) => {
  const accuracy = estimateAccuracy(rightOf(right, n), null);
  expect(accuracy).toMatchObject({ value: right / n, n, clusters: n, method: 'wilson' });
  expect(accuracy?.interval.low).toBeCloseTo(low, 8);
  expect(accuracy?.interval.high).toBeCloseTo(high, 8);
});

test('questions that share a cluster take its robust error', () => {
  // statsmodels OLS of the scores on 1, cov_type='cluster' without correction: SE × √(4/3) = .0461880;
  // t(3) of scipy 1.17.1: .4530091 to .7469909.
  const scores = [1, 1, 0, 1, 0, 0, 1, 1, 1, 0];
  const clusters = [0, 0, 0, 1, 1, 2, 2, 3, 3, 3];
  const accuracy = estimateAccuracy(scores, clusters);
  expect(accuracy).toMatchObject({ value: 0.6, n: 10, clusters: 4, method: 'clustered-t' });
  expect(accuracy?.interval.low).toBeCloseTo(0.453009102, 8);
  expect(accuracy?.interval.high).toBeCloseTo(0.746990898, 8);
});

test('a cluster for each question is none at all', () => {
  expect(estimateAccuracy([1, 0, 1], ['a', 'b', 'c'])).toEqual(estimateAccuracy([1, 0, 1], null));
});

test('means over option orders take t, within 0 and 1', () => {
  // scipy: t.interval(.95, 5, .5833333, sd / √6) is .1549030 to 1.0117636.
  const accuracy = estimateAccuracy([1, 0.75, 0.5, 0, 1, 0.25], null);
  expect(accuracy).toMatchObject({ method: 't', interval: { high: 1 } });
  expect(accuracy?.interval.low).toBeCloseTo(0.154903027, 8);
});

test('equal scores in clusters are bounded by their number, one cluster by nothing', () => {
  // 1 - .05^(1/2) of the clusters may be anything else: .7763932.
  const pairs = estimateAccuracy([1, 1, 1, 1], ['a', 'a', 'b', 'b']);
  expect(pairs).toMatchObject({ method: 'bound', interval: { high: 1 } });
  expect(pairs?.interval.low).toBeCloseTo(1 - 0.7763932, 6);
  expect(estimateAccuracy([1, 1], ['a', 'a'])).toMatchObject({
    method: 'range',
    interval: { low: 0, high: 1 },
  });
  expect(estimateAccuracy([], null)).toBeNull();
});

test('chance is the mean of 1/k, and corrected accuracy is 0 there', () => {
  expect(chanceLevel([])).toBeNull();
  // (1/4 + 1/2 + 1/4) / 3.
  expect(chanceLevel([4, 2, 4])).toBeCloseTo(1 / 3, 12);
  expect(aboveChance(0.25, 0.25)).toBe(0);
  expect(aboveChance(1, 0.25)).toBe(1);
  // (.4 - .25) / .75.
  expect(aboveChance(0.4, 0.25)).toBeCloseTo(0.2, 12);
  expect(aboveChance(0.1, 0.25)).toBeCloseTo(-0.2, 12);
});
