import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { FaultName, FaultPlanInput } from '../../src/adapters/simulator/faults/faults.ts';
import { type Simulator, startSimulator } from '../../src/adapters/simulator/server.ts';
import { defaultTrialPolicy } from '../../src/endpoint/model-trials.ts';
import { defaultRetryPolicy } from '../../src/endpoint/retry-policy.ts';
import type { RunEvent } from '../../src/ports/run-events.ts';
import type { CallPolicies } from '../../src/run/connect.ts';
import { type RunOptions, type RunResult, runConfig } from '../../src/run/run.ts';
import { parseVerdict } from '../../src/scorers/judge/verdict.ts';

export const QUESTIONS = 6;

/** The real policies at a hundredth of their waits. */
const QUICK: CallPolicies = {
  retry: { ...defaultRetryPolicy, firstBackoffMs: 5, maxBackoffMs: 50 },
  outages: {
    limitMs: 5000,
    startLimitMs: 300,
    firstProbeMs: 20,
    maxProbeMs: 50,
    loadLimitMs: 1000,
    troubleMs: 30,
  },
  trials: { ...defaultTrialPolicy, graceMs: 20 },
};

/** One planned judgment as the store has it, read without any of the program's own readers. */
export interface StoredRow {
  readonly item: string;
  readonly responseStatus: string;
  readonly responseDetail: string | null;
  readonly answer: string | null;
  readonly reasoning: string | null;
  readonly responseNotes: string | null;
  readonly suspect: number;
  readonly judgmentStatus: string;
  readonly judgmentDetail: string | null;
  readonly verdict: string | null;
  readonly rating: number | null;
  readonly judgmentNotes: string | null;
}

export interface RehearsalOptions {
  readonly rules?: FaultPlanInput['rules'];
  /** Adds to the endpoint of the config. */
  readonly endpoint?: Record<string, unknown>;
  readonly azure?: boolean;
  readonly questions?: number;
  /** Adds to or replaces parts of the config. */
  readonly config?: Record<string, unknown>;
  readonly latencyMs?: number;
  readonly run?: Partial<RunOptions>;
}

export interface Rehearsal {
  readonly folder: string;
  readonly config: string;
  readonly db: string;
  readonly simulator: Simulator;
  /** Notices, in order. */
  readonly notices: string[];
  run(options?: Partial<RunOptions>): Promise<RunResult>;
  rows(): StoredRow[];
  integrity(): string;
  /** Generation requests that the simulator saw. */
  requests(): number;
  injected(fault: FaultName): number;
  close(): Promise<void>;
}

/** A run of the whole program, in this process, against a simulator that misbehaves by plan. */
export async function prepareRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  const folder = mkdtempSync(join(tmpdir(), 'care-judge-faults-'));
  const references = questions(options.questions ?? QUESTIONS);
  const { rules = [], latencyMs = 0 } = options;
  const simulator = await startSimulator({ references, latencyMs, faults: { seed: 1, rules } });
  writeFileSync(
    join(folder, 'items.jsonl'),
    references.map((one) => `${JSON.stringify(one)}\n`).join(''),
  );
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify(configFor(simulator, options)));
  const db = join(folder, 'store.sqlite');
  const notices: string[] = [];
  return {
    folder,
    config,
    db,
    simulator,
    notices,
    run: async (more = {}) =>
      await runConfig({
        config,
        db,
        environment: {},
        policies: QUICK,
        listener: (event: RunEvent) => {
          if (event.kind === 'notice') notices.push(event.message);
        },
        ...options.run,
        ...more,
      }),
    rows: () => storedRows(db),
    integrity: () => integrityOf(db),
    requests: () => generationRequests(simulator),
    injected: (fault) => simulator.counts.faults[fault] ?? 0,
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

function configFor({ url }: Simulator, { azure, endpoint = {}, config = {} }: RehearsalOptions) {
  const timeouts = { connect: 2, response: 0.4, stall: 0.4 };
  const where = azure
    ? { kind: 'azure', endpoint: url, auth: { apiKey: 'made-up-key' } }
    : { kind: 'vllm', baseUrl: `${url}/v1` };
  return {
    version: 1,
    name: 'faults',
    items: [{ file: 'items.jsonl' }],
    endpoints: { only: { ...where, timeouts, ...endpoint } },
    models: [
      {
        name: 'Model',
        endpoint: 'only',
        model: 'simulated-60',
        decoding: { temperature: 0.7, max_tokens: 200 },
      },
    ],
    judges: [
      {
        name: 'Judge',
        endpoint: 'only',
        model: 'simulated-judge',
        decoding: { temperature: 0, max_tokens: 300 },
        onUnparsed: { reask: 0 },
      },
    ],
    ...config,
  };
}

const ROWS = `
SELECT i.name AS item, r.status AS responseStatus, r.detail AS responseDetail, r.text AS answer,
  r.reasoning AS reasoning, r.notes AS responseNotes, r.suspect AS suspect,
  j.status AS judgmentStatus, j.detail AS judgmentDetail,
  j.text AS verdict, j.rating AS rating, j.notes AS judgmentNotes
FROM run_responses rr
JOIN items i ON i.id = rr.item
JOIN responses r ON r.id = rr.response
JOIN run_judgments rj ON rj.run_response = rr.id
JOIN judgments j ON j.id = rj.judgment
ORDER BY rr.id`;

function storedRows(db: string): StoredRow[] {
  const database = new Database(db, { readonly: true });
  const rows = database.prepare<[], StoredRow>(ROWS).all();
  database.close();
  return rows;
}

function integrityOf(db: string): string {
  const database = new Database(db);
  const verdict = String(database.pragma('integrity_check', { simple: true }));
  database.close();
  return verdict;
}

function generationRequests({ counts }: Pick<Simulator, 'counts'>): number {
  return Object.entries(counts.requests)
    .filter(([route]) => route.endsWith('completions'))
    .reduce((sum, [, count]) => sum + count, 0);
}

/**
 * Ratings that no judge gave: one that its own verdict text does not say, and one that differs from
 * the fault-free run's for the same answer (the simulator repeats itself).
 */
export function inventedRatings(rows: readonly StoredRow[], sound: readonly StoredRow[]): number {
  const soundByItem = new Map(sound.map((row) => [row.item, row]));
  return rows.filter((row) => {
    if (row.rating === null) return false;
    const { verdict } = parseVerdict(row.verdict ?? '');
    if (verdict.status !== 'rated' || verdict.rating !== row.rating) return true;
    const twin = soundByItem.get(row.item);
    // A note says that the judge was asked in another way: it may then rate in another way.
    const comparable = twin?.answer === row.answer && twin.judgmentNotes === row.judgmentNotes;
    return comparable && twin.rating !== row.rating;
  }).length;
}
