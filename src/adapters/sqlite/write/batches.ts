import type Database from 'better-sqlite3';
import { z } from 'zod';
import {
  BATCH_STATES,
  BATCH_WAVES,
  type Batch,
  type BatchedCall,
  batchFactsSchema,
  type TrackedBatch,
} from '../../../domain/batch.ts';
import { apiSchema } from '../../../domain/model-spec.ts';
import {
  type BatchArchive,
  type BatchStore,
  type EnqueuedCalls,
  LINE_FATES,
  type LineFate,
  type LineResult,
} from '../../../ports/batch-store.ts';
import { judgmentColumns, responseColumns } from '../columns.ts';
import type { GroupCommit } from './group-commit.ts';
import { UPDATE_JUDGMENT, UPDATE_PROBE, UPDATE_RESPONSE } from './statements.ts';

const json = z.string().transform((text): unknown => JSON.parse(text));
const batchRow = z.object({
  id: z.string(),
  run: z.string(),
  endpoint: z.string(),
  model: z.string(),
  api: apiSchema,
  wave: z.enum(BATCH_WAVES),
  transport: z.enum(['api', 'files']),
  sha256: z.string(),
  bytes: z.int(),
  requests: z.int(),
  promptTokens: z.int(),
  completionTokens: z.int(),
  adaptations: json.pipe(z.record(z.string(), z.array(z.string()))),
});
const stepRow = z.object({
  state: z.enum(BATCH_STATES),
  at: z.int(),
  facts: json.pipe(batchFactsSchema),
});
const callRow = z.object({
  key: z.string(),
  role: z.enum(['response', 'judgment', 'probe']),
  position: z.int(),
  promptTokens: z.int(),
  completionTokens: z.int(),
});
const fateRow = z.object({ fate: z.enum(LINE_FATES), count: z.int() });

const BATCHES = `SELECT id, run, endpoint, model, api, wave, transport, sha256, bytes, requests,
  prompt_tokens AS promptTokens, completion_tokens AS completionTokens, adaptations FROM batches`;
const STEPS = 'SELECT state, at, facts FROM batch_steps WHERE batch = ? ORDER BY id';
/** Of the batch that `c` is a call of: its last step is none of the end. */
const IN_FLIGHT = `(SELECT s.state FROM batch_steps s WHERE s.batch = c.batch ORDER BY s.id DESC LIMIT 1)
  NOT IN ('read', 'cleaned', 'abandoned')`;

export function createBatchStore(
  database: Database.Database,
  commits: Pick<GroupCommit, 'flush'>,
): BatchStore {
  return {
    ...createBatchWriter(database),
    ...createBatchReader(database),
    record: createRecorder(database, commits),
  };
}

function createBatchWriter(database: Database.Database): Pick<BatchStore, 'add' | 'step'> {
  const insertBatch = database.prepare(
    `INSERT INTO batches (id, run, endpoint, model, api, wave, transport, sha256, bytes, requests,
       prompt_tokens, completion_tokens, adaptations)
     VALUES (@id, @run, @endpoint, @model, @api, @wave, @transport, @sha256, @bytes, @requests,
       @promptTokens, @completionTokens, @adaptations)`,
  );
  const insertCall = database.prepare(
    `INSERT INTO batch_calls (batch, custom_id, role, position, prompt_tokens, completion_tokens)
     VALUES (@batch, @key, @role, @position, @promptTokens, @completionTokens)`,
  );
  const insertStep = database.prepare(
    'INSERT INTO batch_steps (batch, state, at, facts) VALUES (?, ?, ?, ?)',
  );
  const add = database.transaction((batch: Batch, calls: Iterable<BatchedCall>, at: number) => {
    insertBatch.run({ ...batch, adaptations: JSON.stringify(batch.adaptations) });
    for (const call of calls) insertCall.run({ batch: batch.id, ...call });
    insertStep.run(batch.id, 'prepared', at, '{}');
  });
  return {
    add: (batch, calls, at) => add.immediate(batch, calls, at),
    step: (batch, { state, at, facts }) => {
      insertStep.run(batch, state, at, JSON.stringify(facts));
    },
  };
}

