import type { CoverageRow, ItemLabels, QuestionScore, StoredRun } from '../ports/run-archive.ts';
import { mean } from '../stats/describe.ts';
import { estimateRatings } from './estimate.ts';
import { inPaperOrder } from './order.ts';
import type { CellCoverage, RunSummary, Slice, SliceEstimate } from './run-summary.ts';

/** What a summary is made of: all of it comes from the store. */
export interface SummarySource {
  readonly run: StoredRun;
  readonly items: Iterable<ItemLabels>;
  readonly scores: Iterable<QuestionScore>;
  readonly coverage: readonly CoverageRow[];
}

/** Ratings and missing counts of one slice of one series. */
interface Tally {
  readonly ratings: number[];
  missing: number;
}

/** One model under one style and judge. */
interface Series {
  readonly position: { readonly model: number; readonly style: number; readonly judge: number };
  readonly slices: Map<string, { readonly by: Slice; readonly tally: Tally }>;
}

/** Makes every figure of a run. Pure, and the same for rows in any order. */
export function summarizeRun({ run, items, scores, coverage }: SummarySource): RunSummary {
  const labels = new Map<number, ItemLabels>();
  for (const item of items) labels.set(item.position, item);
  const series = collect(scores, labels);
  const all = [...labels.values()];
  const cultures = inPaperOrder(
    'culture',
    all.map((item) => item.culture),
  );
  const categories = inPaperOrder(
    'category',
    all.map((item) => item.category),
  );
  const scopes = inPaperOrder(
    'scope',
    all.flatMap((item) => item.scope ?? []),
  );
  const slices = slicesOf(cultures, categories, scopes);
  const { id, name, provenance } = run.definition;
  return {
    version: 1,
    run: { id, name, provenance },
    models: run.definition.models.map(({ spec, baseline, size, dataShare }) => ({
      model: spec.name,
      variant: spec.variant,
      baseline,
      size,
      dataShare,
    })),
    questions: labels.size,
    cultures,
    categories,
    scopes,
    planned: coverage.reduce((sum, row) => sum + row.planned, 0),
    rated: coverage.reduce((sum, row) => sum + row.rated, 0),
    estimates: series.flatMap((entry) => estimatesOf(entry, run, slices)),
    coverage: coverage.map((row) => coverageOf(row, run)),
  };
}

function collect(
  scores: Iterable<QuestionScore>,
  labels: ReadonlyMap<number, ItemLabels>,
): Series[] {
  const series = new Map<string, Series>();
  for (const score of scores) {
    const { model, style, judge } = score;
    const key = `${model}/${style}/${judge}`;
    const entry = series.get(key) ?? { position: { model, style, judge }, slices: new Map() };
    series.set(key, entry);
    const item = labels.get(score.item);
    if (!item) throw new Error(`a score refers to item ${score.item}, which the run does not have`);
    for (const by of slicesAround(item)) addTo(entry, by, score);
  }
  return [...series.values()].sort(
    ({ position: a }, { position: b }) =>
      a.model - b.model || a.style - b.style || a.judge - b.judge,
  );
}

function addTo(series: Series, by: Slice, score: QuestionScore): void {
  const key = sliceKey(by);
  const slice = series.slices.get(key) ?? { by, tally: { ratings: [], missing: 0 } };
  series.slices.set(key, slice);
  if (score.rating !== null) slice.tally.ratings.push(score.rating);
  slice.tally.missing += score.planned - score.rated;
}

function sliceKey({ culture, category, scope }: Slice): string {
  return JSON.stringify([culture ?? null, category ?? null, scope ?? null]);
}

/** The slices that a question counts in. */
function slicesAround({ culture, category, scope }: ItemLabels): Slice[] {
  const slices: Slice[] = [{}, { culture }, { category }, { culture, category }];
  return scope === null ? slices : [...slices, { scope }, { culture, scope }];
}

function slicesOf(
  cultures: readonly string[],
  categories: readonly string[],
  scopes: readonly string[],
): Slice[] {
  return [
    {},
    ...cultures.map((culture) => ({ culture })),
    ...categories.map((category) => ({ category })),
    ...cultures.flatMap((culture) => categories.map((category) => ({ culture, category }))),
    ...scopes.map((scope) => ({ scope })),
    ...cultures.flatMap((culture) => scopes.map((scope) => ({ culture, scope }))),
  ];
}

function estimatesOf(series: Series, run: StoredRun, slices: readonly Slice[]): SliceEstimate[] {
  return slices.flatMap((by) => {
    const slice = series.slices.get(sliceKey(by));
    if (!slice) return [];
    return {
      ...namesOf(series.position, run),
      by,
      estimate: estimateRatings(slice.tally.ratings, slice.tally.missing),
      macro: macroMean(series, by),
    };
  });
}

/** Mean over the rated culture × category cells that a slice is made of; null for a single cell. */
function macroMean(series: Series, by: Slice): number | null {
  if (by.scope !== undefined || (by.culture !== undefined && by.category !== undefined))
    return null;
  const cells = [...series.slices.values()].filter(
    ({ by: cell }) =>
      cell.culture !== undefined &&
      cell.category !== undefined &&
      (by.culture ?? cell.culture) === cell.culture &&
      (by.category ?? cell.category) === cell.category,
  );
  return mean(cells.flatMap(({ tally }) => mean(tally.ratings) ?? []));
}

function namesOf(position: Series['position'], run: StoredRun) {
  const { models, styles, judges } = run.definition;
  const model = models[position.model];
  const style = styles[position.style];
  const judge = judges[position.judge];
  if (!model || !style || !judge)
    throw new Error('a score refers to a model, style or judge the run does not have');
  return {
    model: model.spec.name,
    variant: model.spec.variant,
    style: style.name,
    judge: judge.spec.name,
  };
}

function coverageOf(row: CoverageRow, run: StoredRun): CellCoverage {
  const { culture, category, planned, rated, truncated, missing } = row;
  return {
    ...namesOf(row, run),
    culture,
    category,
    planned,
    rated,
    truncated,
    missing: { ...missing },
  };
}
