import { describe, expect, it } from 'vitest';
import { estimateSlice, type RatedCell } from '../../src/series/scores/estimate.ts';
import { createRandom, type Random } from '../../src/stats/random/random.ts';
import { repetitions, shareOf, tolerance } from '../stats/monte-carlo.ts';
import { drawRatings, POPULATIONS, populationMean } from '../stats/ratings.ts';

const LEVEL = 0.95;
const REPS = repetitions(80);

type Shares = readonly number[];

interface Design {
  /** Populations of the cells, each with the questions drawn from it. */
  readonly cells: readonly { readonly shares: Shares; readonly n: number }[];
}

const { ceiling, middle, spread } = POPULATIONS;
const even = (n: number, ...populations: readonly Shares[]): Design => ({
  cells: populations.map((shares) => ({ shares, n })),
});

/** What the printed mean estimates: the cells' means in the proportions of their questions. */
function truth({ cells }: Design): number {
  const total = cells.reduce((sum, { n }) => sum + n, 0);
  return cells.reduce((sum, { shares, n }) => sum + (n / total) * populationMean(shares), 0);
}

function drawCells({ cells }: Design, random: Random): RatedCell[] {
  let next = 0;
  return cells.map(({ shares, n }) => ({
    values: drawRatings(n, shares, random),
    clusters: Array.from({ length: n }, () => next++),
  }));
}

function coverage(design: Design): number {
  const random = createRandom(`coverage ${JSON.stringify(design)}`);
  const target = truth(design);
  return shareOf(REPS, () => {
    const { low, high } = estimateSlice({
      cells: drawCells(design, random),
      missing: 0,
      scope: false,
      scale: 'rating',
    });
    return low !== null && high !== null && low <= target && target <= high;
  });
}

describe('95 % intervals of a summary', () => {
  it.each([
    ['a cell of 30, ratings all over the scale', even(30, spread)],
    ['a cell of 30 near the ceiling', even(30, ceiling)],
    ['a cell of 10 near the ceiling', even(10, ceiling)],
    ['a culture of five cells of 30', even(30, spread, middle, middle, ceiling, ceiling)],
    [
      'a culture of five cells of 30, all near the ceiling',
      even(30, ...Array<Shares>(5).fill(ceiling)),
    ],
    [
      'a culture of five cells of 5, too few to stratify',
      even(5, spread, middle, middle, ceiling, ceiling),
    ],
    [
      'a scope that stands unevenly in its cells',
      {
        cells: [
          { shares: spread, n: 17 },
          { shares: middle, n: 3 },
          { shares: ceiling, n: 12 },
        ],
      },
    ],
  ] as const)('cover the true mean of %s', (_, design) => {
    expect(coverage(design)).toBeGreaterThan(0.92 - tolerance(LEVEL, REPS));
  });

  it('cover where passages carry four questions each, where the naive error does not', () => {
    const random = createRandom('clustered coverage');
    const target = populationMean(middle);
    const draw = (): RatedCell => {
      // Half of the questions of a passage share one rating: intra-class correlation about .25.
      const passages = Array.from({ length: 15 }, (_, passage) => {
        const [shared = 0, ...own] = drawRatings(5, middle, random);
        return own.map((rating) => ({
          rating: random.uniform() < 0.5 ? shared : rating,
          passage,
        }));
      }).flat();
      return {
        values: passages.map(({ rating }) => rating),
        clusters: passages.map(({ passage }) => passage),
      };
    };
    const cells = Array.from({ length: REPS }, draw);
    const covers = (cell: RatedCell) => {
      const { low, high } = estimateSlice({
        cells: [cell],
        missing: 0,
        scope: false,
        scale: 'rating',
      });
      return low !== null && high !== null && low <= target && target <= high;
    };
    const naive = cells.map(({ values }) => ({
      values,
      clusters: values.map((_, index) => index),
    }));
    const share = (all: readonly RatedCell[]) => all.filter(covers).length / REPS;
    expect(share(cells)).toBeGreaterThan(0.92 - tolerance(LEVEL, REPS));
    expect(share(naive)).toBeLessThan(share(cells));
  });
});
