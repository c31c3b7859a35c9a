import { describe, expect, it } from 'vitest';
import { noncentralTUpper } from '../../../src/stats/distributions/noncentral-t.ts';
import { studentTCdf } from '../../../src/stats/distributions/student-t.ts';
import { estimateMean } from '../../../src/stats/means/describe.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { requiredMargin, testNonInferiority } from '../../../src/stats/tests/non-inferiority.ts';
import { attainableTail, detectableAt, neededDraws } from '../../../src/stats/tests/power.ts';
import { repetitions, shareOf, tolerance } from '../monte-carlo.ts';

describe('the noncentral t', () => {
  // scipy.stats.nct.cdf 1.17.1.
  it.each([
    [2.5, 3, 1.2, 0.7824225946],
    [2, 29, 2.8, 0.2145527125],
    [-1, 4.716, 0.5, 0.0833448545],
    [12.7062, 1, 10, 0.4326932631],
    [1.96, 968, 2.8, 0.2005456601],
    [2.262157, 9, 3.5, 0.1252391819],
    [3, 1.5, 2, 0.588402677],
    [2.1, 15, -0.7, 0.9952433981],
  ])('at %d with %d degrees of freedom and noncentrality %d is %d', (t, df, delta, below) => {
    expect(1 - noncentralTUpper(t, df, delta)).toBeCloseTo(below, 8);
  });

  it('is the central t without noncentrality', () => {
    for (const df of [1, 2.5, 12, 400])
      expect(noncentralTUpper(1.7, df, 0)).toBeCloseTo(studentTCdf(-1.7, df), 9);
  });
});

describe('power', () => {
  // scipy.stats.nct solved for its noncentrality: P(T'(df, δ) > t(.975, df)) = .8.
  it.each([
    [4, 3.76106],
    [9, 3.149636],
    [29, 2.898746],
    [149, 2.819804],
    [448, 2.807609],
  ])('with %d degrees of freedom detects %d standard errors', (df, expected) => {
    expect(detectableAt({ se: 1, df })).toBeCloseTo(expected, 5);
    expect(detectableAt({ se: 0.5, df })).toBeCloseTo(expected / 2, 5);
  });

  it('takes the level that so few flipped signs can reach, and says nothing where none is', () => {
    // 2^-6 = .015625 on one side: scipy.stats.nct at .03125 two-sided and df 5.
    expect(attainableTail(6, 0.025)).toBe(1 / 64);
    expect(detectableAt({ se: 1, df: 5, flipped: 6 })).toBeCloseTo(3.956516, 5);
    expect(detectableAt({ se: 1, df: 4, flipped: 5 })).toBeNull();
    expect(detectableAt({ se: 0, df: 29 })).toBeNull();
  });

  it('needs as many draws as scipy.stats.nct says, and six at least', () => {
    // By the normal 969 (Miller 2024, arXiv 2411.00640, §5: ω² = 1/9, d = .03).
    expect(neededDraws(0.09)).toBe(971);
    expect(neededDraws(0.15)).toBe(351);
    expect(neededDraws(-0.5)).toBe(34);
    expect(neededDraws(4)).toBe(6);
    expect(neededDraws(0)).toBeNull();
  });
});

describe('non-inferiority', () => {
  // scipy.stats.nct, one-sided 5 %, over √n.
  it.each([
    [30, 0.464945, 0.547263],
    [150, 0.203948, 0.240033],
    [450, 0.117391, 0.13816],
  ])('asks at n = %d a margin of %d SD for 80 %% power and %d for 90 %%', (n, eighty, ninety) => {
    const precision = { se: 1 / Math.sqrt(n), df: n - 1 };
    expect(requiredMargin(precision, 0.8)).toBeCloseTo(eighty, 5);
    expect(requiredMargin(precision, 0.9)).toBeCloseTo(ninety, 5);
  });

  it('passes exactly where the lower bound is above -margin, which is where p < alpha', () => {
    // t(.95, 29) = 1.699127: bounds -.1 ± .3398.
    const difference = { mean: -0.1, se: 0.2, df: 29 };
    const wide = testNonInferiority(difference, 0.45);
    expect(wide?.lower).toBeCloseTo(-0.439825, 5);
    expect(wide?.upper).toBeCloseTo(0.239825, 5);
    expect(wide?.nonInferior).toBe(true);
    expect(wide?.p).toBeLessThan(0.05);
    const narrow = testNonInferiority(difference, 0.43);
    expect(narrow?.nonInferior).toBe(false);
    expect(narrow?.p).toBeGreaterThan(0.05);
    expect(testNonInferiority({ mean: 0, se: 0, df: 29 }, 0.4)).toBeNull();
  });

  it('passes a model that lost exactly the margin in at most 5 % of cases', () => {
    const reps = repetitions(4000);
    const random = createRandom('at the margin');
    const passed = shareOf(reps, () => {
      const estimate = estimateMean(Array.from({ length: 30 }, () => random.normal() - 0.5));
      return estimate !== null && testNonInferiority(estimate, 0.5)?.nonInferior === true;
    });
    expect(passed).toBeLessThanOrEqual(0.05 + tolerance(0.05, reps));
  });
});
