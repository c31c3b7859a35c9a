import { readAccuracy } from '../analyses/accuracy/read.ts';
import { type AgreementSource, describeAgreement } from '../analyses/agreement/agreement.ts';
import { gatherAgreement } from '../analyses/agreement/gather.ts';
import { humanScale } from '../analyses/agreement/human-scale/human-scale.ts';
import type { HumanScale } from '../analyses/agreement/human-scale/schema.ts';
import type { AgreementReport } from '../analyses/agreement/schema.ts';
import type { RunComparison } from '../analyses/comparison/run-comparisons.ts';
import type { Drift } from '../analyses/drift/drift.ts';
import { driftOfRun } from '../analyses/drift/read.ts';
import { judgeCards } from '../analyses/judge-card/read.ts';
import type { JudgeCard } from '../analyses/judge-card/schema.ts';
import { LEAST_MASS } from '../analyses/summary/expected.ts';
import type { RunSummary } from '../analyses/summary/schema.ts';
import { analyzeRun, type RunAnalysis } from '../analyses/summary/summarize.ts';
import { modelLabel } from '../domain/model-label.ts';
import type { RunDefinition } from '../domain/run-definition.ts';
import type { AnswerLanguageTally } from '../ports/answer-languages.ts';
import type { RuleScore } from '../ports/rule-archive.ts';
import type {
  CoverageRow,
  ItemLabels,
  JudgmentPlace,
  QuestionScore,
  RatingTally,
  RunArchive,
  StoredRun,
  Suspect,
} from '../ports/run-archive.ts';
import type { RatingCount } from '../render/chart/chart.ts';
import { missingDetail } from '../series/names/missing.ts';
import { resolveRuns } from '../series/names/resolve-run.ts';
import { seatJuries } from '../series/scores/jury-ratings.ts';
import { type MergedRuns, mergeRuns, type Placement } from '../series/scores/merge-runs.ts';
import type { LabelledAnswer, PageExample } from './page/page-source.ts';
import { pickExamples } from './sections/pick-examples.ts';

/** What a report is made of, read from the store. */
export interface ReportSource {
  /** Of the run, or of all runs as one. */
  readonly summary: RunSummary;
  readonly runs: readonly StoredRun[];
  readonly ratings: readonly RatingCount[];
  readonly examples: readonly PageExample[];
  /** Judge beside people; null for a store without ratings by people. */
  readonly agreement: AgreementReport | null;
  readonly drift: readonly Drift[];
  /** One a judge. */
  readonly cards: readonly JudgeCard[];
  readonly suspects: readonly Suspect[];
  /** The models under each judge and style against each other; empty for one model. */
  readonly comparisons: readonly RunComparison[];
  readonly juryExamples: readonly PageExample[];
}

/** Reads runs by their ids or beginnings, or the newest where none is named. Throws OperatorError where there is none. */
export function readReportSource(archive: RunArchive, runs: readonly string[]): ReportSource {
  const stored = loadRuns(archive, runs);
  const merged = mergeRuns(stored);
  const judged = withPeople(archive, stored);
  const agreement = judged && describeAgreement(judged, { seed: 0 });
  const analysis = analysisOf(archive, stored, merged);
  const scaled = withScales(analysis.summary, agreement?.humanScale ?? []);
  const summary = withAccuracy(archive, scaled, { stored, merged });
  const answers = judged?.answers ?? [];
  const drift = stored.flatMap(({ definition }) => driftOfRun(archive, definition.id));
  return {
    ...analysis,
    summary,
    agreement: agreement && agreement.agreements.length > 0 ? agreement : null,
    runs: stored,
    ratings: stored.flatMap((run, index) =>
      archive.ratingTallies(run.definition.id).map((tally) => ratingCount(tally, merged, index)),
    ),
    examples: stored.flatMap((run) => examplesOf(archive, run, stored.length)),
    drift,
    cards: judgeCards(archive, { stored, merged, summary, agreement, answers, drift }),
    suspects: stored.flatMap(({ definition }) => archive.suspects(definition.id)),
    juryExamples: stored.flatMap((run) => juryExamplesOf(archive, run, stored.length)),
  };
}

