import type { RunDefinition } from '../../domain/run-definition.ts';
import type { AnswerLanguageTally } from '../../ports/answer-languages.ts';
import type { RuleScore } from '../../ports/rule-archive.ts';
import type {
  CoverageRow,
  ExpectedScore,
  ItemLabels,
  JudgmentOutcome,
  LanguageAnswers,
  QuestionScore,
  StoredRun,
  TrialRating,
} from '../../ports/run-archive.ts';
import type { SliceEstimate, SummaryModel } from '../../series/schema.ts';
import { seatJuries } from '../../series/scores/jury-ratings.ts';
import {
  componentsOf,
  componentsRow,
  frozenInterval,
  gatherRepeats,
  type RepeatedRatings,
  rerunNoise,
} from '../../series/scores/repeats.ts';
import { scored } from '../../series/scores/run-ratings.ts';
import {
  type ScoreTable,
  type SeriesScores,
  type TableItem,
  tabulateScores,
} from '../../series/scores/score-table.ts';
import { type SeriesPosition, seriesNames } from '../../series/scores/scored-series.ts';
import { estimateOfSlice } from '../../series/scores/slice-estimate.ts';
import {
  clusterCodes,
  dimensionsOf,
  type SlicePlaces,
  slicesOf,
} from '../../series/scores/slices.ts';
import { mean } from '../../stats/means/describe.ts';
import type { VarianceComponents } from '../../stats/variance/variance-components.ts';
import { baselineDifferences } from '../comparison/baseline-differences.ts';
import { type TestedGroups, testGroups } from '../comparison/comparison-families.ts';
import { type RunComparison, runComparisons } from '../comparison/run-comparisons.ts';
import { findTies, type TieFinder, tieMethod } from '../comparison/ties.ts';
import { summarizeJuries } from '../jury/jury.ts';
import { answerLanguageRows } from './answer-languages.ts';
import { summarizeExpected } from './expected.ts';
import { type MissingDetail, missingDetail } from './missing-detail.ts';
import { describeMissing, type MissingnessSource } from './missingness.ts';
import { ratingSpread } from './rating-spread.ts';
import type { CellCoverage, LanguageTruncation, RunSummary } from './schema.ts';
import { scopeContrasts } from './scope-contrasts.ts';

/** What a summary is made of: all of it comes from the store. */
export interface SummarySource extends MissingDetail {
  readonly run: StoredRun;
  readonly items: Iterable<ItemLabels>;
  readonly scores: Iterable<QuestionScore>;
  /** Read only where a question has several ratings. */
  readonly trials: () => Iterable<TrialRating>;
  /** Scores of rules; left out where the run has none. */
  readonly ruleScores?: () => Iterable<RuleScore>;
  readonly coverage: readonly CoverageRow[];
  /** Answer by answer; read only where the run has juries. */
  readonly outcomes?: () => Iterable<JudgmentOutcome>;
  /** Read only where a judge was asked for token probabilities. */
  readonly expected?: () => Iterable<ExpectedScore>;
  /** Left out where no one asks. */
  readonly languages?: readonly LanguageAnswers[];
  /** Left out where nobody has looked. */
  readonly answerLanguages?: readonly AnswerLanguageTally[];
}

const ESTIMAND =
  'Intervals of estimates speak about questions like these: the questions of each culture and category are a sample, their mix is as it is here. `frozen` speaks about these very questions, answered and judged again.';

/** A summary with what a report shows beside it. */
export interface RunAnalysis {
  readonly summary: RunSummary;
  readonly comparisons: readonly RunComparison[];
}

/** Makes every figure of a run. Pure, and the same for rows in any order. */
export function summarizeRun(source: SummarySource): RunSummary {
  return analyzeRun(source).summary;
}

/**
 * The same with the comparisons of its models. Seconds of work at a stretch for dozens of models: to be
 * called where no live display and no server waits for the event loop, as all commands do.
 */
