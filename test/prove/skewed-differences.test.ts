import { describe, expect, it } from 'vitest';
import { boundedDifference } from '../../src/analyses/gate/differences/bounds.ts';
import { estimateMean } from '../../src/stats/means/describe.ts';
import { tInterval } from '../../src/stats/means/intervals.ts';
import { createRandom, type Random } from '../../src/stats/random/random.ts';
import { signFlipTest } from '../../src/stats/resampling/permutation.ts';
import { attainableTail, detectableAt } from '../../src/stats/tests/power.ts';
import { FULL_SIZE, printShares, repetitions, shareOf, tolerance } from '../stats/monte-carlo.ts';

const REPS = repetitions(60);
const SIZES = FULL_SIZE ? [30, 60, 90, 150] : [30];

/** Differences of two models as values with their shares; all have mean 0. */
const POPULATIONS = {
  /** Most questions a little better, 6 % far worse: skewness -3. */
  'large losses': { values: [1, 0, -5], shares: [0.3, 0.64, 0.06] },
  'large gains': { values: [-1, 0, 5], shares: [0.3, 0.64, 0.06] },
  symmetric: {
    values: [-4, -3, -2, -1, 0, 1, 2, 3, 4],
    shares: [0.03, 0.05, 0.1, 0.17, 0.3, 0.17, 0.1, 0.05, 0.03],
  },
  'symmetric, mostly ties': { values: [-1, 0, 1], shares: [0.1, 0.8, 0.1] },
  'symmetric, wide': { values: [-6, -3, 0, 3, 6], shares: [0.05, 0.2, 0.5, 0.2, 0.05] },
} as const;
type Name = keyof typeof POPULATIONS;
const NAMES = FULL_SIZE
  ? (Object.keys(POPULATIONS) as Name[])
  : (['large losses', 'symmetric'] as const);

function draw(name: Name, n: number, random: Random): number[] {
  const { values, shares } = POPULATIONS[name];
  return Array.from({ length: n }, () => {
    let left = random.uniform();
    const place = shares.findIndex((share) => {
      left -= share;
      return left < 0;
    });
    return values.at(place) ?? 0;
  });
}

const total = { family: 'total', tested: 'total', by: {}, weights: [1], scale: 'rating' } as const;

/** Bounds of a gate for differences moved by `shift`. */
function boundsOf(differences: readonly number[], shift: number) {
  const moved = differences.map((difference) => difference + shift);
  const zeros = moved.map(() => 0);
  const cell = {
    candidate: moved,
    baseline: zeros,
    differences: moved,
    clusters: moved.map((_, index) => index),
  };
  return boundedDifference([cell], total, 0.05);
}

