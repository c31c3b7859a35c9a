import type Database from 'better-sqlite3';
import type { Contradictions, MissingCause, MissingReason } from '../../ports/run-archive.ts';

/** The view's text begins with who is at fault, which the reason says as well. */
const MISSING_CAUSES = `
SELECT model, variant, judge, judgment_status AS judgmentStatus, response_status AS responseStatus,
  missing_cause AS cause, count(*) AS count
FROM ratings
WHERE run = ? AND missing_cause IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY 1, 2, 3, 4, 5, 6`;

const CONTRADICTIONS = `
SELECT count(rating) AS rated, count(*) - count(rating) AS unrated
FROM ratings WHERE run = ? AND conflicting = 1`;

interface Row {
  readonly model: string;
  readonly variant: string | null;
  readonly judge: string;
  readonly judgmentStatus: string;
  readonly responseStatus: string;
  readonly cause: string;
  readonly count: number;
}

const JUDGMENT_REASONS: ReadonlyMap<string, MissingReason> = new Map([
  ['unparsed', 'judgment_unparsed'],
  ['out-of-range', 'judgment_out_of_range'],
  ['filtered', 'judgment_filtered'],
  ['failed', 'judgment_failed'],
]);
const RESPONSE_REASONS: ReadonlyMap<string, MissingReason> = new Map([
  ['empty', 'response_empty'],
  ['filtered', 'response_filtered'],
  ['failed', 'response_failed'],
]);

export function missingCauses(database: Database.Database, runId: string): MissingCause[] {
  const rows = database.prepare<[string], Row>(MISSING_CAUSES).all(runId);
  const merged = new Map<string, MissingCause>();
  for (const { model, variant, judgmentStatus, responseStatus, ...row } of rows) {
    const ofJudge = JUDGMENT_REASONS.get(judgmentStatus);
    const reason = ofJudge ?? RESPONSE_REASONS.get(responseStatus) ?? 'not_called';
    const judge = ofJudge === undefined ? null : row.judge;
    const cause = row.cause.replace(/^(?:judge|answer): /, '');
    const key = JSON.stringify([model, variant, judge, reason, pattern(cause)]);
    const before = merged.get(key);
    merged.set(key, {
      model,
      variant,
      judge,
      reason,
      cause: before === undefined || before.cause === cause ? cause : pattern(cause),
      count: (before?.count ?? 0) + row.count,
    });
  }
  return [...merged.values()].sort((a, b) => b.count - a.count);
}

/** Messages that differ in a token count or a request id alone are one cause. */
function pattern(cause: string): string {
  return cause.replace(/[\da-f-]{16,}|(?<=:.*)\d{3,}/gi, '…');
}

export function contradictions(database: Database.Database, runId: string): Contradictions {
  const found = database.prepare<[string], Contradictions>(CONTRADICTIONS).get(runId);
  return found ?? { rated: 0, unrated: 0 };
}
