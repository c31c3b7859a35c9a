import { fingerprint } from '../../domain/fingerprint.ts';
import { seatsFor } from '../../domain/jury.ts';
import type { ScorerDefinition } from '../../domain/rule-judgment.ts';
import type { RunDefinition } from '../../domain/run-definition.ts';
import type { Scale } from '../../domain/solution.ts';
import type { QuestionScore } from '../../ports/run-archive.ts';

type Rating = Pick<RunDefinition, 'models' | 'judges' | 'juries' | 'scorers'>;

/** Whose answers are rated, by whom. */
type Seated = Pick<QuestionScore, 'model' | 'judge'>;

/** A run's juries stand behind its judges: this is the place of the first. */
export function juryPosition({ judges }: Pick<Rating, 'judges'>, jury: number): number {
  return judges.length + jury;
}

/** And its scorers behind those. */
export function scorerPosition(
  { judges, juries }: Pick<Rating, 'judges' | 'juries'>,
  scorer: number,
): number {
  return judges.length + juries.length + scorer;
}

/** The scorer that stands at a rater's position; undefined for judges and juries. */
export function scorerAt(definition: Rating, position: number): ScorerDefinition | undefined {
  return definition.scorers[position - scorerPosition(definition, 0)];
}

/** What the scores of a rater are: ratings of judges and juries, right answers of scorers. */
export function scaleAt(definition: Rating, position: number): Scale {
  return scorerAt(definition, position) === undefined ? 'rating' : 'accuracy';
}

/** Name of a judge, jury or scorer; undefined for a position that the run does not have. */
export function raterName(definition: Rating, position: number): string | undefined {
  const { judges, juries } = definition;
  return (
    judges[position]?.spec.name ??
    juries[position - judges.length]?.name ??
    scorerAt(definition, position)?.name
  );
}

/** Positions of the judges whose ratings a series is made of: one, or those who sit for the model. */
export function seatsOf(
  { models, judges, juries }: Rating,
  { model, judge }: Seated,
): readonly number[] {
  const jury = juries[judge - judges.length];
  const rated = models[model];
  return jury && rated ? seatsFor(jury, rated, judges) : [judge];
}

/** Equal where two series are rated by the same judge, or by the same judges put together alike. */
export function raterKey(definition: Rating, position: Seated): string {
  const { judges, juries } = definition;
  const jury = juries[position.judge - judges.length];
  if (!jury) return judges[position.judge]?.key ?? scorerAt(definition, position.judge)?.key ?? '';
  const seats = seatsOf(definition, position).map((seat) => judges[seat]?.key ?? '');
  return fingerprint({ aggregate: jury.aggregate, judges: seats.sort() });
}
