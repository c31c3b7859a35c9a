import { z } from 'zod';
import {
  type BatchRehearsal,
  type BatchRow,
  type Dialect,
  filesLeft,
  prepareBatches,
} from './batch-rehearsal.ts';
import type { BatchCase } from './cases.ts';

/** What a fault did to a whole run. */
export interface BatchCaseReport {
  readonly injected: number;
  readonly rated: number;
  readonly invocations: number;
  readonly calls: number;
  readonly notices: readonly string[];
  /** Planned calls that have neither ended nor can (answers that are not there are not judged). */
  readonly lost: number;
  /** Calls that were stored twice, or whose tokens were counted twice. */
  readonly doubled: number;
  /** Ratings or answers that an undisturbed run does not have. */
  readonly invented: number;
  /** Files that lie at the endpoint when all is done. */
  readonly files: number;
}

const MOST_INVOCATIONS = 3;

export async function runBatchCase(one: BatchCase, dialect: Dialect): Promise<BatchCaseReport> {
  const sound = await soundRows(dialect);
  const { fault, times } = one;
  const here = await prepareBatches({ dialect, faults: { batch: [{ fault, times }] } });
  try {
    let invocations = 0;
    let open = 1;
    while (open > 0 && invocations < MOST_INVOCATIONS) {
      const result = await here.run();
      invocations += 1;
      open = result.open + result.waiting.length;
    }
    const rows = here.rows();
    return {
      injected: here.simulator.counts.batchFaults[fault] ?? 0,
      rated: rows.filter(({ judgmentStatus }) => judgmentStatus === 'rated').length,
      invocations,
      calls: here.simulator.counts.batchLines,
      notices: here.notices,
      lost: lostCalls(rows),
      doubled: doubledCalls(here),
      invented: rows.filter((row) => differs(row, sound)).length,
      files: await filesLeft(here),
    };
  } finally {
    await here.close();
  }
}

const soundRuns = new Map<Dialect, Promise<BatchRow[]>>();

function soundRows(dialect: Dialect): Promise<BatchRow[]> {
  const known = soundRuns.get(dialect) ?? runSound(dialect);
  soundRuns.set(dialect, known);
  return known;
}

async function runSound(dialect: Dialect): Promise<BatchRow[]> {
  const here = await prepareBatches({ dialect });
  await here.run();
  const rows = here.rows();
  await here.close();
  return rows;
}

export function lostCalls(rows: readonly BatchRow[]): number {
  const answers = rows.filter(({ responseStatus }) => responseStatus === 'pending').length;
  const judgments = rows.filter(
    ({ responseStatus, judgmentStatus }) =>
      responseStatus === 'completed' && judgmentStatus === 'pending',
  ).length;
  return answers + judgments;
}

const counted = z.array(z.object({ calls: z.int() }));

/** A call is stored from one line, and has the tokens of that line alone. */
export function doubledCalls(here: Pick<BatchRehearsal, 'query'>): number {
  const [found] = counted.parse(here.query(DOUBLED));
  return found?.calls ?? 0;
}

const DOUBLED = `
SELECT count(*) AS calls FROM (
  SELECT r.custom_id AS id, count(*) AS lines, sum(r.prompt_tokens) AS tokens
  FROM batch_results r WHERE r.fate = 'stored' GROUP BY r.custom_id
) s
LEFT JOIN responses a ON a.key = s.id
LEFT JOIN judgments j ON j.key = s.id
WHERE s.lines > 1 OR s.tokens IS NOT coalesce(a.prompt_tokens, j.prompt_tokens)`;

function differs(row: BatchRow, sound: readonly BatchRow[]): boolean {
  const twin = sound.find(({ item }) => item === row.item);
  const answered = row.answer !== null && row.answer !== twin?.answer;
  return answered || (row.rating !== null && row.rating !== twin?.rating);
}
