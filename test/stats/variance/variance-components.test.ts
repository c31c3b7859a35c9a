import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/stats/random/random.ts';
import {
  designOf,
  expectedError,
  fixedBenchmarkError,
  optimalAllocation,
  reliability,
} from '../../../src/stats/variance/allocation.ts';
import {
  estimateComponents,
  type NestedRatings,
} from '../../../src/stats/variance/variance-components.ts';
import { repetitions } from '../monte-carlo.ts';

const worked = [
  [
    [8, 7],
    [6, 6],
  ],
  [
    [9, 9],
    [9, 8],
  ],
  [
    [3, 4],
    [5, 5],
  ],
  [
    [7, 8],
    [7, 6],
  ],
];

/** σ² = 3 between questions, 1 between answers, .5 between judgings; sizes by question and answer. */
function simulate(random: Random, sizes: readonly (readonly number[])[]): number[][][] {
  return sizes.map((answers) => {
    const question = 7 + Math.sqrt(3) * random.normal();
    return answers.map((judgings) => {
      const answer = question + random.normal();
      return Array.from({ length: judgings }, () => answer + Math.SQRT1_2 * random.normal());
    });
  });
}

function meanComponents(seed: string, sizes: readonly (readonly number[])[]) {
  const reps = repetitions(1500);
  const random = createRandom(seed);
  const draws = Array.from({ length: reps }, () => {
    const found = estimateComponents(simulate(random, sizes));
    if (!found?.answer || !found.judging) throw new Error('a component is missing');
    return [found.question.raw, found.answer.raw, found.judging.raw];
  });
  return [3, 1, 0.5].map((truth, level) => {
    const values = draws.map((draw) => Number(draw[level]));
    const mean = values.reduce((sum, value) => sum + value, 0) / reps;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { off: Math.abs(mean - truth), se: Math.sqrt(squares / (reps - 1) / reps) };
  });
}

describe('estimateComponents', () => {
  it('solves the worked balanced design of four questions, two answers, two judgings', () => {
    // Question means 6.75 8.75 4.25 7: MSQ = 4 Σ(..-6.6875)²/3; MSA = 2 Σ(..)²/4; MSE = 2.5/8.
    const found = estimateComponents(worked);
    expect(found?.meanSquares.question).toBeCloseTo(13.7291667, 7);
    expect(found?.meanSquares.answer).toBeCloseTo(1.4375, 12);
    expect(found?.meanSquares.judging).toBeCloseTo(0.3125, 12);
    expect(found?.judging?.raw).toBeCloseTo(0.3125, 12);
    expect(found?.answer?.raw).toBeCloseTo(0.5625, 12);
    expect(found?.question.raw).toBeCloseTo(3.0729167, 7);
    expect(found?.se).toBeCloseTo(0.9263223, 7);
    expect(found?.se).toBeCloseTo(Math.sqrt((found?.meanSquares.question ?? 0) / 16), 12);
  });

  it('is unbiased where balanced', () => {
    const sizes = Array.from({ length: 20 }, () => [2, 2, 2]);
    for (const { off, se } of meanComponents('balanced', sizes)) expect(off).toBeLessThan(3 * se);
  });

  it('is unbiased where questions and answers have different numbers below them', () => {
    const sizes = Array.from({ length: 20 }, (_, q) => (q % 2 ? [1, 3] : [2, 1, 4, 1]));
    for (const { off, se } of meanComponents('unbalanced', sizes)) expect(off).toBeLessThan(3 * se);
  });

  it('adds judge noise to the answer where each is judged once, and both to the question', () => {
    const judgedOnce = worked.map((answers) => answers.map((judgings) => judgings.slice(0, 1)));
    expect(estimateComponents(judgedOnce)?.judging).toBeNull();
    // Answers 8,6 | 9,9 | 3,5 | 7,7: MSA = (2 + 0 + 2 + 0) / 4.
    expect(estimateComponents(judgedOnce)?.answer?.raw).toBeCloseTo(1, 12);
    const answeredOnce = judgedOnce.map((answers) => answers.slice(0, 1));
    const found = estimateComponents(answeredOnce);
    expect(found?.answer).toBeNull();
    // Variance of 8 9 3 7: mean 6.75, (1.5625 + 5.0625 + 14.0625 + .0625) / 3.
    expect(found?.question.raw).toBeCloseTo(20.75 / 3, 12);
  });

  it('truncates a negative estimate at 0 and keeps it raw', () => {
    // Question means are both 5: MSQ = 0, MSA = 2 · (1 + 1 + 1 + 1) / 2.
    const found = estimateComponents([
      [
        [4, 4],
        [6, 6],
      ],
      [
        [6, 6],
        [4, 4],
      ],
    ]);
    expect(found?.question).toEqual({ raw: -1, variance: 0 });
  });

  it('leaves out empty answers and is null below two questions', () => {
    const empties: NestedRatings = [...worked, [], [[]]];
    expect(estimateComponents(empties)).toEqual(estimateComponents(worked));
    expect(estimateComponents(worked.slice(0, 1))).toBeNull();
    expect(estimateComponents([])).toBeNull();
  });
});

