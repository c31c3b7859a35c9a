import { fingerprint } from '../../domain/fingerprint.ts';
import { modelLabel } from '../../domain/model-label.ts';
import { type RunDefinition, rubricFingerprints } from '../../domain/run-definition.ts';
import type { Scale } from '../../domain/solution.ts';
import type { ItemLabels, QuestionScore } from '../../ports/run-archive.ts';
import { raterKey, raterName, scaleAt, scorerAt } from '../names/raters.ts';

/** One question under one model, style and judge. */
export interface ScoredRow {
  /** The question's key by content: what two series are matched by. */
  readonly item: string;
  readonly id: string;
  readonly culture: string;
  readonly category: string;
  readonly scope: string | null;
  /** Questions of one cluster count as one draw; null: a cluster of its own. */
  readonly cluster: string | null;
  /** Mean over its ratings, answer by answer; null where it has none. */
  readonly rating: number | null;
  /** Planned judgments, and those that gave a rating. */
  readonly planned: number;
  readonly rated: number;
  /** The rating is the highest of the question's answers. */
  readonly best?: true | undefined;
}

/** What asking again would change, where a run asked more than once. */
export interface RerunNoise {
  /** Variance of one answer's rating within a question, judging included. */
  readonly variance: number;
  /** Answers a question. */
  readonly answers: number;
}

/** All questions of one model under one style and judge, from wherever they come. */
export interface ScoredSeries {
  /** As a reader is to see it. */
  readonly label: string;
  /** Equal keys: rated by the same judge with the same rubrics. */
  readonly judgeKey: string;
  readonly scale: Scale;
  readonly rows: readonly ScoredRow[];
  readonly rerun?: RerunNoise;
}

/** Where a series stands in its run's lists of models, styles and judges. */
export interface SeriesPosition {
  readonly model: number;
  readonly style: number;
  readonly judge: number;
}

export interface SeriesNames {
  readonly model: string;
  readonly variant: string | null;
  readonly style: string;
  readonly judge: string;
}

/** Throws on a position that the run does not have. */
export function seriesNames(position: SeriesPosition, definition: RunDefinition): SeriesNames {
  const model = definition.models[position.model];
  const style = definition.styles[position.style];
  const judge = raterName(definition, position.judge);
  if (!model || !style || judge === undefined)
    throw new Error('a score refers to a model, style or judge the run does not have');
  return {
    model: model.spec.name,
    variant: model.spec.variant,
    style: style.name,
    judge,
  };
}

/** The judge with its decoding, or the judges of a jury, and the rubrics followed, as one hash. */
export function judgeKeyOf(
  definition: RunDefinition,
  position: Pick<SeriesPosition, 'model' | 'judge'>,
): string {
  const { rubrics } = definition;
  // No rubric decides what a rule says.
  const scorer = scorerAt(definition, position.judge);
  if (scorer !== undefined) return fingerprint({ scorer: scorer.key });
  return fingerprint({
    judge: raterKey(definition, position),
    rubrics: rubricFingerprints(rubrics),
  });
}

/** A series of a run, with its place in it. */
export interface RunSeries extends ScoredSeries {
  readonly position: SeriesPosition;
  readonly names: SeriesNames;
}

export interface RunScores {
  readonly definition: RunDefinition;
  readonly items: Iterable<ItemLabels>;
  readonly scores: Iterable<QuestionScore>;
}

/** The series of a run, in the order of its config; labels are as short as telling them apart allows. */
export function seriesOfRun({ definition, items, scores }: RunScores): RunSeries[] {
  const labels = new Map<number, ItemLabels>();
  for (const item of items) labels.set(item.position, item);
  const found = new Map<string, { position: SeriesPosition; rows: ScoredRow[] }>();
  for (const { model, style, judge, item: position, rating, planned, rated } of scores) {
    const key = `${model}/${style}/${judge}`;
    const series = found.get(key) ?? { position: { model, style, judge }, rows: [] };
    found.set(key, series);
    const item = labels.get(position);
    if (!item) throw new Error(`a score refers to item ${position}, which the run does not have`);
    const { key: content, id, culture, category, scope, cluster } = item;
    series.rows.push({
      item: content,
      ...{ id, culture, category, scope, cluster },
      ...{ rating, planned, rated },
      ...(definition.models[model]?.best == null ? {} : { best: true }),
    });
  }
  return [...found.values()]
    .sort(({ position: a }, { position: b }) => comparePositions(a, b))
    .map(({ position, rows }) => ({
      position,
      rows,
      names: seriesNames(position, definition),
      label: seriesLabel(seriesNames(position, definition), definition),
      judgeKey: judgeKeyOf(definition, position),
      scale: scaleAt(definition, position.judge),
    }));
}

export function comparePositions(a: SeriesPosition, b: SeriesPosition): number {
  return a.model - b.model || a.style - b.style || a.judge - b.judge;
}

/** `Model (variant), style, judge`; style and judge only where the run has several. */
function seriesLabel(names: SeriesNames, { styles, judges, scorers }: RunDefinition): string {
  return [
    modelLabel({ name: names.model, variant: names.variant }),
    ...(styles.length > 1 ? [names.style] : []),
    ...(judges.length + scorers.length > 1 ? [names.judge] : []),
  ].join(', ');
}
