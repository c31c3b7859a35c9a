import type { RunDefinition } from '../../domain/run-definition.ts';
import type { RuleScore } from '../../ports/rule-archive.ts';
import type { QuestionScore, RunArchive, TrialRating } from '../../ports/run-archive.ts';
import { scorerPosition } from '../names/raters.ts';
import { seatJuries } from './jury-ratings.ts';

/** A run's ratings, those of its juries with them. */
export interface RunRatings {
  readonly definition: RunDefinition;
  /** A store that is being read cannot be closed: each is to be read to its end. */
  readonly scores: () => Iterable<QuestionScore>;
  readonly trials: () => Iterable<TrialRating>;
}

export function readRatings(archive: RunArchive, run: string): RunRatings {
  const { definition } = archive.loadRun(run);
  const seated = seatJuries(definition, () => archive.outcomes(run));
  return {
    definition,
    scores: () =>
      all(archive.questionScores(run), seated.scores, scored(definition, archive.ruleScores(run))),
    trials: () => all(archive.trialRatings(run), seated.trials),
  };
}

/** A rule's scores as those of a rater, at its position. */
export function* scored(
  definition: Pick<RunDefinition, 'judges' | 'juries'>,
  scores: Iterable<RuleScore>,
): Generator<QuestionScore> {
  for (const { scorer, ...score } of scores)
    yield { ...score, judge: scorerPosition(definition, scorer) };
}

function* all<Row>(...lists: readonly Iterable<Row>[]): Generator<Row> {
  for (const rows of lists) yield* rows;
}
