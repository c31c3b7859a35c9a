import { modelLabel } from '../../domain/model-label.ts';
import type { SummaryModel } from '../../series/schema.ts';
import type { SeriesScores } from '../../series/scores/score-table.ts';
import type { RerunNoise } from '../../series/scores/scored-series.ts';
import { pick } from '../../stats/at.ts';
import { baselinePairs } from './baseline-differences.ts';
import { comparisonOf, ESTIMAND } from './compare.ts';
import { pairPlace, type TestedGroup } from './comparison-families.ts';
import { CELL_RATE, LEVEL } from './row.ts';
import type { ComparisonSet } from './schema.ts';
import { rowMeans } from './ties.ts';

/** The models of one judge and prompting style against each other, as a report shows them. */
export interface RunComparison {
  readonly judge: string;
  readonly style: string;
  /** Pairs of the group, all of which the p-values are adjusted over. */
  readonly pairs: number;
  /** `all` of them are in the set, or `best-and-baselines`: the best model against every other, variants against baselines. */
  readonly shown: 'all' | 'best-and-baselines';
  readonly set: ComparisonSet;
}

export interface ComparisonSource {
  readonly groups: readonly TestedGroup[];
  readonly models: readonly SummaryModel[];
  readonly rerunOf: (series: SeriesScores) => RerunNoise | undefined;
}

/** Up to this number of pairs a reader is shown all of them. */
const PAIRS_SHOWN = 6;

/** Compares the models of every group as `compare` does, with tests that are there already. */
export function runComparisons({ groups, models, rerunOf }: ComparisonSource): RunComparison[] {
  return groups.map((group) => {
    const { series, common, design, tests } = group;
    const pairs = (series.length * (series.length - 1)) / 2;
    const all = pairs <= PAIRS_SHOWN;
    const sides = series.map((entry) => ({
      label: modelLabel({ name: entry.names.model, variant: entry.names.variant }),
      rerun: rerunOf(entry),
    }));
    const { judge, style } = pick(series, 0).names;
    return {
      judge,
      style,
      pairs,
      shown: all ? 'all' : 'best-and-baselines',
      set: {
        version: 1,
        series: sides.map(({ label }) => label),
        scale: pick(series, 0).scale,
        estimand: ESTIMAND,
        questions: common.questions.length,
        bridged: false,
        test: {
          adjustment: tests.adjustment,
          flips: tests.flips,
          exact: tests.exact,
          seed: 0,
          level: LEVEL,
          cellRate: CELL_RATE,
        },
        comparisons: choosePairs(group, models, all).map(([first, second]) =>
          comparisonOf({
            sides,
            common,
            design,
            first,
            second,
            tests: tests.of(first, second),
          }),
        ),
      },
    };
  });
}

type Pair = readonly [first: number, second: number];

/** Variants before baselines, else the higher mean first; best models first. */
function choosePairs(group: TestedGroup, models: readonly SummaryModel[], all: boolean): Pair[] {
  const ranked = rankSeries(group);
  const [best] = ranked;
  const byRank = ranked.flatMap((first, rank) =>
    ranked.slice(rank + 1).map((second): Pair => [first, second]),
  );
  const baselines = baselinePairs(group, models).map(({ own, base }): Pair => [own, base]);
  const orientedOf = ([first, second]: Pair): Pair =>
    baselines.find(([own, base]) => own === second && base === first) ?? [first, second];
  const chosen = all ? byRank : byRank.filter(([first]) => first === best);
  const places = new Map(
    [...chosen, ...baselines].map((pair) => [
      pairPlace(group.series.length, ...pair),
      orientedOf(pair),
    ]),
  );
  return [...places.values()];
}

/** Places of the group by their mean over all questions, the highest first; unrated ones last. */
function rankSeries(group: TestedGroup): number[] {
  const means = pick(
    rowMeans(group),
    group.design.rows.findIndex(({ family }) => family === 'total'),
  );
  const height = (index: number) => pick(means, index) ?? Number.NEGATIVE_INFINITY;
  return means.map((_, index) => index).sort((a, b) => height(b) - height(a) || a - b);
}
