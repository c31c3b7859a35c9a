import type { RunDefinition } from '../../domain/run-definition.ts';
import type { QuestionScore, RunArchive, TrialRating } from '../../ports/run-archive.ts';
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
    scores: () => both(archive.questionScores(run), seated.scores),
    trials: () => both(archive.trialRatings(run), seated.trials),
  };
}

function* both<Row>(first: Iterable<Row>, second: Iterable<Row>): Generator<Row> {
  yield* first;
  yield* second;
}
