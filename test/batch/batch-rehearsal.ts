import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { FaultPlanInput } from '../../src/adapters/simulator/faults/faults.ts';
import { type Simulator, startSimulator } from '../../src/adapters/simulator/server.ts';
import type { SeenRequest } from '../../src/adapters/simulator/wire/dispatcher.ts';
import { type RunOptions, type RunResult, runConfig } from '../../src/run/run.ts';

const QUESTIONS = 12;
export const DIALECTS = ['openai', 'azure-v1', 'azure-dated'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** The real policy at a hundredth of its pauses. */
const QUICK = { tries: 3, firstBackoffMs: 5, looks: 3 };
const LOOK_SECONDS = 0.01;

export interface BatchRehearsalOptions {
  readonly dialect?: Dialect;
  readonly faults?: Partial<FaultPlanInput>;
  readonly questions?: number;
  /** Adds to the endpoint's `batch`. */
  readonly batch?: Record<string, unknown>;
  /** Adds to or replaces parts of the config. */
  readonly config?: Record<string, unknown>;
  readonly judge?: Record<string, unknown>;
  readonly onRequest?: (request: SeenRequest) => void;
}

/** One planned judgment as the store has it. */
export interface BatchRow {
  readonly item: string;
  readonly responseStatus: string;
  readonly answer: string | null;
  readonly judgmentStatus: string;
  readonly rating: number | null;
  readonly verdict: string | null;
  readonly asks: number | null;
  readonly attempts: number | null;
  readonly responseDetail: string | null;
}

export interface BatchRehearsal {
  readonly config: string;
  readonly db: string;
  readonly folder: string;
  readonly simulator: Simulator;
  readonly notices: string[];
  run(options?: Partial<RunOptions>): Promise<RunResult>;
  /** One invocation of `run --batch`, without --wait. */
  step(): Promise<RunResult>;
  rows(): BatchRow[];
  query(sql: string): unknown[];
  close(): Promise<void>;
}

export const KEY = 'made-up-batch-key';

/** A run of the whole program, in this process, against a simulated endpoint that takes batches. */
export async function prepareBatches(options: BatchRehearsalOptions = {}): Promise<BatchRehearsal> {
  const folder = mkdtempSync(join(tmpdir(), 'care-judge-batch-'));
  const references = questions(options.questions ?? QUESTIONS);
  const { onRequest, faults } = options;
  const simulator = await startSimulator({
    references,
    apiKey: KEY,
    faults: { seed: 1, rules: [], ...faults },
    ...(onRequest === undefined ? {} : { onRequest }),
  });
  const items = references.map((one) => `${JSON.stringify(one)}\n`).join('');
  writeFileSync(join(folder, 'items.jsonl'), items);
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify(configFor(simulator, options)));
  const db = join(folder, 'store.sqlite');
  const notices: string[] = [];
  const run = async (more: Partial<RunOptions> = {}) =>
    await runConfig({
      config,
      db,
      environment: {},
      batch: { wait: true, policy: QUICK },
      listener: (event) => {
        if (event.kind === 'notice') notices.push(event.message);
      },
      ...more,
    });
  const query = (sql: string) => {
    const database = new Database(db, { readonly: true });
    const rows = database.prepare<[], unknown>(sql).all();
    database.close();
    return rows;
  };
  return {
    config,
    db,
    folder,
    simulator,
    notices,
    run,
    step: () => run({ batch: { wait: false, policy: QUICK } }),
    rows: () => {
      const database = new Database(db, { readonly: true });
      const rows = database.prepare<[], BatchRow>(ROWS).all();
      database.close();
      return rows;
    },
    query,
    close: async () => {
      await simulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function questions(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: `q${index}`,
    question: `What is brought to festival number ${index}, and by whom?`,
    reference: `To festival number ${index} the eldest child brings ${index + 2} round cakes.`,
    culture: index % 2 === 0 ? 'East' : 'West',
    language: 'en',
    category: 'Opinion',
  }));
}

function configFor(
  { url }: Simulator,
  { dialect = 'openai', batch = {}, config = {}, judge = {} }: BatchRehearsalOptions,
) {
  return {
    version: 1,
    name: 'batches',
    items: [{ file: 'items.jsonl' }],
    endpoints: {
      only: { ...where(dialect, url), batch: { lookSeconds: LOOK_SECONDS, requests: 5, ...batch } },
    },
    models: [
      {
        name: 'Model',
        endpoint: 'only',
        model: 'simulated-60',
        decoding: { temperature: 0, max_tokens: 200 },
      },
    ],
    judges: [
      {
        name: 'Judge',
        endpoint: 'only',
        model: 'simulated-judge',
        decoding: { temperature: 0, max_tokens: 300 },
        onUnparsed: { reask: 0 },
        ...judge,
      },
    ],
    ...config,
  };
}

function where(dialect: Dialect, url: string) {
  switch (dialect) {
    case 'openai':
      return { kind: 'openai', baseUrl: `${url}/v1`, apiKey: KEY };
    case 'azure-v1':
      return { kind: 'azure', endpoint: url, auth: { apiKey: KEY } };
    case 'azure-dated':
      return { kind: 'azure', endpoint: url, apiVersion: '2024-10-21', auth: { apiKey: KEY } };
    default:
      return dialect satisfies never;
  }
}

const ROWS = `
SELECT i.name AS item, r.status AS responseStatus, r.text AS answer, r.detail AS responseDetail,
  j.status AS judgmentStatus, j.rating AS rating, j.text AS verdict, j.asks AS asks,
  j.attempts AS attempts
FROM run_responses rr
JOIN items i ON i.id = rr.item
JOIN responses r ON r.id = rr.response
JOIN run_judgments rj ON rj.run_response = rr.id
JOIN judgments j ON j.id = rj.judgment
ORDER BY rr.id`;

/** Files that lie at the simulated endpoint. */
export async function filesLeft({ simulator }: Pick<BatchRehearsal, 'simulator'>): Promise<number> {
  const headers = { authorization: `Bearer ${KEY}` };
  const reply = await fetch(`${simulator.url}/v1/files?limit=100`, { headers });
  const { data } = fileList.parse(await reply.json());
  return data.length;
}

const fileList = z.object({ data: z.array(z.unknown()) });
