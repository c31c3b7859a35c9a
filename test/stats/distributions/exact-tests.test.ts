import { describe, expect, it } from 'vitest';
import { binomialCdf, mcNemarExact } from '../../../src/stats/distributions/binomial.ts';
import {
  fisherExact,
  hypergeometricProbability,
} from '../../../src/stats/distributions/fisher-exact.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { tolerance } from '../monte-carlo.ts';

const options = { random: createRandom('fisher') };

describe('mcNemarExact', () => {
  // scipy.stats.binomtest(b, b + c, .5), SciPy 1.17; the last by hand, 2 / 2⁶.
  it.each([
    [3, 12, 0.03515625],
    [8, 2, 0.109375],
    [0, 6, 0.03125],
    [4, 4, 1],
    [0, 0, 1],
  ])('of %d against %d discordant pairs is %d', (first, second, p) => {
    expect(mcNemarExact(first, second)).toBeCloseTo(p, 12);
    expect(mcNemarExact(second, first)).toBeCloseTo(p, 12);
  });

  it('sums a binomial that adds up to 1', () => {
    expect(binomialCdf(1, 3, 0.2)).toBeCloseTo(0.8 ** 3 + 3 * 0.2 * 0.8 ** 2, 12);
    expect(binomialCdf(3, 3, 0.2)).toBeCloseTo(1, 12);
  });
});

describe('fisherExact', () => {
  // Exact fractions by enumeration of all tables; the first is also scipy.stats.fisher_exact's.
  it.each([
    {
      table: [
        [8, 2],
        [1, 5],
      ] as const,
      p: 5 / 143,
    },
    {
      table: [
        [3, 1],
        [2, 4],
        [0, 5],
      ] as const,
      p: 96 / 1001,
    },
    {
      table: [
        [2, 28],
        [0, 30],
        [5, 25],
        [1, 29],
      ] as const,
      p: 50843334 / 643878859,
    },
    {
      table: [
        [28, 2],
        [30, 0],
        [25, 5],
        [29, 1],
      ] as const,
      p: 50843334 / 643878859,
    },
    {
      table: [
        [0, 5],
        [0, 9],
      ] as const,
      p: 1,
    },
  ])('finds $p', ({ table, p }) => {
    const found = fisherExact(table, options);
    expect(found?.method).toBe('exact');
    expect(found?.p).toBeCloseTo(p, 10);
  });

  it('samples tables where they are too many, near the exact p', () => {
    const found = fisherExact(
      [
        [2, 28],
        [0, 30],
        [5, 25],
        [1, 29],
      ],
      { ...options, tables: 10 },
    );
    expect(found?.method).toBe('monte-carlo');
    expect(Math.abs((found?.p ?? 1) - 0.078964)).toBeLessThan(tolerance(0.079, 9999) + 1e-4);
  });

  it('is null for an empty table', () => {
    expect(fisherExact([[0, 0]], options)).toBeNull();
  });

  it('rests on hypergeometric probabilities: 2 aces among 5 of 52 cards', () => {
    // C(4,2) C(48,3) / C(52,5) = 6 · 17296 / 2598960.
    expect(hypergeometricProbability(2, 4, 5, 52)).toBeCloseTo((6 * 17296) / 2598960, 12);
    expect(hypergeometricProbability(5, 4, 5, 52)).toBe(0);
  });
});
