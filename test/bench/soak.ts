import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import type { FaultPlanInput } from '../../src/adapters/simulator/faults/faults.ts';
import { parseVerdict } from '../../src/scorers/judge/verdict.ts';
import { PROGRAM, startServer } from './measure.ts';
import { writeConfig, writeItems } from './workload.ts';

/**
 * `npm run soak -- --minutes 10`: many calls with one in twenty failing, and what is left of it.
 * `--calls-a-second` says how many to plan for: a faster machine must not run out of them.
 */
const SAMPLE_MS = 2000;
const LATENCY_MS = 20;
/** More would measure how the simulator looks for a question among a hundred thousand alike. */
const MOST_ITEMS = 6000;

/** One call in twenty, mixed: what is retried, what is recorded, what holds the endpoint back. */
const FAULTS: FaultPlanInput = {
  seed: 7,
  rules: [
    { fault: 'empty-500', share: 0.01 },
    { fault: 'overloaded', share: 0.008 },
    { fault: 'gateway-502', share: 0.006 },
    { fault: 'connection-reset', share: 0.006 },
    { fault: 'truncated-length', share: 0.005 },
    { fault: 'truncated-chunked', share: 0.004 },
    { fault: 'empty-200', share: 0.003 },
    { fault: 'nan-json', share: 0.002 },
    { fault: 'nested-error', share: 0.002, times: 'always' },
    { fault: 'completion-filtered', share: 0.002, times: 'always' },
    { fault: 'context-b', share: 0.001, times: 'always' },
    { fault: 'rate-limit-ms', share: 0.0005, ms: 50 },
    { fault: 'late-headers', share: 0.0001, ms: 5000 },
    { fault: 'engine-death', share: 0.00002, ms: 1000 },
  ],
};

