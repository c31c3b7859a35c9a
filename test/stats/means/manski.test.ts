import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manskiBounds, pairedManskiBounds } from '../../../src/stats/means/manski.ts';

const scale = { low: 1, high: 10 };
const rating = fc.integer({ min: 1, max: 10 });

describe('Manski bounds', () => {
  it('put all missing ratings at 1, then at 10: (20 + 2)/5 and (20 + 20)/5', () => {
    expect(manskiBounds([8, 7, 5], 2, scale)).toEqual({ low: 4.4, high: 8 });
    expect(manskiBounds([], 0, scale)).toBeNull();
    expect(manskiBounds([], 3, scale)).toEqual({ low: 1, high: 10 });
  });

  it('of a difference put the missing candidate at 1 and the missing baseline at 10', () => {
    const pairs = [
      { candidate: 8, baseline: 6 },
      { candidate: null, baseline: 5 },
      { candidate: 7, baseline: null },
    ];
    // 2 + (1-5) + (7-10) = -5 and 2 + (10-5) + (7-1) = 13.
    expect(pairedManskiBounds(pairs, scale)).toEqual({ low: -5 / 3, high: 13 / 3 });
    expect(pairedManskiBounds([], scale)).toBeNull();
  });

  it('hold every completion of the missing ratings', () => {
    const some = fc.array(rating, { maxLength: 10 });
    fc.assert(
      fc.property(some, fc.array(rating, { minLength: 1, maxLength: 5 }), (seen, unseen) => {
        const bounds = manskiBounds(seen, unseen.length, scale);
        const all = [...seen, ...unseen];
        const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
        expect(bounds?.low).toBeLessThanOrEqual(mean + 1e-12);
        expect(bounds?.high).toBeGreaterThanOrEqual(mean - 1e-12);
      }),
      { seed: 10 },
    );
  });
});
