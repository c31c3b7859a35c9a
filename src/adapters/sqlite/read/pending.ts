import type Database from 'better-sqlite3';
import { tokenEvidenceSchema } from '../../../domain/token-evidence.ts';
import type { PendingQuery, PendingUnit } from '../../../ports/run-store.ts';
import { exactWords } from '../exact-text.ts';
import { ITEM_COLUMNS, type ItemColumns, itemFromColumns } from '../rows.ts';

interface UnitColumns extends ItemColumns {
  readonly position: number;
  readonly style: number;
  readonly trial: number;
  readonly responseId: number;
  readonly key: string;
  readonly responseStatus: string;
  readonly text: string | null;
  readonly reasoning: string | null;
  readonly exact: string | null;
  readonly evidence: string | null;
}

interface JudgmentColumns {
  readonly id: number;
  readonly key: string;
  readonly judge: number;
  readonly trial: number;
  readonly asks: number;
}

const PENDING = { response: ['pending'], judgment: ['pending'] } as const;
const UNPARSED = { response: ['pending'], judgment: ['pending', 'unparsed'] } as const;
const MISSING = {
  response: ['pending', 'failed', 'empty'],
  judgment: ['pending', 'failed', 'unparsed', 'out-of-range'],
} as const;

const quoted = (statuses: readonly string[]) => statuses.map((status) => `'${status}'`).join(', ');

/** Reads what a run still has to do, page by page, so that no plan need fit into memory. */
export function createPendingReader(database: Database.Database) {
  const readers = {
    pending: prepare(database, PENDING),
    unparsed: prepare(database, UNPARSED),
    missing: prepare(database, MISSING),
  };
  return (runId: string, query: PendingQuery): PendingUnit[] => {
    const { units, judgments, scorers, asks } = readers[wanted(query)];
    return units.all(runId, query.model, query.after, query.limit).map((row) => ({
      position: row.position,
      item: itemFromColumns(row),
      style: row.style,
      trial: row.trial,
      responseId: row.responseId,
      key: row.key,
      answer: asks.has(row.responseStatus) ? null : exactWords(row).text,
      evidence: row.evidence === null ? null : tokenEvidenceSchema.parse(JSON.parse(row.evidence)),
      judgments: judgments.all(row.position),
      scorers: row.solution === null ? [] : scorers.all(row.position),
    }));
  };
}

function wanted({ retryMissing, unparsed }: PendingQuery): 'pending' | 'unparsed' | 'missing' {
  if (retryMissing) return 'missing';
  return unparsed ? 'unparsed' : 'pending';
}

function prepare(
  database: Database.Database,
  statuses: { readonly response: readonly string[]; readonly judgment: readonly string[] },
) {
  const judgments = `SELECT j.id AS id, j.key AS key, rj.judge AS judge, rj.trial AS trial,
      coalesce(j.asks, 0) AS asks
    FROM run_judgments rj JOIN judgments j ON j.id = rj.judgment
    WHERE rj.run_response = ? AND j.status IN (${quoted(statuses.judgment)})
    ORDER BY rj.judge, rj.trial`;
  const units = `SELECT rr.id AS position, rr.style AS style, rr.trial AS trial,
      r.id AS responseId, r.key AS key, r.status AS responseStatus, r.text AS text, NULL AS reasoning, r.exact AS exact,
      r.evidence AS evidence, ${ITEM_COLUMNS}
    FROM run_responses rr
    JOIN responses r ON r.id = rr.response
    JOIN items i ON i.id = rr.item
    WHERE rr.run = ? AND rr.model = ? AND rr.id > ?
      AND (r.status IN (${quoted(statuses.response)})
        OR (r.status IN ('completed', 'truncated') AND EXISTS (
          SELECT 1 FROM run_judgments rj JOIN judgments j ON j.id = rj.judgment
          WHERE rj.run_response = rr.id AND j.status IN (${quoted(statuses.judgment)})))
        OR (r.status IN ('completed', 'truncated') AND i.solution IS NOT NULL AND EXISTS (
          SELECT 1 FROM rule_judgments x WHERE x.run_response = rr.id AND x.status = 'pending')))
    ORDER BY rr.id LIMIT ?`;
  return {
    units: database.prepare<[string, number, number, number], UnitColumns>(units),
    judgments: database.prepare<[number], JudgmentColumns>(judgments),
    scorers: database
      .prepare<[number], number>(
        "SELECT scorer FROM rule_judgments WHERE run_response = ? AND status = 'pending' ORDER BY scorer",
      )
      .pluck(),
    asks: new Set<string>(statuses.response),
  };
}