/** A process that has just begun grows whatever it does: shorter soaks say nothing of its memory. */
const MEMORY_SECONDS = 120;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    'calls-a-second': { type: 'string', default: '2000' },
    concurrency: { type: 'string', default: '64' },
  },
});
const seconds = 60 * Number(values.minutes);
const callsASecond = Number(values['calls-a-second']);
const concurrency = Number(values.concurrency);
const folder = mkdtempSync(join(tmpdir(), 'care-judge-soak-'));
try {
  process.exitCode = (await soak()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function soak(): Promise<boolean> {
  const items = join(folder, 'items.jsonl');
  const faults = join(folder, 'faults.json');
  const db = join(folder, 'store.sqlite');
  const wanted = Math.ceil((seconds * callsASecond) / 2);
  const count = Math.min(wanted, MOST_ITEMS);
  await writeItems(items, count);
  writeFileSync(faults, JSON.stringify(FAULTS));
  const bare = writeConfig(folder, { items, url: 'http://127.0.0.1:1', concurrency });
  const pace = ['--latency', String(LATENCY_MS)];
  const server = await startServer('simulate', ['--config', bare, ...pace, '--faults', faults]);
  const config = writeConfig(folder, { items, url: server.url, concurrency });
  appendFileSync(config, `\ntrials: { responses: ${Math.ceil(wanted / count)} }\n`);
  const run = await runFor(config, db);
  await server.stop();
  const store = inspect(db);
  const [early, late] = [
    run.memory.slice(1, run.memory.length >> 1),
    run.memory.slice(run.memory.length >> 1),
  ];
  const rows: [string, string, boolean][] = [
    ['calls ended', String(store.ended), store.ended > 0],
    ['calls a second', (store.ended / run.seconds).toFixed(0), true],
    ['seconds', run.seconds.toFixed(0), run.seconds >= seconds],
    [
      'HTTP attempts beyond one a call',
      String(store.attempts - store.ended),
      store.attempts > store.ended,
    ],
    [
      'planned, ended and open',
      `${store.planned} = ${store.ended} + ${store.open}`,
      store.planned === store.ended + store.open,
    ],
    ['recorded as', store.statuses, true],
    ['ratings invented', String(store.invented), store.invented === 0],
    [
      'memory, MB: first half, second half',
      `${mean(early).toFixed(0)}, ${mean(late).toFixed(0)}`,
      seconds < MEMORY_SECONDS || mean(late) <= 1.15 * mean(early),
    ],
    ['integrity of the store', store.integrity, store.integrity === 'ok'],
    ['exit code after SIGINT', String(run.code), run.code === 130 || run.code === 3],
  ];
  const lines = rows.map(
    ([what, found, met]) => `| ${what} | ${found} | ${met ? 'met' : 'MISSED'} |`,
  );
  process.stdout.write(
    `\n${(seconds / 60).toFixed(1)} minutes, 5 % mixed faults\n\n| what | found | |\n| :-- | --: | :-- |\n${lines.join('\n')}\n`,
  );
  return rows.every(([, , met]) => met);
}

interface SoakRun {
  readonly seconds: number;
  /** Resident set in MB, every two seconds from the first call on. */
  readonly memory: readonly number[];
  readonly code: number | null;
}

/** Runs for the time given from the first call on, then stops as Ctrl-C does. */
async function runFor(config: string, db: string): Promise<SoakRun> {
  const child = spawn(process.execPath, [PROGRAM, 'run', config, '--db', db], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = new Promise<number | null>((resolve) => child.once('close', resolve));
  let over = false;
  const ended = gone.then((code) => {
    over = true;
    return code;
  });
  while (!over && !hasBegun(db)) await pause(200);
  const begun = performance.now();
  const memory: number[] = [];
  while (!over && performance.now() - begun < 1000 * seconds) {
    await Promise.race([pause(SAMPLE_MS), ended]);
    memory.push(...residentMb(child.pid));
  }
  const took = (performance.now() - begun) / 1000;
  child.kill('SIGINT');
  return { seconds: took, memory, code: await ended };
}

function hasBegun(db: string): boolean {
  try {
    const database = new Database(db, { readonly: true, fileMustExist: true });
    const row = database.prepare("SELECT 1 FROM responses WHERE status != 'pending' LIMIT 1").get();
    database.close();
    return row !== undefined;
  } catch {
    // Not made yet, or not whole.
    return false;
  }
}

function residentMb(pid: number | undefined): number[] {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line?.[1] === undefined ? [] : [Number(line[1]) / 1024];
  } catch {
    // Gone already, or no /proc on this system.
    return [];
  }
}

function inspect(db: string) {
  const database = new Database(db);
  const counts = database
    .prepare<[], { what: string; status: string; calls: number; attempts: number }>(
      `SELECT 'answer' AS what, status, count(*) AS calls, coalesce(sum(attempts), 0) AS attempts FROM responses GROUP BY status
       UNION ALL SELECT 'judgment', status, count(*), coalesce(sum(attempts), 0) FROM judgments GROUP BY status`,
    )
    .all();
  const sum = (pick: (row: (typeof counts)[number]) => number) =>
    counts.reduce((total, row) => total + pick(row), 0);
  let invented = 0;
  const rated = database.prepare<[], { text: string; rating: number }>(
    "SELECT text, rating FROM judgments WHERE status = 'rated'",
  );
  for (const { text, rating } of rated.iterate()) {
    const { verdict } = parseVerdict(text);
    if (verdict.status !== 'rated' || verdict.rating !== rating) invented += 1;
  }
  const integrity = String(database.pragma('integrity_check', { simple: true }));
  database.close();
  return {
    planned: sum(({ calls }) => calls),
    ended: sum(({ status, calls }) => (status === 'pending' ? 0 : calls)),
    open: sum(({ status, calls }) => (status === 'pending' ? calls : 0)),
    attempts: sum(({ attempts }) => attempts),
    statuses: counts.map(({ what, status, calls }) => `${what} ${status} ${calls}`).join(', '),
    invented,
    integrity,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
