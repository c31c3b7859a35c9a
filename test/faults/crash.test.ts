import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createRandom } from '../../src/stats/random/random.ts';
import { startChild } from './child-run.ts';
import {
  prepareRehearsal,
  type Rehearsal,
  type RehearsalOptions,
  type StoredRow,
} from './rehearsal.ts';

const CONCURRENCY = 4;
const KILLS = 50;

async function rehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const prepared = await prepareRehearsal({
    ...options,
    endpoint: { concurrency: CONCURRENCY, timeouts: {} },
  });
  onTestFinished(() => prepared.close());
  return prepared;
}

const runArguments = ({ config, db }: Rehearsal) => ['run', config, '--db', db];

/** Resolves when the simulator has had this many more generation requests. */
async function moreRequests(here: Rehearsal, count: number): Promise<void> {
  const target = here.requests() + count;
  while (here.requests() < target) await new Promise((resolve) => setTimeout(resolve, 2));
}

const outcomes = (rows: readonly StoredRow[]) =>
  rows.map(({ item, answer, rating, verdict }) => ({ item, answer, rating, verdict }));

const endedCalls = (rows: readonly StoredRow[]) =>
  rows.filter(({ responseStatus }) => responseStatus !== 'pending').length +
  rows.filter(({ judgmentStatus }) => judgmentStatus !== 'pending').length;

test('killed fifty times at random, a run loses and doubles nothing but what was in flight', async () => {
  const options = { questions: 400, latencyMs: 10 };
  const here = await rehearsal(options);
  const random = createRandom(20_261_122).uniform;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = startChild(runArguments(here));
    // One in five dies at a moment of its beginning, the others after some calls.
    const early = random() < 0.2;
    const moment = early
      ? new Promise((resolve) => setTimeout(resolve, 500 * random()))
      : moreRequests(here, 1 + Math.floor(24 * random()));
    await Promise.race([moment, child.ended]);
    child.process.kill('SIGKILL');
    await child.ended;
  }
  expect(here.integrity()).toBe('ok');
  const last = await startChild(runArguments(here)).ended;
  expect(last).toMatchObject({ code: 0 });
  expect(here.integrity()).toBe('ok');
  const rows = here.rows();
  expect(rows).toHaveLength(400);
  expect(endedCalls(rows)).toBe(800);
  // Every call was paid for once, and those in flight at a kill once more.
  expect(here.requests()).toBeGreaterThanOrEqual(800);
  expect(here.requests()).toBeLessThanOrEqual(800 + KILLS * CONCURRENCY);
  const undisturbed = await rehearsal(options);
  await undisturbed.run();
  expect(outcomes(rows)).toEqual(outcomes(undisturbed.rows()));
}, 240_000);

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s lets what is in flight end, stores it and says how to go on',
  async (signal) => {
    const here = await rehearsal({ questions: 200, latencyMs: 50 });
    const child = startChild(runArguments(here));
    await moreRequests(here, 20);
    child.process.kill(signal);
    const { code, stderr } = await child.ended;
    expect(code).toBe(130);
    expect(stderr).toContain(`go on with: care-judge run ${here.config} --db ${here.db}`);
    expect(endedCalls(here.rows())).toBe(here.requests());
    expect(here.integrity()).toBe('ok');
    await expect(startChild(runArguments(here)).ended).resolves.toMatchObject({ code: 0 });
    expect(here.requests()).toBe(400);
  },
);

test('a second SIGINT gives up what is in flight, and only that', async () => {
  const here = await rehearsal({ questions: 40, latencyMs: 20_000 });
  const child = startChild(runArguments(here));
  await moreRequests(here, CONCURRENCY);
  child.process.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 200));
  child.process.kill('SIGINT');
  const { code, stderr } = await child.ended;
  expect(code).toBe(130);
  expect(stderr).not.toContain('bug');
  expect(here.requests()).toBe(CONCURRENCY);
  expect(endedCalls(here.rows())).toBe(0);
  expect(here.integrity()).toBe('ok');
});

test('output that cannot be written ends with 2, whatever the command would have said', async () => {
  const here = await rehearsal({});
  await here.run();
  const child = startChild(['report', '--db', here.db], { before: 'exec >/dev/full;' });
  expect(await child.ended).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('could not be written (ENOSPC)'),
  });
});

