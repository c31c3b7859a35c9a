import { describe, expect, it } from 'vitest';
import {
  estimateClusteredMean,
  estimateMean,
  mean,
  standardDeviation,
  variance,
  weightedMean,
} from '../../../src/stats/means/describe.ts';
import {
  fisherZInterval,
  tInterval,
  zeroVarianceBound,
} from '../../../src/stats/means/intervals.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { repetitions, shareOf, tolerance } from '../monte-carlo.ts';
import { drawRating, POPULATIONS } from '../ratings.ts';

describe('describing values', () => {
  it('gives mean, variance and sd of 2 4 4 4 5 5 7 9 (Σ(x-5)² = 32, n-1 = 7)', () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(mean(values)).toBe(5);
    expect(variance(values)).toBeCloseTo(32 / 7, 14);
    expect(standardDeviation(values)).toBeCloseTo(Math.sqrt(32 / 7), 14);
    expect(weightedMean([1, 4], [3, 1])).toBe(1.75);
  });

  it('gives null, not NaN, where there is too little', () => {
    expect(mean([])).toBeNull();
    expect(variance([3])).toBeNull();
    expect(standardDeviation([])).toBeNull();
    expect(weightedMean([1], [0])).toBeNull();
    expect(estimateMean([5])).toBeNull();
    expect(estimateClusteredMean([5, 6, 7], ['a', 'a', 'a'])).toBeNull();
  });
});

describe('clustered standard error', () => {
  const ratings = [7, 8, 6, 9, 3, 4, 8, 8, 10];
  const clusters = [0, 0, 0, 1, 1, 2, 2, 3, 3];

  it('is CR1: cluster residual sums 0, -2, -2, 4 give √(4/3 · 24) / 9', () => {
    const estimate = estimateClusteredMean(ratings, clusters);
    expect(estimate?.mean).toBe(7);
    expect(estimate?.se).toBeCloseTo(Math.sqrt((4 / 3) * 24) / 9, 12);
    expect(estimate?.se).toBeCloseTo(0.6285394, 7);
    expect(estimate?.df).toBe(3);
    expect(estimateMean(ratings)?.se).toBeCloseTo(0.7637626, 7);
  });

  it('does not change when every judgment is there twice', () => {
    const twice = estimateClusteredMean([...ratings, ...ratings], [...clusters, ...clusters]);
    expect(twice?.se).toBeCloseTo(0.6285394, 7);
  });

  it('is the plain one where every value is its own cluster', () => {
    const own = estimateClusteredMean(
      ratings,
      ratings.map((_, index) => index),
    );
    expect(own?.se).toBeCloseTo(0.7637626, 7);
  });
});

describe('t interval', () => {
  // t(.975, n-1) / √n: the half-widths in SDs of a cell, a culture and the total.
  it.each([
    [30, 0.3734],
    [150, 0.1613],
    [450, 0.0926],
    [5, 1.2417],
    [4, 1.5912],
    [3, 2.4841],
  ])('has half-width at n = %d of %d SD', (n, expected) => {
    const interval = tInterval({ mean: 0, se: 1 / Math.sqrt(n), df: n - 1 });
    expect(interval?.high).toBeCloseTo(expected, 3);
    expect(interval?.low).toBeCloseTo(-expected, 3);
  });

  it('is null without spread', () => {
    expect(tInterval({ mean: 3, se: 0, df: 9 })).toBeNull();
  });

  it('covers the mean of zero-heavy paired differences as often as it says', () => {
    const reps = repetitions(1000);
    const random = createRandom('paired coverage');
    const slack = tolerance(0.95, reps);
    for (const n of [10, 30, 150]) {
      const covered = shareOf(reps, () => {
        const differences = Array.from({ length: n }, () => {
          const baseline = drawRating(POPULATIONS.spread, random);
          return random.uniform() < 0.46 ? 0 : drawRating(POPULATIONS.spread, random) - baseline;
        });
        const estimate = estimateMean(differences);
        const interval = estimate && tInterval(estimate);
        return interval !== null && interval.low <= 0 && interval.high >= 0;
      });
      expect(covered).toBeGreaterThan(0.925 - slack);
      expect(covered).toBeLessThan(0.965 + slack);
    }
  });

  it('covers with clustered errors where naive ones do not (ICC .5, four a cluster)', () => {
    const reps = repetitions(1000);
    const random = createRandom('clustered coverage');
    let naive = 0;
    const clustered = shareOf(reps, () => {
      const values: number[] = [];
      const clusters: number[] = [];
      for (let cluster = 0; cluster < 30; cluster += 1) {
        const shared = random.normal();
        for (let member = 0; member < 4; member += 1) {
          values.push(shared + random.normal());
          clusters.push(cluster);
        }
      }
      const covers = (estimate: ReturnType<typeof estimateMean>) => {
        const interval = estimate && tInterval(estimate);
        return interval !== null && interval.low <= 0 && interval.high >= 0;
      };
      if (covers(estimateMean(values))) naive += 1;
      return covers(estimateClusteredMean(values, clusters));
    });
    expect(clustered).toBeGreaterThan(0.92);
    expect(naive / reps).toBeLessThan(0.85);
  });
});

describe('bound without variance', () => {
  // 9 (1 - .05^(1/n)): n = 30 -> 9 · .09503 = .855; 150 -> .178; 450 -> .060.
  it.each([
    [30, 0.855],
    [150, 0.178],
    [450, 0.06],
  ])('allows ±9(1 - .05^(1/n)) for %d differences of 0', (n, expected) => {
    const bound = zeroVarianceBound(0, n, { low: -9, high: 9 });
    expect(bound?.high).toBeCloseTo(expected, 3);
    expect(bound?.low).toBeCloseTo(-expected, 3);
  });

  it('never leaves the range, and is null for no values', () => {
    expect(zeroVarianceBound(10, 30, { low: 1, high: 10 })?.high).toBe(10);
    expect(zeroVarianceBound(10, 30, { low: 1, high: 10 })?.low).toBeCloseTo(10 - 0.8553, 3);
    expect(zeroVarianceBound(0, 0, { low: -9, high: 9 })).toBeNull();
  });
});

describe("Fisher's z interval", () => {
  // tanh(atanh r ± 1.96/√97).
  it.each([
    [0.933, 100, 0.902, 0.954],
    [0.6, 100, 0.46, 0.71],
  ])('of r = %d at n = %d is [%d, %d]', (r, n, low, high) => {
    const interval = fisherZInterval(r, n);
    expect(interval?.low).toBeCloseTo(low, 2);
    expect(interval?.high).toBeCloseTo(high, 2);
  });

  it('widens by the variance factor of Bonett and Wright for rho', () => {
    // atanh .5 = .549306; half-width 1.959964 √(1.125/100) = .207883.
    const interval = fisherZInterval(0.5, 103, 0.95, 1 + 0.5 ** 2 / 2);
    expect(interval?.low).toBeCloseTo(Math.tanh(0.549306 - 0.207883), 5);
  });

  it('is null for n of 3 or a perfect correlation', () => {
    expect(fisherZInterval(0.5, 3)).toBeNull();
    expect(fisherZInterval(1, 50)).toBeNull();
  });
});
