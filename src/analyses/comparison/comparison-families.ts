import {
  type CommonQuestions,
  differencesOf,
  LEFT_OUT_LIMIT,
} from '../../series/contrasts/common-questions.ts';
import { type ContrastDesign, contrastDesign } from '../../series/contrasts/strata.ts';
import {
  groupSeries,
  type ScoreTable,
  type SeriesScores,
} from '../../series/scores/score-table.ts';
import { pick } from '../../stats/at.ts';
import { adjustTests, type RowTest, testsByT } from './significance.ts';

/** Series that are compared with one another on the same questions, with tests of all their pairs. */
export interface TestedGroup {
  readonly series: readonly SeriesScores[];
  readonly common: CommonQuestions;
  readonly design: ContrastDesign;
  readonly tests: PairTests;
}

export interface PairTests {
  /** By row of the design: two places of the group, in either order. */
  readonly of: (first: number, second: number) => readonly RowTest[];
  readonly adjustment: 'max-t' | 'bonferroni-t';
  /** 0 where no flips were taken but t distributions. */
  readonly flips: number;
  readonly exact: boolean;
}

export interface TestedGroups {
  /** The models of one judge, or of the same panel, and one prompting style. */
  readonly models: readonly TestedGroup[];
  /** The styles and variants of one model under one judge; none where there is one style. */
  readonly ways: readonly TestedGroup[];
}

/** Statistics computed at most over all groups, flips × pairs × what one takes; then fewer flips. */
const FLIPS = [
  { flips: 9999, work: 3e8 },
  { flips: 1999, work: 5e8 },
  { flips: 999, work: 1e9 },
] as const;

/** The seed of `compare`, so that both say the same. */
const SEED = 0;

type Matched = Omit<TestedGroup, 'tests'>;

/**
 * Tests all pairs of every group: total, and cultures with categories, by max-T over all pairs, as the
 * best is chosen by the same data; cells at a false discovery rate. Beyond what flips can be afforded
 * for: Bonferroni on paired t.
 */
export function testGroups(table: ScoreTable): TestedGroups {
  const several = new Set(table.series.map(({ position }) => position.style)).size > 1;
  const models = matchAll(table, ({ position: { style }, raterKey }) => `${raterKey}/${style}`);
  const ways = several
    ? matchAll(table, ({ raterKey, names }) => `${raterKey}/${names.model}`)
    : [];
  const work = [...models, ...ways].reduce((sum, group) => sum + workOf(group), 0);
  const flips = FLIPS.find((choice) => choice.flips * work <= choice.work)?.flips;
  const test = (group: Matched): TestedGroup => ({ ...group, tests: testPairs(group, flips) });
  return { models: models.map(test), ways: ways.map(test) };
}

function matchAll(table: ScoreTable, keyOf: (series: SeriesScores) => string): Matched[] {
  return groupSeries(table.series, keyOf).flatMap((series) => matchQuestions(table, series) ?? []);
}

/** The questions that all series plan; null for one series, or where more than 5 % are not common. */
function matchQuestions({ items }: ScoreTable, series: readonly SeriesScores[]): Matched | null {
  if (series.length < 2) return null;
  const places = items.flatMap((_, place) =>
    series.some(({ planned }) => planned[place]) ? [place] : [],
  );
  const common = places
    .filter((place) => series.every(({ planned }) => planned[place]))
    .sort((a, b) => (pick(items, a).key < pick(items, b).key ? -1 : 1));
  if (common.length === 0 || places.length - common.length > LEFT_OUT_LIMIT * places.length)
    return null;
  const shared = new Set(common);
  const questions = common.map((place) => {
    const { key: item, id, culture, category, scope, cluster } = pick(items, place);
    return { item, id, culture, category, scope, cluster };
  });
  return {
    series,
    common: {
      questions,
      pairedByCluster: false,
      ratings: series.map(({ rated, ratings }) =>
        common.map((place) => (rated[place] ? Number(ratings[place]) : null)),
      ),
      leftOut: series.map(({ planned }) =>
        places
          .filter((place) => planned[place] && !shared.has(place))
          .map((place) => pick(items, place).id)
          .sort(),
      ),
    },
    design: contrastDesign(questions, series[0]?.scale ?? 'rating'),
  };
}

const pairsOf = (count: number) => (count * (count - 1)) / 2;

/** A flip of one pair looks up a sum for every eight questions, then goes through cells and rows. */
function workOf({ design, series }: Matched): number {
  return pairsOf(series.length) * (design.cellOf.length / 8 + 10 * design.cells.length);
}

function testPairs(group: Matched, flips: number | undefined): PairTests {
  return flips === undefined ? pairsByT(group) : pairsByFlips(group, flips);
}

function pairsByFlips({ design, common, series }: Matched, flips: number): PairTests {
  const contrasts = series.flatMap((_, first) =>
    series.slice(first + 1).map((_later, gap) => differencesOf(common, first, first + 1 + gap)),
  );
  const { tests, ...taken } = adjustTests(design, contrasts, {
    adjustment: 'max-t',
    seed: SEED,
    flips,
  });
  return {
    of: (first, second) => pick(tests, pairPlace(series.length, first, second)),
    adjustment: 'max-t',
    ...taken,
  };
}

/** Pairs one by one as they are asked for: all of them at once would fill the memory. */
function pairsByT({ design, common, series }: Matched): PairTests {
  const known = new Map<number, readonly RowTest[]>();
  const test = testsByT(design, pairsOf(series.length));
  return {
    of: (first, second) => {
      const place = pairPlace(series.length, first, second);
      const tests = known.get(place) ?? test(differencesOf(common, first, second));
      known.set(place, tests);
      return tests;
    },
    adjustment: 'bonferroni-t',
    flips: 0,
    exact: false,
  };
}

/** Where the pair of two of `count` places stands among all pairs, in either order. */
export function pairPlace(count: number, a: number, b: number): number {
  const [first, second] = [Math.min(a, b), Math.max(a, b)];
  return first * count - (first * (first + 1)) / 2 + second - first - 1;
}