export function analyzeRun(source: SummarySource): RunAnalysis {
  const { run } = source;
  const { definition } = run;
  const { judges, juries } = definition;
  const expects = judges.some(({ expectedRating }) => expectedRating);
  // A million of them are kept only where they are read again.
  const kept = juries.length > 0 || expects ? [...source.items] : [];
  const items = kept.length > 0 ? kept : source.items;
  const seated = seatJuries(definition, source.outcomes ?? none);
  const rules = scored(definition, source.ruleScores?.() ?? []);
  const scores = all(source.scores, seated.scores, rules);
  const table = tabulateScores({ definition, items, scores });
  const repeatsOf = table.series.some(({ planned }) => planned.some((count) => count > 1))
    ? gatherRepeats(all(source.trials(), seated.trials))
    : () => null;
  const groups = testGroups(table);
  const components = new Map(
    table.series.map((series) => {
      const repeats = repeatsOf(series.position);
      return [series, repeats && componentsOf(repeats)] as const;
    }),
  );
  const models = distinctModels(definition);
  const asked = {
    ...(juries.length > 0 && { juries: summarizeJuries(definition, seated, kept) }),
    ...(expects && { expected: expectedOf(source, kept) }),
  };
  const summary = summaryOf({ source, table, repeatsOf, groups, components, models, asked });
  const comparisons = runComparisons({
    groups: groups.models,
    models,
    rerunOf: (series) => {
      const found = components.get(series);
      return (found && rerunNoise(found)) ?? undefined;
    },
  });
  return { summary, comparisons };
}

interface AnalyzedRun {
  readonly source: SummarySource;
  readonly table: ScoreTable;
  readonly repeatsOf: (position: SeriesPosition) => RepeatedRatings | null;
  readonly groups: TestedGroups;
  readonly components: ReadonlyMap<SeriesScores, VarianceComponents | null>;
  readonly models: readonly SummaryModel[];
  /** What only some runs ask for. */
  readonly asked: Pick<RunSummary, 'juries' | 'expected'>;
}

function summaryOf(analyzed: AnalyzedRun): RunSummary {
  const { source, table, repeatsOf, groups, models } = analyzed;
  const { run, coverage } = source;
  const { id, name, provenance } = run.definition;
  const dimensions = dimensionsOf(table.items);
  const slices = slicesOf(table.items, dimensions);
  const clusters = clusterCodes(table.items);
  const [tied, tiedWays] = [findTies(groups.models), findTies(groups.ways)];
  const differences = baselineDifferences(groups.models, models);
  return {
    version: 1,
    run: { id, name, provenance },
    models: [...models],
    questions: table.items.length,
    cultures: [...dimensions.cultures],
    categories: [...dimensions.categories],
    scopes: [...dimensions.scopes],
    planned: coverage.reduce((sum, row) => sum + row.planned, 0),
    rated: coverage.reduce((sum, row) => sum + row.rated, 0),
    estimand: ESTIMAND,
    ties: tieMethod(groups.models),
    estimates: table.series.flatMap((series) => {
      const repeats = repeatsOf(series.position);
      const ways = groups.ways.length > 0 ? tiedWays : null;
      const at = { series, items: table.items, clusters, repeats, tied, ways };
      return slices.flatMap((slice) => sliceEstimate(at, slice));
    }),
    ...(differences.length > 0 ? { differences } : {}),
    scopeContrasts: table.series.flatMap((series) =>
      scopeContrasts({ items: table.items, clusters, scopes: dimensions.scopes }, series),
    ),
    components: [...analyzed.components].flatMap(([{ names }, components]) =>
      components ? [componentsRow(names, components)] : [],
    ),
    missingness: describeMissing({ table, slices, ratingSum: ratingSums(table, repeatsOf) }),
    answerLanguages: answerLanguageRows(
      source.answerLanguages ?? [],
      run.definition,
      dimensions.cultures,
    ),
    coverage: coverage.map((row) => coverageOf(row, run)),
    ...missingDetail(source),
    languages: truncationOf(source.languages ?? [], run.definition),
    ...analyzed.asked,
  };
}

