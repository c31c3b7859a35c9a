import { describe, expect, it } from 'vitest';
import { estimateMean } from '../../../src/stats/means/describe.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { requiredMargin, testNonInferiority } from '../../../src/stats/tests/non-inferiority.ts';
import {
  detectableAt,
  minimalDetectableDifference,
  neededQuestions,
} from '../../../src/stats/tests/power.ts';
import { repetitions, shareOf, tolerance } from '../monte-carlo.ts';

describe('power', () => {
  // Miller 2024, arXiv 2411.00640, §5: ω² = 1/9.
  it('needs 969 questions for a difference of .03', () => {
    expect(neededQuestions(0.03, { questions: 1 / 9 })).toBe(969);
    expect(neededQuestions(0, { questions: 1 / 9 })).toBeNull();
  });

  it.each([
    [1, 0.1327],
    [10, 0.0757],
  ])('detects with K = %d answers at n = 198 a difference of %d', (repeats, expected) => {
    const noise = {
      questions: 1 / 9,
      answers: [1 / 6, 1 / 6],
      repeats: [repeats, repeats],
    } as const;
    expect(minimalDetectableDifference(198, noise)).toBeCloseTo(expected, 4);
    expect(minimalDetectableDifference(0, noise)).toBeNull();
  });

  // (1.959964 + .841621) / √n.
  it.each([
    [30, 0.511],
    [150, 0.229],
    [450, 0.132],
  ])('detects at n = %d a paired difference of %d SD', (n, expected) => {
    expect(detectableAt(1 / Math.sqrt(n))).toBeCloseTo(expected, 3);
  });
});

describe('non-inferiority', () => {
  // (1.644854 + .841621) / √n and (1.644854 + 1.281552) / √n.
  it.each([
    [30, 0.454, 0.534],
    [150, 0.203, 0.239],
    [450, 0.117, 0.138],
  ])('asks at n = %d a margin of %d SD for 80 %% power and %d for 90 %%', (n, eighty, ninety) => {
    expect(requiredMargin(1 / Math.sqrt(n), 0.8)).toBeCloseTo(eighty, 3);
    expect(requiredMargin(1 / Math.sqrt(n), 0.9)).toBeCloseTo(ninety, 3);
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
