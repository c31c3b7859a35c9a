import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incompleteBeta, logGamma } from '../../../src/stats/distributions/gamma-beta.ts';
import { normalCdf, normalQuantile } from '../../../src/stats/distributions/normal.ts';
import { studentTCdf, studentTQuantile } from '../../../src/stats/distributions/student-t.ts';

const relative = (found: number, expected: number) =>
  Math.abs(found - expected) / Math.abs(expected);

// Expected values below: mpmath 1.3 with 40 digits, unless a comment says otherwise.
describe('gamma and beta functions', () => {
  it.each([
    [0.001, 6.90717888538385],
    [0.5, 0.5723649429247],
    [3.7, 1.42807232666539],
    [15, 25.1912211827387],
    [500.5, 2608.22290441099],
    [1e6, 12815504.5691476],
  ])('gives ln Γ(%d) to 14 digits', (x, expected) => {
    expect(relative(logGamma(x), expected)).toBeLessThan(2e-14);
  });

  it.each([
    [0.3, 2, 5, 0.579825],
    [0.999, 0.5, 0.5, 0.979864958366622],
    [0.5, 300, 290, 0.340171808429746],
    [1e-6, 0.1, 3, 0.290122830089755],
    [0, 2, 3, 0],
    [1, 2, 3, 1],
  ])('gives I_%d(%d, %d)', (x, a, b, expected) => {
    expect(incompleteBeta(x, a, b)).toBeCloseTo(expected, 12);
  });
});

describe('normal distribution', () => {
  it.each([
    [-10, 7.61985302416053e-24],
    [-5, 2.86651571879194e-7],
    [-2.5, 0.00620966532577613],
    [-1, 0.158655253931457],
    [0.3, 0.617911422188953],
    [2.999, 0.998645663466273],
    [3.001, 0.998654527174915],
    [6, 0.999999999013412],
  ])('has Φ(%d) to double precision', (x, expected) => {
    expect(relative(normalCdf(x), expected)).toBeLessThan(3e-14);
  });

  it.each([
    [1e-300, -37.0470962993612],
    [1e-10, -6.36134090240406],
    [0.025, -1.95996398454005],
    [0.3, -0.524400512708041],
    [0.975, 1.95996398454005],
    [0.999999, 4.7534243088229],
    [0.5, 0],
  ])('has its %d quantile to double precision', (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 9);
  });

  it('refuses probabilities of 0 and 1', () => {
    expect(() => normalQuantile(0)).toThrow(RangeError);
    expect(() => normalQuantile(1)).toThrow(RangeError);
  });
});

describe("Student's t distribution", () => {
  it.each([
    [0.975, 1, 12.7062047361747],
    [0.975, 2, 4.30265272974946],
    [0.975, 3, 3.18244630528371],
    [0.975, 4.5, 2.6589123472044],
    [0.95, 7.228780734, 1.88559632291705],
    [0.975, 29, 2.0452296421327],
    [0.975, 149, 1.97601317768919],
    [0.975, 449, 1.96526146809037],
    [0.975, 999.5, 1.96234027038385],
    [0.975, 1000, 1.96233908082641],
    [0.9999999, 5, 39.3418196168996],
    [0.6, 10, 0.26018482949208],
    [0.975, 0.5, 164.557673480489],
  ])('has its %d quantile at df %d to 1e-9', (p, df, expected) => {
    expect(relative(studentTQuantile(p, df), expected)).toBeLessThan(1e-9);
    expect(relative(studentTQuantile(1 - p, df), -expected)).toBeLessThan(1e-8);
  });

  it.each([
    [0.001, 3, 0.50036755251527],
    [1.5, 7.5, 0.912759714706768],
    [2.5, 400, 0.993590566618284],
    [30, 2, 0.99944536865902],
  ])('has P(T <= %d) at df %d', (t, df, expected) => {
    expect(studentTCdf(t, df)).toBeCloseTo(expected, 12);
    expect(studentTCdf(-t, df)).toBeCloseTo(1 - expected, 12);
  });

  it('matches the closed forms of df 1, tan(π(p - ½)), and df 2, (2p-1)/√(2p(1-p))', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.501, max: 0.9999, noNaN: true }), (p) => {
        expect(relative(studentTQuantile(p, 1), Math.tan(Math.PI * (p - 0.5)))).toBeLessThan(1e-9);
        const second = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
        expect(relative(studentTQuantile(p, 2), second)).toBeLessThan(1e-9);
      }),
      { seed: 9 },
    );
  });

  it('has a quantile that its distribution function takes back, for every df from 1 to 1000', () => {
    for (let df = 1; df <= 1000; df += 1) {
      for (const p of [0.6, 0.95, 0.975, 0.9995]) {
        expect(Math.abs(studentTCdf(studentTQuantile(p, df), df) - p)).toBeLessThan(1e-13);
      }
    }
  });

  it('refuses probabilities of 0 and 1 and df of 0', () => {
    expect(() => studentTQuantile(1, 5)).toThrow(RangeError);
    expect(() => studentTQuantile(0.9, 0)).toThrow(RangeError);
  });
});
