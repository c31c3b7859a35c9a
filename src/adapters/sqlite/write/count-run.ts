import type Database from 'better-sqlite3';
import type { RunCounts } from '../../../ports/run-store.ts';

interface StatusCount {
  readonly status: string;
  readonly count: number;
}

/** How a run's planned calls stand. */
export function countRun(database: Database.Database, runId: string): RunCounts {
  const responses = database
    .prepare<[string], StatusCount>(
      `SELECT r.status AS status, count(*) AS count
       FROM run_responses rr JOIN responses r ON r.id = rr.response
       WHERE rr.run = ? GROUP BY r.status`,
    )
    .all(runId);
  const judgments = database
    .prepare<
      [string],
      StatusCount & { readonly unjudgeable: number; readonly conflicting: number }
    >(
      `SELECT j.status AS status, count(*) AS count,
         sum(r.status IN ('empty', 'filtered', 'failed')) AS unjudgeable,
         coalesce(sum(j.conflicting), 0) AS conflicting
       FROM run_responses rr
       JOIN responses r ON r.id = rr.response
       JOIN run_judgments rj ON rj.run_response = rr.id
       JOIN judgments j ON j.id = rj.judgment
       WHERE rr.run = ? GROUP BY j.status`,
    )
    .all(runId);
  const answered = tally(responses);
  const judged = tally(judgments);
  return {
    responses: {
      pending: answered('pending'),
      completed: answered('completed'),
      truncated: answered('truncated'),
      empty: answered('empty'),
      filtered: answered('filtered'),
      failed: answered('failed'),
    },
    judgments: {
      pending: judged('pending'),
      rated: judged('rated'),
      unparsed: judged('unparsed'),
      'out-of-range': judged('out-of-range'),
      filtered: judged('filtered'),
      failed: judged('failed'),
    },
    unjudgeable: judgments.find((row) => row.status === 'pending')?.unjudgeable ?? 0,
    ...countRules(database, runId),
    conflicting: judgments.find((row) => row.status === 'rated')?.conflicting ?? 0,
  };
}

/** Answers that rules score, each once: by the first of its scorers. */
function countRules(
  database: Database.Database,
  runId: string,
): Pick<RunCounts, 'rules' | 'unscorable' | 'scorable'> {
  const counts = database
    .prepare<[string], StatusCount & { readonly unscorable: number; readonly scorable: number }>(
      `SELECT x.status AS status, count(*) AS count,
         sum(r.status IN ('empty', 'filtered', 'failed')) AS unscorable,
         sum(r.status IN ('completed', 'truncated')) AS scorable
       FROM run_responses rr
       JOIN responses r ON r.id = rr.response
       JOIN rule_judgments x ON x.run_response = rr.id
       WHERE rr.run = ? AND x.scorer = (SELECT min(scorer) FROM rule_judgments WHERE run_response = rr.id)
       GROUP BY x.status`,
    )
    .all(runId);
  const scored = tally(counts);
  const pending = counts.find(({ status }) => status === 'pending');
  return {
    rules: {
      pending: scored('pending'),
      right: scored('right'),
      wrong: scored('wrong'),
      unread: scored('unread'),
    },
    unscorable: pending?.unscorable ?? 0,
    scorable: pending?.scorable ?? 0,
  };
}

/** Looks a status up in a query's counts; 0 for one that no row has. */
function tally(rows: readonly StatusCount[]): (status: string) => number {
  return (status) => rows.find((row) => row.status === status)?.count ?? 0;
}
