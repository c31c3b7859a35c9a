import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Agent, request } from 'undici';
import { measure, PROGRAM, startServer } from './measure.ts';
import { print, type Row, ratio, row } from './table.ts';
import { callBodies, writeConfig, writeItems } from './workload.ts';

/**
 * The main job's speed, each row a ratio or a limit measured in this one run. Everything but the
 * simulated endpoint is the real program in a process of its own. `--only wall` (or `load`, `help`)
 * measures one part.
 */
const LATENCY_MS = 200;
const IN_FLIGHT = 64;
const SMALL = 450;
const LARGE = 31_700;
const BARE_MS = 6000;
const WALL_ROUNDS = 3;

const folder = mkdtempSync(join(tmpdir(), 'care-judge-bench-'));
try {
  const rows: Row[] = [];
  for (const measurePart of chosenParts()) rows.push(...(await measurePart()));
  print(rows);
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function chosenParts(): (() => Promise<Row[]>)[] {
  const parts = { wall: wallTime, load: throughputAndMemory, help };
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
  const chosen = Object.entries(parts).filter(([name]) => only === undefined || name === only);
  if (chosen.length === 0) throw new RangeError(`--only takes ${Object.keys(parts).join(', ')}`);
  return chosen.map(([, part]) => part);
}

async function prepare(count: number, latency: number, concurrency: number) {
  const items = join(folder, `items-${count}.jsonl`);
  await writeItems(items, count);
  const bare = writeConfig(folder, { items, url: 'http://127.0.0.1:1', concurrency });
  const server = await startServer('simulate', ['--config', bare, '--latency', String(latency)]);
  return { server, config: writeConfig(folder, { items, url: server.url, concurrency }) };
}

/** The median of some starts, and beside it the first one, for which nothing was compiled before. */
async function wallTime(): Promise<Row[]> {
  const { server, config } = await prepare(SMALL, LATENCY_MS, IN_FLIGHT);
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compile-cache') };
  const start = async (name: string) => {
    const db = join(folder, `wall-${name}.sqlite`);
    return (await measure([PROGRAM, 'run', config, '--db', db], { env })).seconds;
  };
  const first = await start('first');
  const later: number[] = [];
  for (let round = 0; round < WALL_ROUNDS; round += 1) later.push(await start(String(round)));
  await server.stop();
  const seconds = median(later);
  const call = LATENCY_MS / 1000;
  const ideal = (SMALL * call) / IN_FLIGHT + call;
  const what = '450 × (answer + judgment) at 200 ms, 64 in flight each, over the ideal';
  const detail = `${seconds.toFixed(2)} s / ${ideal.toFixed(2)} s; first start ${first.toFixed(2)} s`;
  return [row(what, seconds / ideal, { most: 1.5, detail })];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function throughputAndMemory(): Promise<Row[]> {
  const small = await prepare(LARGE / 10, 0, IN_FLIGHT);
  const smallRun = await measure([
    PROGRAM,
    'run',
    small.config,
    '--db',
    join(folder, 'small.sqlite'),
  ]);
  await small.server.stop();
  const { server, config } = await prepare(LARGE, 0, IN_FLIGHT);
  const db = join(folder, 'large.sqlite');
  const run = await measure([PROGRAM, 'run', config, '--db', db]);
  const bodies = callBodies(join(folder, `items-${LARGE}.jsonl`));
  const bare = await bareCallsPerSecond(`${server.url}/v1/chat/completions`, bodies);
  const again = await measure([PROGRAM, 'run', config, '--db', db]);
  await server.stop();
  const tables = await measure([PROGRAM, 'report', '--db', db, '--json']);
  const calls = (2 * LARGE) / run.seconds;
  return [
    row(
      'calls/s with everything stored, endpoint at 0 ms, over the same calls by bare undici.request',
      calls / bare,
      {
        least: 0.25,
        detail: `${calls.toFixed(0)} / ${bare.toFixed(0)} a second`,
      },
    ),
    row('peak memory, 31,700 items × 2 calls (MB)', run.peakMb, { most: 300 }),
    row('the same over 3,170 items', ratio(run.peakMb, smallRun.peakMb), {
      most: 1.2,
      detail: `${run.peakMb?.toFixed(0)} / ${smallRun.peakMb?.toFixed(0)} MB`,
    }),
    row('starting again on a finished run of 31,700 items (s)', again.seconds, { most: 3 }),
    row('tables of 31,700 judgments (s)', tables.seconds, { most: 5 }),
    row('tables of 31,700 judgments, peak memory (MB)', tables.peakMb, { most: 400 }),
  ];
}

/** As many of the run's own calls as fit into a few seconds, answers and verdicts in turn, nothing read but bytes. */
async function bareCallsPerSecond(url: string, bodies: readonly string[]): Promise<number> {
  const agent = new Agent({ connections: 2 * IN_FLIGHT, pipelining: 1 });
  const begun = performance.now();
  let calls = 0;
  await Promise.all(
    Array.from({ length: 2 * IN_FLIGHT }, async () => {
      while (performance.now() - begun < BARE_MS) {
        const body = bodies[calls % bodies.length] ?? '';
        calls += 1;
        const reply = await request(url, {
          dispatcher: agent,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        });
        await reply.body.text();
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  await agent.close();
  return calls / seconds;
}

async function help(): Promise<Row[]> {
  const medianOf = async (args: readonly string[]) => {
    const times: number[] = [];
    for (let round = 0; round < 9; round += 1) times.push((await measure(args)).seconds);
    return median(times);
  };
  const bare = await medianOf(['-e', '0']);
  const own = await medianOf([PROGRAM, '--help']);
  const detail = `${(own * 1000).toFixed(0)} / ${(bare * 1000).toFixed(0)} ms`;
  return [row('`--help` over `node -e 0`', own / bare, { most: 3, detail })];
}
