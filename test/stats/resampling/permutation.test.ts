import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/stats/random/random.ts';
import { signFlipTest } from '../../../src/stats/resampling/permutation.ts';
import { repetitions, tolerance } from '../monte-carlo.ts';
import { drawRating, POPULATIONS } from '../ratings.ts';

const random = () => createRandom('permutation');

function pOf(differences: readonly number[], options: Parameters<typeof signFlipTest>[1]): number {
  const result = signFlipTest({ differences }, options);
  if (result === null) throw new Error('no pairs');
  return result.p;
}

/** All sign patterns of the sum, by recursion. */
function bruteForceP(differences: readonly number[]): number {
  const sums = differences.reduce<number[]>(
    (all, d) => all.flatMap((sum) => [sum + d, sum - d]),
    [0],
  );
  const observed = Math.abs(differences.reduce((sum, d) => sum + d, 0));
  return sums.filter((sum) => Math.abs(sum) >= observed - 1e-9).length / sums.length;
}

describe('signFlipTest', () => {
  it('finds 32 of 256 flips at least as far out for d = 1 2 0 -1 3 1 0 2', () => {
    const result = signFlipTest({ differences: [1, 2, 0, -1, 3, 1, 0, 2] }, { random: random() });
    expect(result).toMatchObject({ p: 32 / 256, exact: true, flips: 256 });
    // mean 1, s² = 12/7: t = 1 / √(12/56).
    expect(result?.t).toBeCloseTo(Math.sqrt(56 / 12), 12);
  });

  it('is the brute-force enumeration for up to 12 differences', () => {
    const differences = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(differences, (values) => {
        expect(pOf(values, { random: random() })).toBeCloseTo(bruteForceP(values), 12);
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  it.each([[[0.1, 0.2, -0.3, 0.4]], [[-0.1, -0.2, 0.3, 0.4]]])(
    'takes statistics that differ by rounding as equal: %j',
    (differences) => {
      // The sums ±.1 ± .2 ± .3 ± .4 are ±1, ±.8, ±.6 and ±.4 in 2, 2, 2 and 4 of 16 ways. The sums of
      // .4 differ in their last bits by the way they come about.
      expect(pOf(differences, { random: random() })).toBe(10 / 16);
    },
  );

  it('comes near the exact p by random flips', () => {
    const values = [3, -1, 2, 4, -2, 5, 1, 0, 2, -3, 4, 1];
    const exact = pOf(values, { random: random() });
    const sampled = pOf(values, { random: random(), exactUpTo: 0, flips: 20_000 });
    expect(Math.abs(sampled - exact)).toBeLessThan(tolerance(exact, 20_000));
  });

  it('never gives 0: the least p is 1 / (B + 1)', () => {
    const shifted = Array.from({ length: 40 }, (_, index) => 5 + index / 40);
    expect(pOf(shifted, { random: random(), flips: 199 })).toBe(1 / 200);
  });

  it('mirrors when the two sides are exchanged', () => {
    const values = [1, 2, 0, -1, 3, 1, 0, 2];
    const swapped = values.map((value) => -value);
    expect(pOf(values, { random: random(), tail: 'greater' })).toBe(
      pOf(swapped, { random: random(), tail: 'less' }),
    );
  });

  it('flips clusters, not members: four copies of each judgment change nothing', () => {
    const values = [1, 2, -1, 3, 1, 2];
    const copies = [values, values, values, values].flat();
    const clusters = copies.map((_, index) => index % values.length);
    const result = signFlipTest({ differences: copies, clusters }, { random: random() });
    expect(result?.p).toBe(pOf(values, { random: random() }));
  });

  it('gives 1 for no differences, no t for equal ones, null for none', () => {
    expect(pOf([0, 0, 0], { random: random() })).toBe(1);
    expect(signFlipTest({ differences: [2, 2, 2] }, { random: random() })).toMatchObject({
      t: null,
      p: 0.25,
    });
    expect(signFlipTest({ differences: [] }, { random: random() })).toBeNull();
  });
});

describe('signFlipTest under the null', () => {
  it('rejects no more often than it says where the null is symmetric', () => {
    const reps = repetitions(600);
    const source = createRandom('symmetric null');
    for (const n of [10, 30]) {
      const pValues = Array.from({ length: reps }, () => {
        const differences = Array.from(
          { length: n },
          () => drawRating(POPULATIONS.spread, source) - drawRating(POPULATIONS.spread, source),
        );
        return pOf(differences, { random: source, flips: 499 });
      });
      for (const level of [0.01, 0.05, 0.1, 0.5]) {
        const rejected = pValues.filter((p) => p <= level).length / reps;
        expect(rejected).toBeLessThanOrEqual(level + tolerance(level, reps));
      }
    }
  });

  it('has uniform p-values for continuous differences', () => {
    const reps = repetitions(600);
    const source = createRandom('continuous null');
    const pValues = Array.from({ length: reps }, () =>
      pOf(
        Array.from({ length: 30 }, () => source.normal()),
        { random: source, flips: 499 },
      ),
    ).sort((a, b) => a - b);
    const distance = pValues.reduce(
      (most, p, rank) => Math.max(most, Math.abs(p - (rank + 0.5) / reps) + 0.5 / reps),
      0,
    );
    // Kolmogorov-Smirnov at .001: 1.949 / √R; the grid of 1/500 adds its step.
    expect(distance).toBeLessThan(1.949 / Math.sqrt(reps) + 1 / 500);
  });
});