/** The figures alone: of one run, of several as one, or of the newest. */
export function readSummary(archive: RunArchive, runs: readonly string[]): RunSummary {
  const stored = loadRuns(archive, runs);
  const merged = mergeRuns(stored);
  const summary = withAccuracy(archive, analysisOf(archive, stored, merged).summary, {
    stored,
    merged,
  });
  const judged = withPeople(archive, stored);
  return withScales(summary, judged ? humanScale(judged.answers, judged.judges, 'affine') : []);
}

function loadRuns(archive: RunArchive, runs: readonly string[]): StoredRun[] {
  return resolveRuns(archive, runs).map((id) => archive.loadRun(id));
}

/** The summary of a store without ratings by people stays as it is. */
function withScales(summary: RunSummary, scales: readonly HumanScale[]): RunSummary {
  return scales.length > 0 ? { ...summary, humanScale: [...scales] } : summary;
}

/** The summary of runs that no rule scores stays as it is. */
function withAccuracy(
  archive: RunArchive,
  summary: RunSummary,
  { stored, merged }: { readonly stored: readonly StoredRun[]; readonly merged: MergedRuns },
): RunSummary {
  const [only, ...more] = stored;
  const accuracy = readAccuracy(archive, {
    runs: stored.map(({ definition }) => definition.id),
    definition: only && more.length === 0 ? only.definition : merged.definition,
    placements: merged.placements,
    estimates: summary.estimates,
  });
  return accuracy === null ? summary : { ...summary, accuracy };
}

/** The runs' answers with people's ratings; null for a store without any. */
function withPeople(archive: RunArchive, stored: readonly StoredRun[]): AgreementSource | null {
  if (archive.humanRatings.sources().length === 0) return null;
  return gatherAgreement(
    archive,
    stored.map(({ definition }) => definition.id),
  );
}

function analysisOf(
  archive: RunArchive,
  stored: readonly StoredRun[],
  { definition, placements }: MergedRuns,
): RunAnalysis {
  const [only] = stored;
  if (!only) throw new Error('a report needs a run');
  const ids = stored.map((run) => run.definition.id);
  if (ids.length === 1) {
    const { id } = only.definition;
    return analyzeRun({
      run: only,
      items: archive.itemLabels(id),
      scores: archive.questionScores(id),
      ruleScores: () => archive.ruleScores(id),
      trials: () => archive.trialRatings(id),
      coverage: archive.coverage(id),
      ...missingDetail(archive, ids),
      languages: archive.languageAnswers(id),
      answerLanguages: archive.answerLanguages(id),
      outcomes: () => archive.outcomes(id),
      expected: () => archive.expectedScores(id, LEAST_MASS),
    });
  }
  return analyzeRun({
    run: { definition, sessions: [], served: [] },
    items: distinctItems(archive, ids),
    scores: placed(ids, placements, (id) => archive.questionScores(id)),
    ruleScores: () => placedRules(ids, placements, (id) => archive.ruleScores(id)),
    trials: () => placed(ids, placements, (id) => archive.trialRatings(id)),
    coverage: [...placed<CoverageRow>(ids, placements, (id) => archive.coverage(id))],
    ...missingDetail(archive, ids),
    languages: ids.flatMap((id, index) =>
      archive.languageAnswers(id).map((row) => ({
        ...row,
        model: placements[index]?.model(row.model) ?? row.model,
        style: placements[index]?.style(row.style) ?? row.style,
      })),
    ),
    answerLanguages: ids.flatMap((id, index) =>
      archive.answerLanguages(id).map((tally) => answersPlaced(tally, placements[index])),
    ),
    outcomes: () => placed(ids, placements, (id) => archive.outcomes(id)),
    expected: () => placed(ids, placements, (id) => archive.expectedScores(id, LEAST_MASS)),
  });
}

function answersPlaced(
  tally: AnswerLanguageTally,
  place: Placement | undefined,
): AnswerLanguageTally {
  if (!place) throw new Error('no placement for a run');
  return { ...tally, model: place.model(tally.model) };
}

