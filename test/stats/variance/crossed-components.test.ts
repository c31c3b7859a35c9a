import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/stats/random/random.ts';
import { crossedComponents, savings } from '../../../src/stats/variance/crossed-components.ts';

describe('by hand', () => {
  test('one answer each: what judges differ in about a question is in the residual', () => {
    // Means: questions 5 and 8, judges 6 and 7, all 6.5. MS_q = 2 (1.5² + 1.5²) = 9,
    // MS_j = 2 (0.5² + 0.5²) = 1, MS_qj = 4 · 0.5² = 1.
    const found = crossedComponents([[[[4], [6]]], [[[8], [8]]]]);
    expect(found).toEqual({
      question: 4, // (9 - 1) / 2
      answer: null,
      judge: 0, // (1 - 1) / (2 · 1)
      questionByJudge: null,
      residual: 1,
      judging: null,
      ...{ questions: 2, answers: 1, judges: 2, judgings: 1 },
    });
    // V = 4 + 1/2; doubling judges takes 1/4 of it: 0.25 / 4.5.
    expect(found && savings(found)).toEqual({
      questions: 0.5,
      answers: null,
      judges: 0.25 / 4.5,
      judgings: null,
      best: 'questions',
    });
  });

  test('two answers each', () => {
    // Answers 5, 7, 8, 9; questions 6 and 8.5; judges 7 and 7.5; all 7.25; by question and judge
    // 5, 7, 9, 8. Sums of squares 12.5 + 5 + 0.5 + 4.5 + 1 = 23.5, the total. Mean squares:
    // MS_q 12.5, MS_a 5/2, MS_j 0.5, MS_qj 4.5, MS_aj 1/2.
    const found = crossedComponents([
      [
        [[4], [6]],
        [[6], [8]],
      ],
      [
        [[8], [8]],
        [[10], [8]],
      ],
    ]);
    expect(found).toMatchObject({
      question: 1.5, // (12.5 - 2.5 - 4.5 + 0.5) / 4
      answer: 1, // (2.5 - 0.5) / 2
      judge: -1, // (0.5 - 4.5) / 4
      questionByJudge: 2, // (4.5 - 0.5) / 2
      residual: 0.5,
    });
    // V = 1.5 + 2/2 + 1/2 + 0.5/4 = 3.125. Answers (0.5 + 0.125) / 2, judges (1 + 0.125) / 2 of it.
    expect(found && savings(found)).toMatchObject({
      answers: 0.1,
      judges: 0.18,
      best: 'questions',
    });
  });

  test('repeated judgings give a variance of their own', () => {
    // Cells 4±1, 6, 8±1, 8: squares 2 + 0 + 2 + 0 over 4 degrees of freedom; their means as above.
    const found = crossedComponents([
      [
        [
          [3, 5],
          [6, 6],
        ],
      ],
      [
        [
          [7, 9],
          [8, 8],
        ],
      ],
    ]);
    expect(found).toMatchObject({ question: 4, residual: 1, judging: 1, judgings: 2 });
    // Doubling judgings takes 1 / (2 · 2) / 2 of V = 4.5.
    expect(found && savings(found)?.judgings).toBeCloseTo(0.125 / 4.5, 12);
  });
});

test('too little to tell: one question, one judge, nothing that varies', () => {
  expect(crossedComponents([[[[4], [6]]]])).toBeNull();
  expect(crossedComponents([[[[4]]], [[[5]]]])).toBeNull();
  const equal = crossedComponents([[[[5], [5]]], [[[5], [5]]]]);
  expect(equal && savings(equal)).toBeNull();
});

test('a question with another number of complete answers is left out', () => {
  const rating = [[4], [6]];
  const found = crossedComponents([[rating], [rating, rating], [[[8], [8]]]]);
  expect(found?.questions).toBe(2);
});

test('recovers the variances that were put in', () => {
  const random = createRandom('crossed');
  const normal = () => random.normal();
  const levels = [-1, 0, 1];
  const ratings = Array.from({ length: 2000 }, () => {
    const question = 1.5 * normal();
    const leanings = levels.map(() => 0.5 * normal());
    return Array.from({ length: 3 }, () => {
      const answer = normal();
      return levels.map((level, judge) => {
        const own = question + answer + level + (leanings[judge] ?? 0) + 0.7 * normal();
        return Array.from({ length: 2 }, () => own + 0.6 * normal());
      });
    });
  });
  const found = crossedComponents(ratings);
  // 2,000 questions: standard errors are about 0.08, 0.03, 0.01, 0.015 and 0.004 (×4 allowed).
  expect(found?.question).toBeGreaterThan(2.25 - 0.32);
  expect(found?.question).toBeLessThan(2.25 + 0.32);
  expect(Math.abs((found?.answer ?? 0) - 1)).toBeLessThan(0.12);
  // The levels' own variance is 1 (n - 1 = 2).
  expect(Math.abs((found?.judge ?? 0) - 1)).toBeLessThan(0.1);
  expect(Math.abs((found?.questionByJudge ?? 0) - 0.25)).toBeLessThan(0.06);
  // 0.7² + 0.6² / 2
  expect(Math.abs((found?.residual ?? 0) - 0.67)).toBeLessThan(0.05);
  expect(Math.abs((found?.judging ?? 0) - 0.36)).toBeLessThan(0.02);
});
