import type { RunDefinition } from '../domain/run-definition.ts';
import type {
  CoverageRow,
  ExpectedScore,
  ItemLabels,
  JudgmentOutcome,
  LanguageAnswers,
  QuestionScore,
  StoredRun,
  TrialRating,
} from '../ports/run-archive.ts';
import { mean } from '../stats/describe.ts';
import { summarizeExpected } from './expected.ts';
import { summarizeJuries } from './jury.ts';
import { describeMissing } from './missingness.ts';
import { ratingSpread } from './rating-spread.ts';
import {
  componentsOf,
  componentsRow,
  frozenInterval,
  gatherRepeats,
  type RepeatedRatings,
} from './repeats.ts';
import type {
  CellCoverage,
  LanguageTruncation,
  RunSummary,
  SliceEstimate,
  SummaryModel,
} from './run-summary.ts';
import { scopeContrasts } from './scope-contrasts.ts';
import { type SeriesScores, type TableItem, tabulateScores } from './score-table.ts';
import { seriesNames } from './scored-series.ts';
import { seatJuries } from './seat-juries.ts';
import { estimateOfSlice } from './slice-estimate.ts';
import { clusterCodes, dimensionsOf, type SlicePlaces, slicesOf } from './slices.ts';
import { findTies, type TieFinder } from './ties.ts';

/** What a summary is made of: all of it comes from the store. */
export interface SummarySource {
  readonly run: StoredRun;
  readonly items: Iterable<ItemLabels>;
  readonly scores: Iterable<QuestionScore>;
  /** Read only where a question has several ratings. */
  readonly trials: () => Iterable<TrialRating>;
  readonly coverage: readonly CoverageRow[];
  /** Answer by answer; read only where the run has juries. */
  readonly outcomes?: () => Iterable<JudgmentOutcome>;
  /** Read only where a judge was asked for token probabilities. */
  readonly expected?: () => Iterable<ExpectedScore>;
  /** Left out where no one asks. */
  readonly languages?: readonly LanguageAnswers[];
}

const ESTIMAND =
  'Intervals of estimates speak about questions like these: the questions of each culture and category are a sample, their mix is as it is here. `frozen` speaks about these very questions, answered and judged again.';

/** Makes every figure of a run. Pure, and the same for rows in any order. */
export function summarizeRun(source: SummarySource): RunSummary {
  const { run, coverage } = source;
  const { definition } = run;
  const { judges, juries } = definition;
  const expects = judges.some(({ expectedRating }) => expectedRating);
  // A million of them are kept only where they are read again.
  const kept = juries.length > 0 || expects ? [...source.items] : [];
  const items = kept.length > 0 ? kept : source.items;
  const seated = seatJuries(definition, source.outcomes ?? none);
  const scores = both(source.scores, seated.scores);
  const table = tabulateScores({ definition, items, scores });
  const dimensions = dimensionsOf(table.items);
  const slices = slicesOf(table.items, dimensions);
  const repeatsOf = table.series.some(({ planned }) => planned.some((count) => count > 1))
    ? gatherRepeats(both(source.trials(), seated.trials))
    : () => null;
  const ties = findTies(table);
  const clusters = clusterCodes(table.items);
  const { id, name, provenance } = definition;
  return {
    version: 1,
    run: { id, name, provenance },
    models: distinctModels(definition),
    questions: table.items.length,
    cultures: [...dimensions.cultures],
    categories: [...dimensions.categories],
    scopes: [...dimensions.scopes],
    planned: coverage.reduce((sum, row) => sum + row.planned, 0),
    rated: coverage.reduce((sum, row) => sum + row.rated, 0),
    estimand: ESTIMAND,
    ties: ties.method,
    estimates: table.series.flatMap((series) => {
      const repeats = repeatsOf(series.position);
      const at = { series, items: table.items, clusters, repeats, tied: ties.tied };
      return slices.flatMap((slice) => sliceEstimate(at, slice));
    }),
    scopeContrasts: table.series.flatMap((series) =>
      scopeContrasts({ items: table.items, clusters, scopes: dimensions.scopes }, series),
    ),
    components: table.series.flatMap((series) => {
      const repeats = repeatsOf(series.position);
      const components = repeats && componentsOf(repeats);
      return components ? [componentsRow(series.names, components)] : [];
    }),
    missingness: describeMissing({
      table,
      slices,
      ratingSum: (series, place) => {
        const item = table.items[place]?.item;
        const answers = item === undefined ? null : repeatsOf(series.position)?.get(item);
        return answers
          ? [...answers.values()].flat().reduce((sum, value) => sum + value, 0)
          : undefined;
      },
    }),
    coverage: coverage.map((row) => coverageOf(row, run)),
    languages: truncationOf(source.languages ?? [], definition),
    ...(juries.length > 0 && { juries: summarizeJuries(definition, seated, kept) }),
    ...(expects && { expected: expectedOf(source, kept) }),
  };
}

function expectedOf({ run, expected = none }: SummarySource, items: readonly ItemLabels[]) {
  return summarizeExpected({ definition: run.definition, items, scores: [...expected()] });
}

const none = (): [] => [];

function* both<Row>(first: Iterable<Row>, second: Iterable<Row>): Generator<Row> {
  yield* first;
  yield* second;
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
      by,
      estimate,
      macro:
        by.scope !== undefined || single
          ? null
          : mean(ratedCells.flatMap(({ values }) => mean(values) ?? [])),
      tiedWithBest: at.tied(series, by),
      frozen:
        repeats === null || estimate.value === null
          ? null
          : frozenInterval(estimate.value, ofItems, repeats),
      spread: ratingSpread(ratedCells.flatMap(({ values }) => values)),
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