function distinctItems(archive: RunArchive, ids: readonly string[]): ItemLabels[] {
  const items = new Map<number, ItemLabels>();
  for (const id of ids) for (const item of archive.itemLabels(id)) items.set(item.position, item);
  return [...items.values()];
}

/** Rows of all runs, pointing into the merged run. */
function* placed<Row extends Pick<QuestionScore, 'model' | 'style' | 'judge'>>(
  ids: readonly string[],
  placements: readonly Placement[],
  rowsOf: (id: string) => Iterable<Row>,
): Generator<Row> {
  for (const [index, id] of ids.entries()) {
    const place = placements[index];
    if (!place) throw new Error(`no placement for run ${id}`);
    for (const row of rowsOf(id)) {
      yield {
        ...row,
        model: place.model(row.model),
        style: place.style(row.style),
        judge: place.judge(row.judge),
      };
    }
  }
}

/** The same of what rules say. */
function* placedRules<Row extends Pick<RuleScore, 'model' | 'style' | 'scorer'>>(
  ids: readonly string[],
  placements: readonly Placement[],
  rowsOf: (id: string) => Iterable<Row>,
): Generator<Row> {
  for (const [index, id] of ids.entries()) {
    const place = placements[index];
    if (!place) throw new Error(`no placement for run ${id}`);
    for (const row of rowsOf(id)) {
      yield {
        ...row,
        model: place.model(row.model),
        style: place.style(row.style),
        scorer: place.scorer(row.scorer),
      };
    }
  }
}

function ratingCount(
  tally: RatingTally,
  { definition, placements }: MergedRuns,
  run: number,
): RatingCount {
  const place = placements[run];
  if (!place) throw new Error(`no placement for run ${run}`);
  const { model, style, judge } = namesAt(definition, {
    model: place.model(tally.model),
    style: place.style(tally.style),
    judge: place.judge(tally.judge),
  });
  const { culture, rating, count } = tally;
  return { model: model.name, variant: model.variant, style, judge, culture, rating, count };
}

function namesAt(
  { models, styles, judges }: RunDefinition,
  position: Pick<RatingTally, 'model' | 'style' | 'judge'>,
) {
  const model = models[position.model];
  const style = styles[position.style];
  const judge = judges[position.judge];
  if (!model || !style || !judge)
    throw new Error('a rating refers to a model, style or judge the run does not have');
  return { model: model.spec, style: style.name, judge: judge.spec.name };
}

function examplesOf(archive: RunArchive, run: StoredRun, runs: number): PageExample[] {
  const { definition } = run;
  const { id } = definition;
  const items = new Map([...archive.itemLabels(id)].map((item) => [item.position, item]));
  const picked = pickExamples(archive.outcomes(id), items, {
    models: definition.models.length,
    runs,
  });
  return picked.map(({ rule, reason, places }) => ({
    rule,
    reason,
    judged: places.map((place) => labelledAnswer(archive, run, { place, runs })),
  }));
}

function labelledAnswer(
  archive: RunArchive,
  { definition }: StoredRun,
  { place, runs }: { readonly place: JudgmentPlace; readonly runs: number },
): LabelledAnswer {
  const { id } = definition;
  const answer = archive.judgedAnswer(id, place);
  const { model, style, judge } = namesAt(definition, answer.outcome);
  return { run: runs > 1 ? id : null, model: modelLabel(model), style, judge, answer };
}

/** Answers shown of a jury, with all its judges' words. */
const JURY_EXAMPLES = 10;

function juryExamplesOf(archive: RunArchive, run: StoredRun, runs: number): PageExample[] {
  const { definition } = run;
  const { disagreements } = seatJuries(definition, () => archive.outcomes(definition.id));
  const texts = new Set<number>();
  return disagreements.flatMap((all) =>
    all.slice(0, JURY_EXAMPLES).flatMap(({ places }) => {
      // Juries that share judges share most of what they disagree on.
      const answers = new Set(places.map(({ response }) => response));
      if ([...answers].every((response) => texts.has(response))) return [];
      for (const response of answers) texts.add(response);
      const judged = places.map((place) => labelledAnswer(archive, run, { place, runs }));
      return [{ rule: 'disagreed' as const, reason: null, judged }];
    }),
  );
}
