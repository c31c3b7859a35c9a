import type { FaultCase } from './cases.ts';
import { inventedRatings, prepareRehearsal, QUESTIONS, type StoredRow } from './rehearsal.ts';

export type HitRole = 'answer' | 'judge';

/** What a fault did to a whole run of the program. */
export interface CaseReport {
  readonly role: HitRole;
  readonly injected: number;
  /** Calls of the hit role that came through all the same. */
  readonly recovered: number;
  /** How the hit calls stand in the store, each way once. */
  readonly recordedAs: readonly string[];
  /** HTTP requests of the hit role. */
  readonly requests: number;
  readonly invented: number;
  readonly integrity: string;
  readonly notices: readonly string[];
  readonly rows: readonly StoredRow[];
}

function isHit({ one }: FaultCase, item: string): boolean {
  return one === undefined || one === `number ${item.slice(1)},`;
}

/** Runs the program with one fault on all calls of a role, and reads the store. */
export async function runCase(one: FaultCase, role: HitRole): Promise<CaseReport> {
  const { fault, times, ms, perSecond, azure = false, concurrency = 16 } = one;
  const rule = {
    fault,
    times,
    match: { role, ...(one.one && { questionIncludes: one.one }) },
    ...(ms === undefined ? {} : { ms }),
    ...(perSecond === undefined ? {} : { perSecond }),
  };
  const sound = await soundRows(azure);
  const rehearsal = await prepareRehearsal({
    rules: [rule],
    azure,
    endpoint: { concurrency, ...one.endpoint },
  });
  try {
    const before = role === 'judge' ? QUESTIONS : 0;
    await rehearsal.run();
    const rows = rehearsal.rows();
    const after =
      role === 'answer'
        ? rows.filter(({ judgmentStatus }) => judgmentStatus !== 'pending').length
        : 0;
    const hit = times === 'always' ? rows.filter(({ item }) => isHit(one, item)) : rows;
    const recordedAs = [...new Set(hit.map((row) => recorded(row, role)))];
    const good = role === 'answer' ? 'completed' : 'rated';
    return {
      role,
      injected: rehearsal.injected(fault),
      recovered: rows.filter((row) => recorded(row, role) === good).length,
      recordedAs,
      requests: rehearsal.requests() - before - after,
      invented: inventedRatings(rows, sound),
      integrity: rehearsal.integrity(),
      notices: rehearsal.notices,
      rows,
    };
  } finally {
    await rehearsal.close();
  }
}

const soundRuns = new Map<boolean, Promise<StoredRow[]>>();

function soundRows(azure: boolean): Promise<StoredRow[]> {
  const known = soundRuns.get(azure) ?? runSound(azure);
  soundRuns.set(azure, known);
  return known;
}

async function runSound(azure: boolean): Promise<StoredRow[]> {
  const rehearsal = await prepareRehearsal({ azure });
  await rehearsal.run();
  const rows = rehearsal.rows();
  await rehearsal.close();
  return rows;
}

function recorded(row: StoredRow, role: HitRole): string {
  const status = role === 'answer' ? row.responseStatus : row.judgmentStatus;
  const detail = role === 'answer' ? row.responseDetail : row.judgmentDetail;
  return status === 'failed' ? `failed: ${JSON.parse(detail ?? '{}').error.kind}` : status;
}