test('a disk that fills up ends the run with a sentence; later it goes on', async () => {
  const here = await rehearsal({ questions: 300 });
  // No file may grow beyond 800 blocks of 1 kB: to SQLite that is a full disk.
  const child = startChild(runArguments(here), { before: 'ulimit -f 800;' });
  const { code, stderr } = await child.ended;
  expect(code).toBe(2);
  expect(stderr).toMatch(/store\.sqlite: .*disk/);
  expect(stderr).not.toContain('bug');
  await expect(startChild(runArguments(here)).ended).resolves.toMatchObject({ code: 0 });
  expect(here.integrity()).toBe('ok');
  expect(here.requests()).toBeLessThanOrEqual(600 + 2 * CONCURRENCY);
});

test('a store that may not be written is refused before anything is called', async () => {
  const here = await rehearsal({});
  await here.run();
  const before = here.requests();
  writeFileSync(
    `${here.config}.more.json`,
    readFileSync(here.config, 'utf8').replace('"faults"', '"again"'),
  );
  chmodSync(here.db, 0o444);
  chmodSync(here.folder, 0o555);
  // Root may write anything: the run is then somebody else's.
  const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const { code, stderr } = await startChild(
    ['run', `${here.config}.more.json`, '--db', here.db],
    uid,
  ).ended;
  chmodSync(here.folder, 0o755);
  expect(stderr).toMatch(/read-only|may be written/);
  expect(code).toBe(2);
  expect(here.requests()).toBe(before);
});

test('a store that may not be written is reported and exported all the same, and no copy stays', async () => {
  const here = await rehearsal({});
  const { runId } = await here.run();
  const own = mkdtempSync(join(tmpdir(), 'care-judge-reader-'));
  onTestFinished(() => rmSync(own, { recursive: true, force: true }));
  chmodSync(own, 0o777);
  chmodSync(here.db, 0o444);
  chmodSync(here.folder, 0o555);
  onTestFinished(() => chmodSync(here.folder, 0o755));
  const reader = {
    environment: { TMPDIR: own },
    ...(process.getuid?.() === 0 ? { uid: 65_534 } : {}),
  };
  const read = async (...args: string[]) => await startChild(args, reader).ended;
  const whole = await read('report', runId, '--db', here.db, '--out', join(own, 'report'));
  expect(whole).toMatchObject({ code: 0 });
  const published = join(own, 'published.sqlite');
  expect(await read('export', published, '--db', here.db, '--run', runId)).toMatchObject({
    code: 0,
  });
  const again = await read('report', runId, '--db', published, '--out', join(own, 'again'));
  expect(again).toMatchObject({ code: 0 });
  const summaries = ['report', 'again'].map((folder) =>
    readFileSync(join(own, folder, 'summary.json'), 'utf8'),
  );
  expect(summaries[0]).toContain(runId);
  expect(summaries[1]).toBe(summaries[0]);
  expect(readdirSync(own).filter((name) => name.startsWith('care-judge-copy-'))).toEqual([]);
});

test('a second process on the store is refused, and the first one never notices', async () => {
  const here = await rehearsal({ questions: 60, latencyMs: 50 });
  const first = startChild(runArguments(here));
  await moreRequests(here, 5);
  const second = await startChild(runArguments(here)).ended;
  expect(second.code).toBe(2);
  expect(second.stderr).toContain('another care-judge process is writing to this store');
  expect(await first.ended).toMatchObject({ code: 0 });
  expect(here.requests()).toBe(120);
});

test('a wall clock that jumps by years changes no wait and loses no call', async () => {
  let reading = 0;
  const here = await rehearsal({ rules: [{ fault: 'rate-limit-none', share: 0.5 }] });
  const { systemClock } = await import('../../src/adapters/system/clock.ts');
  const jumping = {
    ...systemClock,
    now: () => {
      reading += 1;
      return 1_700_000_000_000 + (reading % 2 === 0 ? 1 : -1) * 365 * 86_400_000;
    },
  };
  const result = await here.run({ clock: jumping });
  expect(result).toMatchObject({ missing: 0, outcome: 'finished' });
  expect(here.integrity()).toBe('ok');
});
