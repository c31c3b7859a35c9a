import { describe, expect, test } from 'vitest';
import {
  DEFAULT_RULE,
  differenceFromPrinted,
  judgeCells,
  type PrintedDifference,
} from '../../../src/analyses/reproduction/printed-difference.ts';
import { createRandom } from '../../../src/stats/random/random.ts';

const ROUNDED = 0.01;

describe('the difference from a printed mean', () => {
  test('takes the spread of our questions for the paper’s where each was answered once', () => {
    // Mean 8, s² = (1 + 0 + 1 + 0) / 3, SE² = s² / 4 = 1/6; with the paper's 4 questions 1/6 · (1 + 4/4).
    const found = differenceFromPrinted(
      { value: 7.5, n: 4, step: ROUNDED },
      { strata: [{ values: [7, 8, 9, 8] }], rerun: null },
    );
    expect(found?.value).toBeCloseTo(0.5, 12);
    expect(found?.se).toBeCloseTo(Math.sqrt(1 / 3), 12);
    expect(found?.df).toBeCloseTo(3, 12);
    // t(0.975, 3) = 3.182446 and t(0.95, 3) = 2.353363 by the tables; 0.01 is what printing lost.
    expect(found?.low).toBeCloseTo(0.5 - 3.182446 * 0.577350269 - 0.01, 5);
    expect(found?.high).toBeCloseTo(0.5 + 3.182446 * 0.577350269 + 0.01, 5);
    expect(found?.withinMargin).toBeCloseTo(0.5 + 2.353363 * 0.577350269 + 0.01, 5);
    // t = (0.5 - 0.01) √3, so t/√df = 0.49, and t's distribution with df 3 has a closed form.
    const tail = 1 - (2 / Math.PI) * (0.49 / (1 + 0.49 ** 2) + Math.atan(0.49));
    expect(found?.p).toBeCloseTo(tail, 10);
    expect(found?.method).toBe('spread of questions');
  });

  test('of an average is stratified by category', () => {
    // Means 2 and 8, spread 1 in each (s² = 1, n = 3): SE² = (1/2)² · (1/3 + 1/3) = 1/6, doubled by the
    // paper's equal n. The spread between the categories, far larger, does not count.
    const found = differenceFromPrinted(
      { value: 5, n: 6, step: ROUNDED },
      { strata: [{ values: [1, 2, 3] }, { values: [7, 8, 9] }], rerun: null },
    );
    expect(found?.se).toBeCloseTo(Math.sqrt(1 / 3), 12);
    // Satterthwaite with equal variances: the sum of both dfs.
    expect(found?.df).toBeCloseTo(4, 12);
    expect(found?.value).toBeCloseTo(0, 12);
    expect(found?.p).toBe(1);
  });

  test('uses measured reruns alone where the questions are the paper’s', () => {
    const values = [1, 10, 1, 10, 1, 10, 1, 10, 1, 10];
    const found = differenceFromPrinted(
      { value: 5.2, n: 30, step: ROUNDED },
      { strata: [{ values }], rerun: { printed: 1.44, ours: 0.48, df: 300 } },
    );
    // 1.44 / 30 + 0.48 / 10.
    expect(found?.se).toBeCloseTo(Math.sqrt(0.048 + 0.048), 12);
    expect(found).toMatchObject({ df: 300, method: 'measured reruns' });
    expect(found?.value).toBeCloseTo(0.3, 12);
  });

  test('says nothing of ratings without any spread, or without a second question', () => {
    const printed = { value: 9.43, n: 30, step: ROUNDED };
    for (const values of [[10, 10, 10], [10], []]) {
      expect(differenceFromPrinted(printed, { strata: [{ values }], rerun: null })).toBeNull();
    }
  });

  test('that is no larger than what printing may have lost has p = 1', () => {
    const found = differenceFromPrinted(
      { value: 7.99, n: 30, step: ROUNDED },
      { strata: [{ values: [7, 8, 9] }], rerun: null },
    );
    expect(found?.p).toBeCloseTo(1, 12);
  });
});

const cell = (p: number, withinMargin: number, average = false) => ({
  difference: { p, withinMargin } satisfies Partial<PrintedDifference>,
  average,
});

