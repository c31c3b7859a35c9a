import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateClusteredMean, estimateMean } from '../../../src/stats/means/describe.ts';
import { stratifiedMean } from '../../../src/stats/means/stratified.ts';

const cells = [{ values: [7, 8, 9, 6] }, { values: [3, 5, 4, 4, 9] }, { values: [10, 10, 9] }];

describe('stratifiedMean', () => {
  it('weighs cells alike for macro: 7.5, 5 and 9.667 give 7.389', () => {
    // s² = 5/3, 5.5, 1/3; v = s²/n/9 = .046296, .122222, .012346; SE = √.180864.
    // df = .180864² / (.046296²/3 + .122222²/4 + .012346²/2).
    const found = stratifiedMean(cells, 'macro');
    expect(found?.mean).toBeCloseTo(7.388889, 6);
    expect(found?.se).toBeCloseTo(0.4252813, 7);
    expect(found?.df).toBeCloseTo(7.228781, 6);
  });

  it('weighs cells by size for micro: the plain mean 84/12', () => {
    expect(stratifiedMean(cells, 'micro')?.mean).toBeCloseTo(7, 12);
  });

  it('leaves out an empty cell, says so and scales the other weights', () => {
    const found = stratifiedMean([{ values: [] }, { values: [2, 4] }, { values: [6, 8] }], 'macro');
    expect(found?.mean).toBe(5);
    expect(found?.empty).toEqual([0]);
    expect(found?.n).toBe(4);
  });

  it('lends a cell of one question the variance within the others', () => {
    // Pooled s² = ((2-3)² + (4-3)²) / 1 = 2; v = (2/2 + 2/1) / 4 = .75.
    const found = stratifiedMean([{ values: [2, 4] }, { values: [9] }], 'macro');
    expect(found?.mean).toBe(6);
    expect(found?.se).toBeCloseTo(Math.sqrt(0.75), 12);
    expect(found?.borrowed).toEqual([1]);
    // df = .75² / (.25²/1 + .5²/1) = 1.8.
    expect(found?.df).toBeCloseTo(1.8, 12);
    // Pooled s² = (2 + 2) / 3 with 3 df; v = .25 · 1/3 + 1/9 · 2/2 + 1/36 · 4/3 = .231481;
    // df = .231481² / (.083333²/2 + .111111²/1 + .037037²/3) = 3.29235.
    const three = [{ values: [1, 2, 3] }, { values: [2, 4] }, { values: [5] }];
    expect(stratifiedMean(three, 'micro')?.df).toBeCloseTo(3.29235, 4);
  });

  it('knows no error where every cell has one question, and no df where nothing varies', () => {
    const single = stratifiedMean([{ values: [2] }, { values: [9] }], 'macro');
    expect(single).toMatchObject({ mean: 5.5, se: null, df: null });
    const flat = stratifiedMean([{ values: [5, 5] }, { values: [7, 7] }], 'macro');
    expect(flat).toMatchObject({ mean: 6, se: 0, df: null });
    expect(stratifiedMean([{ values: [] }], 'macro')).toBeNull();
    expect(stratifiedMean([], 'micro')).toBeNull();
  });

  it('is the clustered mean where there is one stratum', () => {
    const values = [7, 8, 6, 9, 3, 4, 8, 8, 10];
    const clusters = [0, 0, 0, 1, 1, 2, 2, 3, 3];
    const found = stratifiedMean([{ values, clusters }], 'macro');
    expect(found?.se).toBeCloseTo(estimateClusteredMean(values, clusters)?.se ?? -1, 12);
    expect(found?.df).toBeCloseTo(3, 12);
    expect(stratifiedMean([{ values }], [5])?.se).toBeCloseTo(estimateMean(values)?.se ?? -1, 12);
  });

  it('has macro equal to micro in a balanced design', () => {
    const rating = fc.integer({ min: 1, max: 10 });
    const balanced = fc.array(fc.array(rating, { minLength: 4, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(balanced, (strata) => {
        const design = strata.map((values) => ({ values }));
        const macro = stratifiedMean(design, 'macro');
        const micro = stratifiedMean(design, 'micro');
        expect(macro?.mean).toBeCloseTo(micro?.mean ?? -1, 10);
        expect(macro?.se).toBeCloseTo(micro?.se ?? -1, 10);
      }),
      { seed: 11 },
    );
  });
});
