import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/stats/random/random.ts';
import { maxT, signFlipTest } from '../../../src/stats/resampling/permutation.ts';
import { benjaminiHochberg, holm } from '../../../src/stats/tests/multiplicity.ts';
import { repetitions, shareOf, tolerance } from '../monte-carlo.ts';

const random = () => createRandom('max-t');

const CELLS = 15;
const cellRows = Array.from({ length: CELLS }, (_, row) =>
  Array.from({ length: CELLS }, (_unused, cell) => (cell === row ? 1 : 0)),
);
const cellOf = Array.from({ length: CELLS * 30 }, (_, question) => Math.floor(question / 30));
const ownClusters = cellOf.map((_, question) => question);

/** Skew-free differences of 30 questions a cell that share a passage across cells, moved by `effect`. */
function drawCells(source: Random, effect: (cell: number) => number): number[] {
  const shared = Array.from({ length: 30 }, () => source.normal());
  return cellOf.map(
    (cell, question) => Number(shared[question % 30]) + source.normal() + effect(cell),
  );
}

/** |mean| over its standard error. */
function absoluteT(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.abs(mean) / Math.sqrt(squares / (values.length - 1) / values.length);
}

describe('maxT', () => {
  it('agrees with the single test on each row and never adjusts below it', () => {
    const values = drawCells(createRandom('rows'), (cell) => (cell === 0 ? 1 : 0));
    const total = Array.from({ length: CELLS }, () => 1);
    const input = { contrasts: [values], rows: [...cellRows, total], strata: cellOf };
    const result = maxT({ ...input, clusters: ownClusters }, { random: random(), flips: 999 });
    const alone = maxT(
      { ...input, rows: [total], clusters: ownClusters },
      { random: random(), flips: 999 },
    );
    expect(result.tests[0]?.[CELLS]?.p).toBe(alone.tests[0]?.[0]?.p);
    for (const test of result.tests[0] ?? []) {
      expect(test?.adjusted).toBeGreaterThanOrEqual(test?.p ?? 1);
    }
    expect(result.tests[0]?.[0]?.adjusted).toBeLessThan(0.05);
  });

  it('adjusts each family of rows on its own, as if it had been tested alone', () => {
    const values = drawCells(createRandom('families'), (cell) => (cell === 2 ? 0.8 : 0.2));
    const total = Array.from({ length: CELLS }, () => 1);
    const shared = { contrasts: [values], strata: cellOf, clusters: ownClusters };
    const both = maxT(
      { ...shared, rows: [...cellRows, total], families: [...cellRows.map(() => 0), 1] },
      { random: random(), flips: 499 },
    ).tests[0];
    const cells = maxT({ ...shared, rows: cellRows }, { random: random(), flips: 499 }).tests[0];
    const alone = maxT({ ...shared, rows: [total] }, { random: random(), flips: 499 }).tests[0];
    expect(both).toEqual([...(cells ?? []), ...(alone ?? [])]);
    expect(alone?.[0]?.adjusted).toBe(alone?.[0]?.p);
  });

  it('keeps a hypothesis null that has no complete pair, and scales weights over the rest', () => {
    const result = maxT(
      {
        contrasts: [[1, 2, 3, null, null]],
        rows: [
          [1, 0],
          [0, 1],
          [1, 1],
        ],
        strata: [0, 0, 0, 1, 1],
        clusters: [0, 1, 2, 3, 4],
      },
      { random: random() },
    );
    expect(result.tests[0]?.[1]).toBeNull();
    expect(result.tests[0]?.[2]).toEqual(result.tests[0]?.[0]);
  });

  it('studentises by clustered errors: t is mean over CR1', () => {
    // Means of clusters of sizes 2 and 1: see the clustered error's own vector, √(4/3 · 24)/9 at mean 7.
    const differences = [7, 8, 6, 9, 3, 4, 8, 8, 10];
    const result = signFlipTest(
      { differences, clusters: [0, 0, 0, 1, 1, 2, 2, 3, 3] },
      { random: random() },
    );
    expect(result?.t).toBeCloseTo(7 / (Math.sqrt((4 / 3) * 24) / 9), 10);
    // All totals positive, so only the flip of none and of all reach it: 2 of 16.
    expect(result?.p).toBe(2 / 16);
  });

  it('gives the same for the same seed', () => {
    const values = drawCells(createRandom('again'), () => 0);
    const run = () =>
      maxT(
        { contrasts: [values], rows: cellRows, strata: cellOf, clusters: ownClusters },
        { random: createRandom(1), flips: 99 },
      );
    expect(run()).toEqual(run());
  });
});

