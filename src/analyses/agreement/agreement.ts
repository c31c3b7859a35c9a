import { inPaperOrder } from '../../series/names/order.ts';
import { createRandom } from '../../stats/random/random.ts';
import type { CalibrationMethod } from '../../stats/scales/calibrate.ts';
import { humanScale } from './human-scale/human-scale.ts';
import { calibrationCurve, sideCounts } from './levels/curve.ts';
import { betweenShares, explainLevels } from './levels/explain.ts';
import type { BootstrapSettings } from './levels/figures.ts';
import { agreementLevels } from './levels/levels.ts';
import { pairsByRaters } from './levels/measure.ts';
import {
  countDistinct,
  humanHumanPairs,
  judgeHumanPairs,
  judgeJudgePairs,
  type PairPlace,
  type PairSet,
  type RatedAnswer,
  type RatingPair,
} from './levels/pairs.ts';
import {
  AGREEMENT_LEVELS,
  type Agreement,
  type AgreementReport,
  type AgreementSlice,
  type RaterPair,
} from './schema.ts';

/** What agreement is computed from. */
export interface AgreementSource {
  readonly runs: readonly string[];
  /** Answers of the runs, and after them rated answers that are not in the runs. */
  readonly answers: readonly RatedAnswer[];
  /** Judges by label, in the order of the configs. */
  readonly judges: readonly string[];
  readonly ratings: number;
  readonly rescaled: number;
  readonly sources: readonly string[];
}

export interface AgreementOptions {
  readonly seed: number;
  /** Bootstrap resamples; 2000 by default. */
  readonly resamples?: number;
  /** How ratings are carried to the human scale for models without labels; affine by default. */
  readonly calibration?: CalibrationMethod;
}

/** The name of the human side. */
const PEOPLE = 'people';

/** Every comparison that the ratings allow: judges with people, people, judges. Pure, and seeded. */
export function describeAgreement(
  source: AgreementSource,
  { seed, resamples = 2000, calibration = 'affine' }: AgreementOptions,
): AgreementReport {
  const { answers, judges } = source;
  const sides: (Pick<Agreement, 'kind' | 'first' | 'second'> & { set: PairSet })[] = [
    ...judges.map((judge) => ({
      kind: 'judge-human' as const,
      first: judge,
      second: PEOPLE,
      set: judgeHumanPairs(answers, judge),
    })),
    { kind: 'human-human', first: PEOPLE, second: PEOPLE, set: humanHumanPairs(answers) },
    ...judges.flatMap((one, index) =>
      judges.slice(index + 1).map((other) => ({
        kind: 'judge-judge' as const,
        first: one,
        second: other,
        set: judgeJudgePairs(answers, one, other),
      })),
    ),
  ];
  return {
    version: 1,
    runs: [...source.runs],
    seed,
    resamples,
    human: humanCounts(source),
    agreements: sides
      .filter(({ set }) => set.pairs.length > 0)
      .map((side) => describePairs(side, { seed, resamples })),
    humanScale: humanScale(answers, judges, calibration),
  };
}

function humanCounts({
  answers,
  ratings,
  rescaled,
  sources,
}: AgreementSource): AgreementReport['human'] {
  const rated = answers.filter(({ raters }) => raters.length > 0);
  const distinct = (some: readonly RatedAnswer[]) => new Set(some.map(({ answer }) => answer)).size;
  const raters = new Set(rated.flatMap((answer) => answer.raters.map(({ rater }) => rater)));
  return {
    ratings,
    answers: distinct(rated),
    raters: raters.size,
    linked: distinct(rated.filter(({ system }) => system !== null)),
    outside: distinct(rated.filter(({ system }) => system === null)),
    rescaled,
    sources: [...sources],
  };
}

type Sides = Pick<Agreement, 'kind' | 'first' | 'second'> & { readonly set: PairSet };

function describePairs(
  { kind, first, second, set }: Sides,
  { seed, resamples }: { readonly seed: number; readonly resamples: number },
): Agreement {
  const { pairs } = set;
  const cultures = inPaperOrder('culture', distinctOf(set, 'culture'));
  const categories = inPaperOrder('category', distinctOf(set, 'category'));
  const random = createRandom(`agreement ${seed}`).stream(JSON.stringify([kind, first, second]));
  const slices = slicesOf(cultures, categories).flatMap((by): AgreementSlice[] => {
    const part = partOf(set, by);
    if (part.pairs.length === 0) return [];
    const levels = by.category === undefined ? AGREEMENT_LEVELS : (['pooled'] as const);
    const settings = { random: random.stream(JSON.stringify(by)), resamples };
    return [
      {
        by,
        pairs: part.pairs.length,
        answers: countDistinct(part.pairs, ({ answer, system }) =>
          JSON.stringify([answer, system]),
        ),
        questions: countDistinct(part.pairs, ({ cluster }) => cluster),
        missing: part.missing.length,
        levels: agreementLevels(part, levels, settings),
      },
    ];
  });
  const people = kind === 'human-human';
  // Between people no side is the first: each pair is taken both ways.
  const sided = people ? [...pairs, ...pairs.map(mirrored)] : pairs;
  const between = {
    first: betweenShares(sided, 'first'),
    second: betweenShares(sided, 'second'),
  };
  return {
    kind,
    first,
    second,
    raters: set.raters,
    systems: countDistinct(pairs, ({ system }) => system),
    slices,
    between,
    explanation: explainLevels({ slices, between, first, second }),
    distribution: sideCounts(sided, cultures),
    curve: calibrationCurve(sided, cultures),
    ...(people ? { raterPairs: raterPairs(pairs, { random, resamples }) } : {}),
  };
}

const mirrored = (pair: RatingPair): RatingPair => ({
  ...pair,
  first: pair.second,
  second: pair.first,
});

const RATER_PAIRS = 20;

function raterPairs(pairs: readonly RatingPair[], settings: BootstrapSettings): RaterPair[] {
  return pairsByRaters(pairs)
    .slice(0, RATER_PAIRS)
    .flatMap(([name, rows]): RaterPair[] => {
      const own = rows.flatMap((row) => pairs[row] ?? []);
      const raters = own[0]?.raters;
      if (!raters) return [];
      const [pooled] = agreementLevels({ pairs: own, missing: [], raters: 2 }, ['pooled'], {
        ...settings,
        random: settings.random.stream(name),
      });
      return [{ raters: [...raters], answers: own.length, figures: pooled?.figures ?? {} }];
    });
}

function distinctOf({ pairs }: PairSet, dimension: 'culture' | 'category'): Set<string> {
  return new Set(pairs.flatMap(({ place }) => place[dimension] ?? []));
}

/** One name alone is the whole, and is not said twice. */
function slicesOf(
  cultures: readonly string[],
  categories: readonly string[],
): AgreementSlice['by'][] {
  const several = (names: readonly string[]) => (names.length > 1 ? names : []);
  return [
    {},
    ...several(cultures).map((culture) => ({ culture })),
    ...several(categories).map((category) => ({ category })),
    ...several(cultures).flatMap((culture) =>
      several(categories).map((category) => ({ culture, category })),
    ),
  ];
}

function partOf(set: PairSet, { culture, category }: AgreementSlice['by']): PairSet {
  const within = (place: PairPlace) =>
    (culture === undefined || place.culture === culture) &&
    (category === undefined || place.category === category);
  return {
    pairs: set.pairs.filter(({ place }) => within(place)),
    missing: set.missing.filter(within),
    raters: set.raters,
  };
}