function judge(cells: readonly ReturnType<typeof cell>[]) {
  const filled = cells.map(({ difference, average }) => ({
    average,
    difference: {
      value: 0,
      low: 0,
      high: 0,
      se: 1,
      df: 1,
      method: 'spread of questions',
      ...difference,
    } as const,
  }));
  return judgeCells(filled, DEFAULT_RULE);
}

test('verdicts are adjusted by Holm, averages and single cells apart', () => {
  // Single cells 0.01, 0.04, 0.03, 0.005: Holm gives 0.03, 0.06, 0.06, 0.02. The average stands alone.
  const found = judge([
    cell(0.01, 3),
    cell(0.04, 3),
    cell(0.03, 3),
    cell(0.005, 3),
    cell(0.04, 3, true),
  ]);
  expect(found.map(({ adjusted }) => Number(adjusted.toFixed(6)))).toEqual([
    0.03, 0.06, 0.06, 0.02, 0.04,
  ]);
  expect(found.map(({ verdict }) => verdict)).toEqual([
    'differs',
    'cannot tell',
    'cannot tell',
    'differs',
    'differs',
  ]);
});

test('within the margin is consistent, whether or not it is also other than 0', () => {
  const verdicts = (cells: readonly ReturnType<typeof cell>[]) =>
    judge(cells).map(({ verdict }) => verdict);
  expect(verdicts([cell(0.9, 1), cell(1e-6, 0.9)])).toEqual(['consistent', 'consistent']);
  expect(verdicts([cell(0.9, 1.01), cell(0.9, 0.5, true), cell(0.9, 0.51, true)])).toEqual([
    'cannot tell',
    'consistent',
    'cannot tell',
  ]);
});

/** Ratings 1–10 of 30 questions a category, drawn twice: what a paper prints, and what a rerun gives. */
function redraw(seed: string, shift: number) {
  const random = createRandom(seed);
  const rate = (level: number) =>
    Math.min(10, Math.max(1, Math.round(level + 1.2 * random.normal())));
  return Array.from({ length: 8 }, () => {
    const levels = Array.from({ length: 30 }, () => 6 + 1.8 * random.normal());
    const printed = levels.reduce((sum, level) => sum + rate(level), 0) / 30;
    const values = levels.map((level) => rate(level + shift));
    const found = differenceFromPrinted(
      { value: Number(printed.toFixed(2)), n: 30, step: ROUNDED },
      { strata: [{ values }], rerun: null },
    );
    if (!found) throw new Error('no spread');
    return { difference: found, average: false };
  });
}

test('a rerun of the same model is hardly ever said to differ, and often not told', () => {
  const tables = Array.from({ length: 250 }, (_, run) =>
    judgeCells(redraw(`same ${run}`, 0), DEFAULT_RULE),
  );
  const wrong = tables.filter((cells) => cells.some(({ verdict }) => verdict === 'differs'));
  // 5 % of tables at most, plus three standard errors of 250 draws.
  expect(wrong.length / tables.length).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 250));
});

test('a difference as large as the margin is hardly ever said to be consistent', () => {
  const cells = Array.from({ length: 250 }, (_, run) =>
    judgeCells(redraw(`apart ${run}`, -1.15), DEFAULT_RULE),
  ).flat();
  const wrong = cells.filter(({ verdict }) => verdict === 'consistent');
  expect(wrong.length / cells.length).toBeLessThan(0.05);
});

test('a difference of three points is found', () => {
  const cells = Array.from({ length: 20 }, (_, run) =>
    judgeCells(redraw(`far ${run}`, -3), DEFAULT_RULE),
  ).flat();
  expect(
    cells.filter(({ verdict }) => verdict === 'differs').length / cells.length,
  ).toBeGreaterThan(0.9);
});

test('has a p far out in the tail, where 1 - (1 - p) would be 0', () => {
  const strata = [{ values: [9, 9, 9.00000003], clusters: [0, 1, 2] }];
  const found = differenceFromPrinted({ value: 1, n: 3, step: 0.005 }, { strata, rerun: null });
  // Two degrees of freedom: p = 1 - t / √(t² + 2) = 2 / (√(t² + 2) (√(t² + 2) + t)).
  const t = ((found?.value ?? 0) - 0.005) / (found?.se ?? 1);
  const root = Math.sqrt(t * t + 2);
  expect(found?.p).toBeGreaterThan(0);
  expect((found?.p ?? 0) / (2 / (root * (root + t)))).toBeCloseTo(1, 6);
});
