import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, holm } from '../../../src/stats/tests/multiplicity.ts';

const closeTo = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));

describe('adjusted p-values', () => {
  // @stdlib/stats-padjust and R's p.adjust give the same.
  it("are Holm's [.03 .06 .06 .02] for [.01 .04 .03 .005]", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual(closeTo([0.03, 0.06, 0.06, 0.02]));
  });

  it("are Benjamini and Hochberg's [.02 .04 .04 .02] for the same", () => {
    expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.005])).toEqual(closeTo([0.02, 0.04, 0.04, 0.02]));
  });

  it('stay between the raw ones and 1, keep their order, and Holm is never the smaller', () => {
    const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(p, (raw) => {
        const holmed = holm(raw);
        const controlled = benjaminiHochberg(raw);
        raw.forEach((value, index) => {
          expect(controlled[index]).toBeGreaterThanOrEqual(value);
          expect(holmed[index]).toBeGreaterThanOrEqual(Number(controlled[index]) - 1e-15);
          expect(holmed[index]).toBeLessThanOrEqual(1);
          raw.forEach((other, place) => {
            if (other >= value) return;
            expect(holmed[place]).toBeLessThanOrEqual(Number(holmed[index]));
            expect(controlled[place]).toBeLessThanOrEqual(Number(controlled[index]));
          });
        });
      }),
      { seed: 12 },
    );
  });
});
