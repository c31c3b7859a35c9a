import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitAffine, fitIsotonic } from '../../../src/stats/scales/calibrate.ts';
import { predictionPoweredMean } from '../../../src/stats/scales/ppi.ts';
import { stratifiedPpi } from '../../../src/stats/scales/stratified-ppi.ts';

const labels = (pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([judge, human]) => ({ judge, human }));

describe('calibration', () => {
  it('is the least-squares line: through 1 2, 2 4, 3 3 it is 2 + .5 x', () => {
    // Means 2 and 3; Σ dx dy = 1, Σ dx² = 2.
    const line = fitAffine(
      labels([
        [1, 2],
        [2, 4],
        [3, 3],
      ]),
    );
    expect([1, 2, 10].map((rating) => line?.(rating))).toEqual([2.5, 3, 7]);
  });

  it('pools adjacent violators where isotonic, equal ratings first', () => {
    // 1: 1; 2: (5 + 3) / 2 = 4; 3: 2. 4 > 2 pools to (8 + 2) / 3; 5: 9. Halfway from 3 to 5: their mean.
    const steps = fitIsotonic(
      labels([
        [5, 9],
        [2, 5],
        [1, 1],
        [3, 2],
        [2, 3],
      ]),
    );
    expect(steps?.(1)).toBe(1);
    expect(steps?.(2)).toBeCloseTo(10 / 3, 12);
    expect(steps?.(3)).toBeCloseTo(10 / 3, 12);
    expect(steps?.(4)).toBeCloseTo((10 / 3 + 9) / 2, 12);
    expect([0, 12].map((rating) => steps?.(rating))).toEqual([1, 9]);
  });

  it('keeps the mean of its labels, never falls where isotonic, and is nothing without labels', () => {
    const rating = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(fc.array(fc.tuple(rating, rating), { minLength: 1, maxLength: 40 }), (pairs) => {
        const own = labels(pairs);
        const total = own.reduce((sum, { human }) => sum + human, 0);
        for (const curve of [fitAffine(own), fitIsotonic(own)])
          expect(own.reduce((sum, { judge }) => sum + (curve?.(judge) ?? 0), 0)).toBeCloseTo(
            total,
            8,
          );
        const steps = Array.from({ length: 10 }, (_, index) => fitIsotonic(own)?.(index + 1) ?? 0);
        expect(
          steps.every((value, index) => index === 0 || value >= (steps[index - 1] ?? 0) - 1e-12),
        ).toBe(true);
      }),
      { seed: 5, numRuns: 100 },
    );
    expect([fitAffine([]), fitIsotonic([])]).toEqual([null, null]);
  });
});

describe('stratified PPI', () => {
  // ppi_py's answer for these is λ .5985 and θ 6.6246875.
  const stratum = {
    human: [6, 7, 4, 8, 9, 5, 7, 6],
    judge: [7, 8, 6, 8, 9, 7, 8, 6],
    judgeOnly: [8, 7, 9, 6, 8, 8, 5, 9, 7, 8, 7, 9],
  };

  it('is PPI where there is one stratum', () => {
    const found = stratifiedPpi([{ ...stratum, weight: 1 }]);
    expect(found?.mean).toBeCloseTo(6.6246875, 6);
    expect(found?.lambdas[0]).toBeCloseTo(0.5985, 6);
    expect(found).toMatchObject({ n: 8, df: 7 });
    // Labels alone: s² of the human ratings, 2.571429, over 8.
    const alone = predictionPoweredMean(stratum, 0)?.se ?? 0;
    expect(alone ** 2).toBeCloseTo(2.571429 / 8, 6);
    expect(found?.gain).toBeCloseTo((alone / (found?.se ?? 1)) ** 2, 10);
  });

  it('has the same mean and half the squared error where two strata are the same', () => {
    const one = stratifiedPpi([{ ...stratum, weight: 1 }]);
    const two = stratifiedPpi([
      { ...stratum, weight: 0.5 },
      { ...stratum, weight: 0.5 },
    ]);
    expect(two?.mean).toBeCloseTo(one?.mean ?? 0, 1);
    expect((two?.se ?? 0) ** 2).toBeCloseTo((one?.se ?? 0) ** 2 / 2, 2);
    expect(two?.df).toBeCloseTo(14, 10);
  });

  it('takes the human mean where no answer is left for the judge, and needs two labels a stratum', () => {
    const full = stratifiedPpi([{ ...stratum, judgeOnly: [], weight: 1 }]);
    expect(full).toMatchObject({ mean: 6.5, lambdas: [0], gain: 1 });
    expect(stratifiedPpi([{ human: [5], judge: [5], judgeOnly: [5, 6], weight: 1 }])).toBeNull();
  });
});
