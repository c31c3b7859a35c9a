import { describe, expect, it } from 'vitest';
import { estimateSlice, type RatedCell } from '../../src/series/scores/estimate.ts';
import { createRandom } from '../../src/stats/random/random.ts';
import { FULL_SIZE, printShares, repetitions, shareOf, tolerance } from '../stats/monte-carlo.ts';
import { drawRatings, NARROW_POPULATIONS, POPULATIONS, populationMean } from '../stats/ratings.ts';

const REPS = repetitions(16);
const SIZES = FULL_SIZE ? [1, 2, 3, 5, 10, 30] : [3, 10];
const ALL = { ...POPULATIONS, ...NARROW_POPULATIONS };
const NAMES = FULL_SIZE
  ? (Object.keys(ALL) as (keyof typeof ALL)[])
  : (['nineOrTen', 'rightOrWrong'] as const);
/** CARE's 3 × 5. */
const CELLS = 15;
/** The least that is claimed, less what the simulation itself leaves open. */
const FLOOR = 0.94 - tolerance(0.95, REPS);

/** Share of samples whose interval holds the truth; the same ratings have the same interval. */
function coverage(name: keyof typeof ALL, count: number, n: number): number {
  const random = createRandom(`coverage of ${name}, ${count} × ${n}`);
  const known = new Map<string, boolean>();
  const truth = populationMean(ALL[name]);
  return shareOf(REPS, () => {
    let next = 0;
    const cells = Array.from({ length: count }, (): RatedCell => {
      const values = drawRatings(n, ALL[name], random).sort((a, b) => a - b);
      return { values, clusters: values.map(() => next++) };
    });
    const key = JSON.stringify(cells.map(({ values }) => values));
    const covered = known.get(key) ?? holds(cells, truth);
    known.set(key, covered);
    return covered;
  });
}

function holds(cells: readonly RatedCell[], truth: number): boolean {
  const { low, high } = estimateSlice({ cells, missing: 0, scope: false, scale: 'rating' });
  return low !== null && high !== null && low <= truth && truth <= high;
}

describe('95 % intervals cover in at least 94 % of samples', () => {
  it.each([
    ['a cell', 1],
    [`an average over ${CELLS} cells`, CELLS],
  ] as const)('of %s, whatever its ratings and size', (what, count) => {
    const rows = NAMES.map((name) => [name, SIZES.map((n) => coverage(name, count, n))] as const);
    const headings = SIZES.map((n) => (count === 1 ? `n = ${n}` : `${count} × ${n}`));
    printShares(`Coverage of ${what}`, headings, rows, REPS);
    for (const [name, shares] of rows)
      expect(Math.min(...shares), `${name}: ${shares}`).toBeGreaterThan(FLOOR);
  });
});