/** Reads batches; no method changes anything. */
export function createBatchReader(database: Database.Database): BatchArchive {
  // In the order of their first step.
  const ordered = `${BATCHES} WHERE ? IS NULL OR run = ?
    ORDER BY (SELECT min(s.id) FROM batch_steps s WHERE s.batch = batches.id)`;
  const all = database.prepare<unknown[], unknown>(ordered);
  const one = database.prepare<[string], unknown>(`${BATCHES} WHERE id = ?`);
  const steps = database.prepare<[string], unknown>(STEPS);
  const inFlight = database.prepare<[string], number>(
    `SELECT 1 FROM batch_calls c WHERE c.custom_id = ? AND ${IN_FLIGHT} LIMIT 1`,
  );
  const call = database.prepare<[string, string], unknown>(
    `SELECT custom_id AS key, role, position, prompt_tokens AS promptTokens,
       completion_tokens AS completionTokens FROM batch_calls WHERE batch = ? AND custom_id = ?`,
  );
  const enqueued = database.prepare<[string], EnqueuedCalls>(ENQUEUED);
  const asks = {
    judgment: database.prepare<[string], number>(asksOf('judgments')).pluck(),
    probe: database.prepare<[string], number>(asksOf('probes')).pluck(),
  };
  const retries = database
    .prepare<[string], number>(
      "SELECT count(*) FROM batch_results WHERE custom_id = ? AND fate = 'retryable'",
    )
    .pluck();
  const unread = database
    .prepare<[string], string>(
      `SELECT c.custom_id FROM batch_calls c WHERE c.batch = ? AND NOT EXISTS (
         SELECT 1 FROM batch_results r WHERE r.batch = c.batch AND r.custom_id = c.custom_id)`,
    )
    .pluck();
  const fates = database.prepare<[string], unknown>(
    'SELECT fate, count(*) AS count FROM batch_results WHERE batch = ? GROUP BY fate',
  );
  const tracked = (row: unknown): TrackedBatch => {
    const batch = batchRow.parse(row);
    return follow(batch, steps.all(batch.id));
  };
  return {
    list: (runId) => all.all(runId, runId).map(tracked),
    find: (id) => {
      const row = one.get(id);
      return row === undefined ? null : tracked(row);
    },
    isInFlight: (key) => inFlight.get(key) !== undefined,
    enqueued: (runId) => enqueued.all(runId),
    call: (batch, key) => {
      const row = call.get(batch, key);
      return row === undefined ? null : callRow.parse(row);
    },
    asksOf: ({ role, key }) => (role === 'response' ? 0 : (asks[role].get(key) ?? 0)),
    retries: (key) => retries.get(key) ?? 0,
    unread: (batch) => unread.all(batch),
    fates: (batch) => {
      const rows = fates.all(batch).map((row) => fateRow.parse(row));
      return new Map<LineFate, number>(rows.map(({ fate, count }) => [fate, count]));
    },
  };
}

const asksOf = (table: 'judgments' | 'probes') =>
  `SELECT coalesce(asks, 0) FROM ${table} WHERE key = ? AND status = 'unparsed'`;

const ENQUEUED = `SELECT CASE c.role WHEN 'response' THEN 'model' ELSE 'judge' END AS role,
  c.position AS position, count(*) AS calls, sum(c.prompt_tokens) AS promptTokens,
  sum(c.completion_tokens) AS completionTokens
FROM batch_calls c JOIN batches b ON b.id = c.batch
WHERE b.run = ? AND ${IN_FLIGHT}
GROUP BY 1, 2`;

function follow(batch: Batch, rows: readonly unknown[]): TrackedBatch {
  const taken = rows.map((row) => stepRow.parse(row));
  const [first, last] = [taken[0], taken.at(-1)];
  if (!first || !last) throw new Error(`batch ${batch.id} has no step`);
  return {
    ...batch,
    state: last.state,
    preparedAt: first.at,
    at: last.at,
    facts: Object.assign({}, ...taken.map(({ facts }) => facts)),
  };
}

/** What is there and final is not replaced: its judgments belong to those words. */
const isOpen = (table: 'responses' | 'judgments' | 'probes') =>
  `SELECT id, status IN ('pending', 'failed'${table === 'responses' ? ", 'empty'" : ", 'unparsed', 'out-of-range'"}) AS open
   FROM ${table} WHERE key = ?`;

interface Place {
  readonly id: number;
  readonly open: 0 | 1;
}

function createRecorder(
  database: Database.Database,
  commits: Pick<GroupCommit, 'flush'>,
): BatchStore['record'] {
  const insert = database.prepare(
    `INSERT INTO batch_results (batch, custom_id, fate, prompt_tokens, completion_tokens, cached_tokens)
     VALUES (@batch, @key, @fate, @promptTokens, @completionTokens, @cachedTokens)
     ON CONFLICT DO NOTHING`,
  );
  const tables = {
    response: {
      find: database.prepare<[string], Place>(isOpen('responses')),
      update: database.prepare(UPDATE_RESPONSE),
    },
    judgment: {
      find: database.prepare<[string], Place>(isOpen('judgments')),
      update: database.prepare(UPDATE_JUDGMENT),
    },
    probe: {
      find: database.prepare<[string], Place>(isOpen('probes')),
      update: database.prepare(UPDATE_PROBE),
    },
  };
  const save = (batch: string, result: LineResult): LineResult | null => {
    const { key, role, ended } = result;
    const place = ended === null ? undefined : tables[role].find.get(key);
    const fate = ended === null || place?.open === 1 ? result.fate : 'known';
    const { changes } = insert.run({ batch, key, fate, ...tokensOf(result) });
    if (changes === 0) return null;
    if (ended !== null && place && fate !== 'known') {
      tables[role].update.run({ id: place.id, ...columnsOf(ended) });
    }
    return { ...result, fate };
  };
  const saveAll = database.transaction((batch: string, results: readonly LineResult[]) =>
    results.flatMap((result) => save(batch, result) ?? []),
  );
  return (batch, results) => {
    commits.flush();
    return saveAll.immediate(batch, results);
  };
}

function tokensOf({ usage }: LineResult) {
  return {
    promptTokens: usage?.promptTokens ?? null,
    completionTokens: usage?.completionTokens ?? null,
    cachedTokens: usage?.cachedTokens ?? null,
  };
}

function columnsOf(ended: NonNullable<LineResult['ended']>) {
  return ended.kind === 'response'
    ? responseColumns(ended.response, ended.meta)
    : judgmentColumns(ended.judgment, ended.meta);
}
