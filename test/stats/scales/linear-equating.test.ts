import { expect, it } from 'vitest';
import { linearEquating } from '../../../src/stats/scales/linear-equating.ts';

it('takes the ratio of the standard deviations as slope, through the means', () => {
  // x: mean 3, sd √2.5; y: mean 5, sd √10 (1, 3, 5, 7, 9): slope 2, intercept 5 - 2 · 3 = -1.
  const line = linearEquating([1, 2, 3, 4, 5], [1, 3, 5, 7, 9], [1, 2, 3, 4, 5]);
  expect(line?.slope).toBeCloseTo(2, 12);
  expect(line?.intercept).toBeCloseTo(-1, 12);
  expect(line?.residualSd).toBeCloseTo(0, 12);
  // On one line every replicate is that line.
  expect(line?.covariance.slope).toBeCloseTo(0, 12);
  expect(line?.df).toBe(4);
});

it('is symmetric: equating the other way gives the inverse line', () => {
  const [x, y] = [
    [2, 5, 3, 8, 6, 4],
    [3, 4, 4, 9, 5, 6],
  ];
  const clusters = [0, 1, 2, 3, 4, 5];
  const [there, back] = [linearEquating(x, y, clusters), linearEquating(y, x, clusters)];
  expect((there?.slope ?? 0) * (back?.slope ?? 0)).toBeCloseTo(1, 12);
});

it('has the jackknife covariance of whole clusters', () => {
  // Clusters {1}, {2}, {3} of x = 0, 1, 3 and y = 0, 2, 3. Without 1: sd ratio 1/2 / 1 → x (1, 3), y (2, 3):
  // slope .5, intercept 2.5 - 1 = 1.5. Without 2: x (0, 3), y (0, 3): 1, 0. Without 3: x (0, 1), y (0, 2): 2, 0.
  // Slopes .5, 1, 2: mean 7/6, Σ squared deviations 7/6; times 2/3 = 7/9.
  const line = linearEquating([0, 1, 3], [0, 2, 3], ['a', 'b', 'c']);
  expect(line?.covariance.slope).toBeCloseTo(7 / 9, 10);
  // Intercepts 1.5, 0, 0: mean .5, Σ 1.5; times 2/3 = 1. Products: 1 · -2/3 + -.5 · -1/6 + -.5 · 5/6 = -1; · 2/3.
  expect(line?.covariance.intercept).toBeCloseTo(1, 10);
  expect(line?.covariance.both).toBeCloseTo(-2 / 3, 10);
});

it('needs three clusters and some spread', () => {
  expect(linearEquating([1, 2], [1, 2], [0, 1])).toBeNull();
  expect(linearEquating([1, 1, 1], [1, 2, 3], [0, 1, 2])).toBeNull();
});
