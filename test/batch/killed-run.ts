import { createRandom } from '../../src/stats/random/random.ts';
import { startChild } from '../faults/child-run.ts';
import { type BatchRow, type Dialect, filesLeft, KEY, prepareBatches } from './batch-rehearsal.ts';
import { doubledCalls, lostCalls } from './run-case.ts';

export interface KilledRunOptions {
  readonly kills: number;
  readonly questions: number;
  readonly dialect: Dialect;
  readonly seed: number;
  /** Requests that a process gets through at most before it is killed. */
  readonly most: number;
}

export interface KilledRun {
  /** Kills that met the run alive. */
  readonly kills: number;
  /** Kinds of requests that were the last of a process, with how often. */
  readonly killedAt: ReadonlyMap<string, number>;
  readonly code: number | null;
  /** Calls that the endpoint made; two per question is each once. */
  readonly calls: number;
  readonly lost: number;
  readonly doubled: number;
  readonly files: number;
  readonly rows: readonly BatchRow[];
}

/**
 * Runs \`run --batch --wait\` as a process, kills it with SIGKILL when its n-th request has come in and
 * before the reply, and starts it again, until it has been killed so often; then lets it end.
 */
export async function killedRun(options: KilledRunOptions): Promise<KilledRun> {
  const { kills, questions, dialect, seed, most } = options;
  const random = createRandom(seed).uniform;
  let left = Number.POSITIVE_INFINITY;
  let kill: () => void = () => undefined;
  let last = '';
  const here = await prepareBatches({
    questions,
    dialect,
    onRequest: ({ method, path }) => {
      left -= 1;
      last = `${method} ${path.replace(/\?.*|^\/(?:openai\/)?(?:v1\/)?/g, '').replace(/(files|batches)\/[^/]+/, '$1/{id}')}`;
      if (left === 0) kill();
    },
  });
  const start = () =>
    startChild(['run', here.config, '--db', here.db, '--batch', '--wait'], {
      environment: { BATCH_KEY: KEY },
    });
  try {
    const killedAt = new Map<string, number>();
    for (let done = 0; done < kills; done += 1) {
      left = 1 + Math.floor(most * random());
      const child = start();
      kill = () => child.process.kill('SIGKILL');
      const { code } = await child.ended;
      left = Number.POSITIVE_INFINITY;
      if (code !== null) break;
      killedAt.set(last, (killedAt.get(last) ?? 0) + 1);
    }
    const { code } = await start().ended;
    const rows = here.rows();
    return {
      kills: [...killedAt.values()].reduce((sum, count) => sum + count, 0),
      killedAt,
      code,
      calls: here.simulator.counts.batchLines,
      lost: lostCalls(rows),
      doubled: doubledCalls(here),
      files: await filesLeft(here),
      rows,
    };
  } finally {
    await here.close();
  }
}