describe('a gate with skewed differences', () => {
  const shares = (shift: number, decides: (bounds: ReturnType<typeof boundsOf>) => boolean) =>
    NAMES.map((name) => {
      const of = SIZES.map((n) => {
        const random = createRandom(`gate ${name} ${n}`);
        return shareOf(REPS, () => decides(boundsOf(draw(name, n, random), shift)));
      });
      return [name, of] as const;
    });
  const headings = SIZES.map((n) => `n = ${n}`);
  /** What the lower bound of t would decide by itself. Far cheaper, so with ten times the samples. */
  const tAlone = (name: Name, shift: number, margin: number) => {
    const of = SIZES.map((n) => {
      const random = createRandom(`t alone ${name} ${n}`);
      return shareOf(10 * REPS, () => {
        const estimate = estimateMean(draw(name, n, random));
        const low = estimate && tInterval({ ...estimate, mean: estimate.mean + shift }, 0.9)?.low;
        return (low ?? -9) > -margin;
      });
    });
    const title = `P(PASS) by t alone, a difference of ${shift} and a margin of ${margin}`;
    printShares(title, headings, [[name, of]], 10 * REPS);
    return of;
  };

  it('passes a loss as large as the margin in no more than 6 % of samples', () => {
    const margin = 0.35;
    const rows = shares(-margin, (found) => (found?.bounds?.low ?? -9) > -margin);
    printShares('P(PASS) at a true loss equal to the margin of .35', headings, rows, REPS);
    for (const [name, of] of rows)
      expect(Math.max(...of), `${name}: ${of}`).toBeLessThan(0.06 + tolerance(0.05, REPS));
    // What the other bounds are for.
    expect(tAlone('large losses', -margin, margin)[0]).toBeGreaterThan(
      0.12 - tolerance(0.15, 10 * REPS),
    );
  });

  it('takes an unchanged model for a drop in no more than 6 % of samples', () => {
    const rows = shares(
      0,
      (found) => (found?.dropP ?? 1) <= 0.05 && (found?.bounds?.high ?? 1) < 0,
    );
    printShares('P(a drop is called proven) of an unchanged model', headings, rows, REPS);
    for (const [name, of] of rows)
      expect(Math.max(...of), `${name}: ${of}`).toBeLessThan(0.06 + tolerance(0.05, REPS));
  });

  it('still passes an unchanged model where t would', () => {
    const rows = shares(0, (found) => (found?.bounds?.low ?? -9) > -0.65);
    printShares('P(PASS) of an unchanged model at a margin of .65', headings, rows, REPS);
    const plain = rows.find(([name]) => name === 'symmetric')?.[1] ?? [];
    const byT = tAlone('symmetric', 0, 0.65);
    plain.forEach((share, place) => {
      const least = (byT[place] ?? 1) - ([0.2, 0.07, 0.04, 0.02][place] ?? 0);
      expect(share).toBeGreaterThan(least - tolerance(0.5, REPS));
    });
  });
});

describe('sign-flips', () => {
  const level = (differences: readonly number[], random: Random) =>
    (signFlipTest({ differences }, { random, flips: 499, exactUpTo: 10 })?.p ?? 1) <= 0.05;

  it('keep their level where differences are symmetric about 0, and only there', () => {
    const rows = NAMES.map((name) => {
      const of = SIZES.map((n) => {
        const random = createRandom(`size ${name} ${n}`);
        return shareOf(REPS, () => level(draw(name, n, random), random));
      });
      return [name, of] as const;
    });
    printShares(
      'Sign-flips: P(p <= .05) of equal models',
      SIZES.map((n) => `n = ${n}`),
      rows,
      REPS,
    );
    for (const [name, of] of rows)
      if (name.startsWith('symmetric'))
        expect(Math.max(...of), `${name}: ${of}`).toBeLessThan(0.05 + tolerance(0.05, REPS));
  });

  it('find what is said to be detectable in 80 % of samples; in 73 % with six questions', () => {
    const sizes = FULL_SIZE ? [6, 7, 8, 10, 15, 30, 60] : [6, 10];
    const found = sizes.map((n) => {
      const random = createRandom(`power ${n}`);
      const detectable = detectableAt({ se: 1 / Math.sqrt(n), df: n - 1, flipped: n }) ?? 0;
      return shareOf(REPS, () => {
        const differences = Array.from({ length: n }, () => random.normal() + detectable);
        return level(differences, random);
      });
    });
    printShares(
      'Power of the sign-flip test where 80 % is said',
      sizes.map((n) => `n = ${n}`),
      [['normal differences', found]],
      REPS,
    );
    found.forEach((share, place) => {
      const least = sizes[place] === 6 ? 0.7 : 0.77;
      expect(share).toBeGreaterThan(least - tolerance(0.8, REPS));
      expect(share).toBeLessThan(0.83 + tolerance(0.8, REPS));
    });
  });

  it('have no power with five questions, so that nothing is detectable', () => {
    expect(attainableTail(5, 0.025)).toBe(0);
    expect(detectableAt({ se: 1, df: 4, flipped: 5 })).toBeNull();
  });
});
