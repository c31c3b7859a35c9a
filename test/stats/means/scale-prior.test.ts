import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  combineDraws,
  drawsInterval,
  scalePriorDraws,
} from '../../../src/stats/means/scale-prior.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { repetitions, shareOf, tolerance } from '../monte-carlo.ts';
import { drawRatings, POPULATIONS, populationMean } from '../ratings.ts';

const scale = { min: 1, max: 10 };

function interval(values: readonly number[], seed: string | number, draws = 4000) {
  const drawn = scalePriorDraws(values, { scale, random: createRandom(seed), draws });
  if (drawn === null) throw new Error('no values');
  return drawsInterval(drawn);
}

describe('scale-prior interval', () => {
  it('covers means of 1–10 ratings at n = 10, 30 and 150, at the ceiling too', () => {
    const reps = repetitions(150);
    const random = createRandom('scale-prior coverage');
    const slack = tolerance(0.95, reps);
    for (const shares of Object.values(POPULATIONS)) {
      const truth = populationMean(shares);
      for (const n of [10, 30, 150]) {
        const covered = shareOf(reps, (rep) => {
          const found = interval(drawRatings(n, shares, random), rep, 600);
          return found.low <= truth && truth <= found.high;
        });
        expect(covered).toBeGreaterThan(0.92 - slack);
        expect(covered).toBeLessThan(0.975 + slack);
      }
    }
  });

  it('has the mean and variance of the Dirichlet posterior', () => {
    // Atoms 4, 8 weigh 1 each, the ten points .1 each: mean (4 + 8 + 5.5) / 3 = 5.8333. With total
    // weight 3 the variance of the mean is Σ p (v - mean)² / (3 + 1); Σ p v² = (16 + 64 + 38.5) / 3.
    const draws = scalePriorDraws([4, 8], { scale, random: createRandom(5), draws: 200_000 });
    const values = Array.from(draws ?? []);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(17.5 / 3, 1);
    expect(variance).toBeCloseTo((118.5 / 3 - (17.5 / 3) ** 2) / 4, 1);
  });

  it('has width where all ratings are the same, and for a single one', () => {
    const same = interval(
      Array.from({ length: 30 }, () => 10),
      1,
    );
    expect(same.low).toBeLessThan(9.99);
    expect(same.high).toBeLessThanOrEqual(10);
    const single = interval([7], 1);
    // About ±2.7 around a rating in the upper middle.
    expect((single.high - single.low) / 2).toBeGreaterThan(2);
    expect((single.high - single.low) / 2).toBeLessThan(3.2);
  });

  it('stays on the scale and does not depend on the order of the ratings', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1 }), (values) => {
        const found = interval(values, 3, 200);
        expect(found.low).toBeGreaterThanOrEqual(1);
        expect(found.high).toBeLessThanOrEqual(10);
        expect(interval(values.toReversed(), 3, 200)).toEqual(found);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('does not narrow when every judgment is there twice in its cluster', () => {
    const values = [3, 9, 7, 8, 5];
    const clusters = [0, 1, 2, 3, 4];
    const options = { scale, draws: 500 };
    const once = scalePriorDraws(values, { ...options, random: createRandom(2) });
    const twice = scalePriorDraws([...values, ...values], {
      ...options,
      random: createRandom(2),
      clusters: [...clusters, ...clusters],
    });
    expect(drawsInterval(twice ?? new Float64Array())).toEqual(
      drawsInterval(once ?? new Float64Array()),
    );
  });

  it('is null for no ratings', () => {
    expect(scalePriorDraws([], { scale, random: createRandom(1) })).toBeNull();
  });

  it('refuses what is off the scale, such as a difference', () => {
    const options = { scale, random: createRandom(1) };
    expect(() => scalePriorDraws([5, -2], options)).toThrow(RangeError);
    expect(() => scalePriorDraws([Number.NaN], options)).toThrow(RangeError);
  });
});

describe('combineDraws', () => {
  it('averages strata draw by draw with weights scaled to 1', () => {
    const combined = combineDraws([Float64Array.of(1, 2), Float64Array.of(5, 10)], [3, 1]);
    expect(combined).toEqual(Float64Array.of(2, 4));
    expect(combineDraws([], [])).toBeNull();
  });

  it('covers a macro mean of cells', () => {
    const reps = repetitions(150);
    const random = createRandom('stratified coverage');
    const cells = [POPULATIONS.spread, POPULATIONS.ceiling, POPULATIONS.middle];
    const truth = cells.reduce((sum, shares) => sum + populationMean(shares) / 3, 0);
    const covered = shareOf(reps, () => {
      const draws = cells.flatMap(
        (shares) =>
          scalePriorDraws(drawRatings(30, shares, random), { scale, random, draws: 600 }) ?? [],
      );
      const combined = combineDraws(draws, [1, 1, 1]);
      const found = drawsInterval(combined ?? new Float64Array());
      return found.low <= truth && truth <= found.high;
    });
    expect(covered).toBeGreaterThan(0.92 - tolerance(0.95, reps));
  });
});
