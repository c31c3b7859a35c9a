import type Database from 'better-sqlite3';

/** How far a run of a merged store has come. */
export interface RunState {
  readonly run: string;
  /** Planned judgments. */
  readonly planned: number;
  readonly rated: number;
  /** Planned calls that were not made, of answers and of judgments that have something to judge. */
  readonly open: number;
  /** Not even the plan is whole: the run was interrupted while it was written. */
  readonly planIncomplete: boolean;
}

const STATES = `
SELECT runs.id AS run, 1 - runs.planned AS planIncomplete,
  (SELECT count(*) FROM run_responses AS rr JOIN responses AS r ON r.id = rr.response
    WHERE rr.run = runs.id AND r.status = 'pending') AS openAnswers,
  count(j.id) AS planned, count(j.rating) AS rated,
  coalesce(sum(j.status = 'pending' AND r.status NOT IN ('empty', 'filtered', 'failed')), 0) AS openJudgments
FROM runs
LEFT JOIN run_responses AS rr ON rr.run = runs.id
LEFT JOIN responses AS r ON r.id = rr.response
LEFT JOIN run_judgments AS rj ON rj.run_response = rr.id
LEFT JOIN judgments AS j ON j.id = rj.judgment
GROUP BY runs.id ORDER BY runs.rowid`;

interface Row {
  readonly run: string;
  readonly planIncomplete: 0 | 1;
  readonly openAnswers: number;
  readonly planned: number;
  readonly rated: number;
  readonly openJudgments: number;
}

export function runStates(database: Database.Database): RunState[] {
  return database
    .prepare<[], Row>(STATES)
    .all()
    .map(({ run, planned, rated, openAnswers, openJudgments, planIncomplete }) => ({
      run,
      planned,
      rated,
      open: openAnswers + openJudgments,
      planIncomplete: planIncomplete === 1,
    }));
}
