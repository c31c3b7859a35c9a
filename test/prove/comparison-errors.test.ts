import { describe, expect, it } from 'vitest';
import { compareAll, comparePair } from '../../src/analyses/comparison/compare.ts';
import type { ComparisonRow } from '../../src/analyses/comparison/schema.ts';
import type { Family } from '../../src/series/contrasts/strata.ts';
import type { ScoredSeries } from '../../src/series/scores/scored-series.ts';
import { createRandom, type Random } from '../../src/stats/random/random.ts';
import { seriesOf } from '../series/series.ts';
import { repetitions, shareOf, tolerance } from '../stats/monte-carlo.ts';
import { drawRating, POPULATIONS } from '../stats/ratings.ts';

const CULTURES = ['Chinese', 'Arab', 'Japanese'];
const CATEGORIES = [
  'Cultural entities',
  'Opinion',
  'Social norms',
  'Cultural commonsense',
  'Literacy',
];
const REPS = repetitions(80);
const FLIPS = 499;

const clip = (rating: number) => Math.min(10, Math.max(1, rating));

/** CARE's 3 × 5 × 30 questions: a difficulty that all models share, and each model's own luck. */
function drawSeries(labels: readonly string[], random: Random, shift: (cell: string) => number) {
  const cells = CULTURES.flatMap((culture) =>
    CATEGORIES.map((category) => `${culture}/${category}`),
  );
  const shared = new Map(
    cells.map((cell) => [
      cell,
      Array.from({ length: 30 }, () => drawRating(POPULATIONS.middle, random)),
    ]),
  );
  return labels.map(
    (label, position): ScoredSeries =>
      seriesOf(
        label,
        Object.fromEntries(
          cells.map((cell) => [
            cell,
            (shared.get(cell) ?? []).map((base) =>
              clip(base + random.int(5) - 2 + (position === 0 ? shift(cell) : 0)),
            ),
          ]),
        ),
      ),
  );
}

/** Rows of one comparison of two fresh models. */
function drawRows(
  random: Random,
  seed: number,
  { shift = () => 0, flips = FLIPS }: { shift?: (cell: string) => number; flips?: number } = {},
): readonly ComparisonRow[] {
  return compareAll(drawSeries(['A', 'B'], random, shift), { flips, seed }).comparisons.flatMap(
    ({ rows }) => rows,
  );
}

const isFound = ({ finding }: ComparisonRow) => finding !== 'unresolved';
const inFamily = (rows: readonly ComparisonRow[], family: Family) =>
  rows.filter((row) => row.family === family);

describe('false findings of compare', () => {
  it('come in the total and among cultures and categories in no more than 5 % of comparisons', () => {
    const random = createRandom('false findings');
    const found = { total: 0, slices: 0 };
    for (let rep = 0; rep < REPS; rep += 1) {
      const rows = drawRows(random, rep);
      if (inFamily(rows, 'total').some(isFound)) found.total += 1;
      if (inFamily(rows, 'slices').some(isFound)) found.slices += 1;
    }
    const most = 0.05 + tolerance(0.05, REPS);
    expect(found.total / REPS).toBeLessThanOrEqual(most);
    expect(found.slices / REPS).toBeLessThanOrEqual(most);
  });

  it('come in no more than 5 % of sets of four models, whichever pair they are in', () => {
    const random = createRandom('four models');
    const reps = Math.ceil(REPS / 4);
    const share = shareOf(reps, (rep) => {
      const { comparisons } = compareAll(
        drawSeries(['A', 'B', 'C', 'D'], random, () => 0),
        {
          flips: FLIPS,
          seed: rep,
        },
      );
      return comparisons.some(({ rows }) => inFamily(rows, 'slices').some(isFound));
    });
    expect(share).toBeLessThanOrEqual(0.05 + tolerance(0.05, reps));
  });

  it('are at most a tenth of what is found among cells, five of which differ', () => {
    const random = createRandom('false discoveries');
    let rates = 0;
    for (let rep = 0; rep < REPS; rep += 1) {
      const rows = drawRows(random, rep, {
        shift: (cell) => (cell.startsWith('Arab') ? 2 : 0),
      });
      const found = inFamily(rows, 'cells').filter(isFound);
      const wrong = found.filter(({ by }) => by.culture !== 'Arab').length;
      rates += found.length === 0 ? 0 : wrong / found.length;
    }
    expect(rates / REPS).toBeLessThanOrEqual(0.1 + tolerance(0.1, REPS));
  });
});

describe('intervals and power of compare', () => {
  it('cover a true difference of 0 in the total and in each culture', () => {
    const random = createRandom('paired coverage');
    let covered = 0;
    for (let rep = 0; rep < REPS; rep += 1) {
      const rows = drawRows(random, rep, { flips: 1 });
      const at = rows.filter(({ by }) => by.category === undefined);
      covered +=
        at.filter(({ low, high }) => (low ?? 1) <= 0 && (high ?? -1) >= 0).length / at.length;
    }
    const tolerated = tolerance(0.95, REPS);
    expect(covered / REPS).toBeGreaterThan(0.935 - tolerated);
    expect(covered / REPS).toBeLessThan(0.965 + tolerated);
  });

  it('find a difference of the detectable size in about 80 % of designs', () => {
    const random = createRandom('power');
    const detectable = drawRows(random, 0, { flips: 1 })[0]?.detectable ?? Number.NaN;
    const found = shareOf(REPS, (rep) => {
      const [a, b] = drawSeries(['A', 'B'], random, () => 0);
      if (!a || !b) throw new Error('no series');
      const moved = {
        ...a,
        rows: a.rows.map((row) => ({ ...row, rating: (row.rating ?? 0) + detectable })),
      };
      const total = comparePair(moved, b, { flips: FLIPS, seed: rep }).comparisons[0]?.rows[0];
      return total?.finding === 'candidate-higher';
    });
    expect(Math.abs(found - 0.8)).toBeLessThan(0.03 + tolerance(0.8, REPS));
  });
});