/** Sum of a question's ratings, where trials are kept apart. */
function ratingSums(
  { items }: ScoreTable,
  repeatsOf: AnalyzedRun['repeatsOf'],
): MissingnessSource['ratingSum'] {
  return (series, place) => {
    const item = items[place]?.item;
    const answers = item === undefined ? null : repeatsOf(series.position)?.get(item);
    return answers
      ? [...answers.values()].flat().reduce((sum, value) => sum + value, 0)
      : undefined;
  };
}

function expectedOf({ run, expected = none }: SummarySource, items: readonly ItemLabels[]) {
  return summarizeExpected({ definition: run.definition, items, scores: [...expected()] });
}

const none = (): [] => [];

function* all<Row>(...lists: readonly Iterable<Row>[]): Generator<Row> {
  for (const rows of lists) yield* rows;
}

/** One for each name and variant: checkpoints made for one culture each are one model's. */
function distinctModels({ models }: RunDefinition): SummaryModel[] {
  const distinct = new Map<string, SummaryModel>();
  for (const { spec, baseline, size, dataShare } of models) {
    const { name, variant } = spec;
    const label = JSON.stringify([name, variant]);
    if (!distinct.has(label))
      distinct.set(label, { model: name, variant, baseline, size, dataShare });
  }
  return [...distinct.values()];
}

interface SeriesAtHand {
  readonly series: SeriesScores;
  readonly items: readonly TableItem[];
  readonly clusters: Int32Array;
  readonly repeats: RepeatedRatings | null;
  readonly tied: TieFinder;
  /** Among the model's own styles and variants; null in runs with one style. */
  readonly ways: TieFinder | null;
}

/** One figure; none where the series plans no question of the slice. */
function sliceEstimate(at: SeriesAtHand, slice: SlicePlaces): SliceEstimate[] {
  const { series, items, repeats } = at;
  const found = estimateOfSlice(at, slice);
  if (found === null) return [];
  const { estimate, cells: ratedCells, places } = found;
  const { by } = slice;
  const { rated } = series;
  const ofItems = places.flatMap((place) => (rated[place] ? (items[place]?.item ?? []) : []));
  const single = by.culture !== undefined && by.category !== undefined;
  return [
    {
      ...series.names,
      scale: series.scale,
      by,
      estimate,
      macro:
        by.scope !== undefined || single
          ? null
          : mean(ratedCells.flatMap(({ values }) => mean(values) ?? [])),
      tiedWithBest: at.tied(series, by)?.tied ?? null,
      ...(at.tied(series, by)?.missingDecides ? { missingDecides: true as const } : {}),
      ...(at.ways === null ? {} : { tiedWithBestWay: at.ways(series, by)?.tied ?? null }),
      frozen:
        repeats === null || estimate.value === null
          ? null
          : frozenInterval(estimate.value, ofItems, repeats),
      spread:
        series.scale === 'rating' ? ratingSpread(ratedCells.flatMap(({ values }) => values)) : null,
    },
  ];
}

function coverageOf(row: CoverageRow, { definition }: StoredRun): CellCoverage {
  const { culture, category, planned, rated, truncated, missing } = row;
  return {
    ...seriesNames(row, definition),
    culture,
    category,
    planned,
    rated,
    truncated,
    missing: { ...missing },
  };
}

/** Checkpoints of one model in one language are added up. */
function truncationOf(
  rows: readonly LanguageAnswers[],
  { models, styles }: RunDefinition,
): LanguageTruncation[] {
  const found = new Map<string, LanguageTruncation>();
  for (const { model, style, language, answered, truncated } of rows) {
    const spec = models[model]?.spec;
    const styleName = styles[style]?.name;
    if (!spec || styleName === undefined)
      throw new Error('an answer refers to a model or style the run does not have');
    const key = JSON.stringify([model, style, language]);
    const known = found.get(key);
    found.set(key, {
      ...{ model: spec.name, variant: spec.variant, style: styleName, language },
      answered: (known?.answered ?? 0) + answered,
      truncated: (known?.truncated ?? 0) + truncated,
    });
  }
  return [...found.values()];
}