describe('many cells under the null', () => {
  it('holds the family-wise error over 15 correlated cells, as Holm does', () => {
    const reps = repetitions(600);
    const source = createRandom('family-wise');
    let holmRejects = 0;
    const byPassage = cellOf.map((_, question) => question % 30);
    const rejects = shareOf(reps, () => {
      const values = drawCells(source, () => 0);
      const input = { contrasts: [values], rows: cellRows, strata: cellOf, clusters: byPassage };
      const tests = maxT(input, { random: source, flips: 199 }).tests[0] ?? [];
      const raw = tests.map((test) => test?.p ?? 1);
      if (Math.min(...holm(raw)) <= 0.05) holmRejects += 1;
      return tests.some((test) => test !== null && test.adjusted <= 0.05);
    });
    const limit = 0.05 + tolerance(0.05, reps);
    expect(rejects).toBeLessThanOrEqual(limit);
    expect(holmRejects / reps).toBeLessThanOrEqual(limit);
  });

  it('holds the false discovery rate with five true effects', () => {
    const reps = repetitions(250);
    const source = createRandom('discoveries');
    let falseShare = 0;
    let found = 0;
    for (let rep = 0; rep < reps; rep += 1) {
      const values = drawCells(source, (cell) => (cell < 5 ? 1.2 : 0));
      const input = { contrasts: [values], rows: cellRows, strata: cellOf, clusters: ownClusters };
      const tests = maxT(input, { random: source, flips: 199 }).tests[0] ?? [];
      const adjusted = benjaminiHochberg(tests.map((test) => test?.p ?? 1));
      const discovered = adjusted.flatMap((p, cell) => (p <= 0.1 ? [cell] : []));
      const wrong = discovered.filter((cell) => cell >= 5).length;
      falseShare += discovered.length === 0 ? 0 : wrong / discovered.length / reps;
      found += (discovered.length - wrong) / (5 * reps);
    }
    expect(falseShare).toBeLessThanOrEqual(0.1 + tolerance(0.1, reps));
    expect(found).toBeGreaterThan(0.5);
  });
});

describe('maxT over several contrasts', () => {
  it.each([
    [
      [1, 2, 3, 4],
      [4, -1, 3, 2],
    ],
    [
      [4, -1, 3, 2],
      [1, 2, 3, 4],
    ],
  ])(
    'adjusts over all contrasts by the highest of their statistics in each flip: %j, %j',
    (...contrasts) => {
      const result = maxT(
        { contrasts, rows: [[1]], strata: [0, 0, 0, 0], clusters: [0, 1, 2, 3] },
        { random: random() },
      );
      // All 16 flips by hand: |t| of both contrasts under the same signs, and the higher of the two.
      const flips = Array.from({ length: 16 }, (_, flip) =>
        contrasts.map((values) =>
          absoluteT(values.map((value, at) => ((flip >> at) & 1 ? -value : value))),
        ),
      );
      const adjusted = contrasts.map((values) => {
        const observed = absoluteT(values) - 1e-9;
        return flips.filter((both) => Math.max(...both) >= observed).length / 16;
      });
      expect(result.tests.map(([test]) => test?.adjusted)).toEqual(adjusted);
      // One to four with one sign lie farthest out: in two flips of the one, and in two of the other.
      expect(Math.min(...adjusted)).toBe(4 / 16);
      expect(Math.max(...adjusted)).toBeGreaterThan(4 / 16);
    },
  );
});