describe('designs', () => {
  const design = { question: 3, answer: 1, judging: 0.5, answers: 2, judgings: 2 };

  it('expect an error of √((3 + 1/2 + .5/4) / n), and √((1/2 + .5/4) / n) when frozen', () => {
    expect(expectedError(design, 30)).toBeCloseTo(Math.sqrt(3.625 / 30), 12);
    expect(fixedBenchmarkError(design, 30)).toBeCloseTo(Math.sqrt(0.625 / 30), 12);
    expect(reliability(design)).toBeCloseTo(3 / 3.625, 12);
    expect(expectedError(design, 0)).toBeNull();
    expect(reliability({ ...design, question: 0, answer: 0, judging: 0 })).toBeNull();
  });

  it('put a rerun of the frozen benchmark within 1.96 √2 times that error', () => {
    // Within-question SD 1.2: .61 at n = 30, .27 at 150, .16 at 450.
    const rerun = { question: 3, answer: 1.44, judging: 0, answers: 1, judgings: 1 };
    const within = (n: number) => 1.96 * Math.SQRT2 * (fixedBenchmarkError(rerun, n) ?? Number.NaN);
    expect([30, 150, 450].map(within)).toEqual(
      [0.607, 0.272, 0.157].map((at) => expect.closeTo(at, 3)),
    );
  });

  it('shrink only their own term as answers and judgings grow', () => {
    const infinite = { ...design, judgings: 1e12 };
    expect(expectedError(infinite, 1)).toBeCloseTo(Math.sqrt(3.5), 6);
    expect(expectedError({ ...design, answers: 1e12 }, 1)).toBeCloseTo(Math.sqrt(3), 6);
  });

  it('reproduce the error of the balanced design they were estimated from', () => {
    const found = estimateComponents(worked);
    if (found === null) throw new Error('no components');
    const asRun = designOf(found);
    expect(asRun && expectedError(asRun, 4)).toBeCloseTo(found.se, 12);
    const answeredOnce = estimateComponents(worked.map((answers) => answers.slice(0, 1)));
    expect(answeredOnce && designOf(answeredOnce)).toBeNull();
  });

  it('split a budget by Cochran: J* = √(.5/1 · 4/1), K* = √(1/3 · 12/4)', () => {
    const split = optimalAllocation(design, { question: 12, answer: 4, judging: 1 });
    expect(split.judgings).toBeCloseTo(Math.SQRT2, 12);
    expect(split.answers).toBeCloseTo(1, 12);
    const flat = optimalAllocation(
      { ...design, answer: 0 },
      { question: 1, answer: 1, judging: 1 },
    );
    expect(flat).toEqual({ judgings: null, answers: 0 });
  });
});
