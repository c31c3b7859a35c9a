import { readFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { withStore, withStoreIfAny } from '../../src/cli/context.ts';
import { exitCodeOf } from '../../src/cli/progress/run-with-progress.ts';
import { dryRun } from '../../src/run/dry-run.ts';
import { missingOfRun } from '../../src/series/names/missing.ts';
import { prepareRehearsal, type RehearsalOptions } from './rehearsal.ts';

async function rehearsal(options: RehearsalOptions = {}) {
  const prepared = await prepareRehearsal(options);
  onTestFinished(() => prepared.close());
  return prepared;
}

/** Replaces a part of the config that does not change the plan. */
function setInConfig(file: string, parts: Record<string, unknown>): void {
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...parts }));
}

const live = (name: string, model: string, price: object) => ({
  name,
  endpoint: 'only',
  model,
  decoding: { max_tokens: 200 },
  price,
});
const MILLION = { prompt: 1_000_000, completion: 1_000_000 };
const PRICED = {
  models: [live('Model', 'simulated-60', MILLION)],
  judges: [live('Judge', 'simulated-judge', { prompt: 0, completion: 0 })],
};

test('a spent budget stops the run cleanly, and a higher one goes on with it', async () => {
  const here = await rehearsal({
    questions: 30,
    endpoint: { concurrency: 1 },
    // A dollar a token: six answers cost at least 90 dollars, thirty far more.
    config: { ...PRICED, budget: { usd: 90 } },
  });
  const first = await here.run();
  expect(first.outcome).toBe('budget');
  expect(first.counts.responses.completed).toBeLessThan(30);
  expect(exitCodeOf(first)).toBe(3);
  expect(here.notices).toHaveLength(1);
  expect(here.notices[0]).toContain('Budget of $90 reached');
  const before = here.requests();
  const again = await here.run();
  expect(again).toMatchObject({ outcome: 'budget', calls: 0 });
  expect(here.requests()).toBe(before);
  setInConfig(here.config, { budget: { usd: 1_000_000 } });
  const rest = await here.run();
  expect(rest).toMatchObject({ outcome: 'finished', missing: 0 });
  expect(here.requests()).toBe(60);
  // Both sessions' calls, those of this one and those that were stored, in dollars that are tokens.
  const [model] = rest.spending;
  expect(model).toMatchObject({
    label: 'Model',
    fresh: { calls: 30 - first.counts.responses.completed },
    stored: { calls: first.counts.responses.completed },
  });
  expect(model?.fresh.usd).toBeCloseTo(
    (model?.fresh.promptTokens ?? 0) + (model?.fresh.completionTokens ?? 0),
    6,
  );
});

test('missing ratings are counted by model, culture and reason', async () => {
  const here = await rehearsal({
    rules: [
      {
        fault: 'nested-error',
        times: 'always',
        match: { questionIncludes: 'number 1,', role: 'answer' },
      },
      {
        fault: 'format-ignored',
        times: 'always',
        match: { questionIncludes: 'number 2,', role: 'judge' },
      },
    ],
  });
  const result = await here.run();
  expect(result).toMatchObject({ missing: 2, planned: 6, open: 0 });
  // Questions with an odd number are the West's.
  const { rows } = await withStore(here.db, (archive) => missingOfRun(archive, result.runId));
  expect(rows).toMatchObject([
    {
      culture: 'East',
      planned: 3,
      rated: 2,
      missing: { judgment_unparsed: 1, response_failed: 0 },
    },
    {
      culture: 'West',
      planned: 3,
      rated: 2,
      missing: { judgment_unparsed: 0, response_failed: 1 },
    },
  ]);
});

test.each([
  ['nothing is missing', { missing: 0, open: 0, allowedMissing: null }, 0],
  ['a rating is missing', { missing: 1, open: 0, allowedMissing: null }, 3],
  ['as much is missing as allowed', { missing: 2, open: 0, allowedMissing: 0.02 }, 0],
  ['more is missing than allowed', { missing: 3, open: 0, allowedMissing: 0.02 }, 3],
  ['a call was not made, whatever is allowed', { missing: 1, open: 1, allowedMissing: 0.5 }, 3],
] as const)('of 100 planned, where %s', (_what, found, code) => {
  expect(exitCodeOf({ outcome: 'finished', planned: 100, waiting: [], ...found })).toBe(code);
});

test('--retry-missing asks for what is missing alone, and a new failure keeps the old words', async () => {
  const here = await rehearsal({
    rules: [
      {
        fault: 'format-ignored',
        times: 1,
        match: { questionIncludes: 'number 2,', role: 'judge' },
      },
      { fault: 'nested-error', times: 1, match: { questionIncludes: 'number 2,', role: 'judge' } },
      { fault: 'nested-error', times: 1, match: { questionIncludes: 'number 4,', role: 'answer' } },
    ],
  });
  await here.run();
  const first = here.rows();
  expect(first.map(({ judgmentStatus }) => judgmentStatus)).toEqual([
    'rated',
    'rated',
    'unparsed',
    'rated',
    'pending',
    'rated',
  ]);
  const before = here.requests();
  await here.run({ retryMissing: true });
  // The verdict again, the answer again and its verdict.
  expect(here.requests() - before).toBe(3);
  const second = here.rows();
  expect(second[2]).toMatchObject({ judgmentStatus: 'unparsed', verdict: first[2]?.verdict });
  expect(second[4]?.judgmentStatus).toBe('rated');
  await here.run({ retryMissing: true });
  expect(here.rows().map(({ judgmentStatus }) => judgmentStatus)).toEqual(Array(6).fill('rated'));
});

test('a dry run counts the whole plan and what a store lacks of it', async () => {
  const here = await rehearsal({
    config: PRICED,
    rules: [
      {
        fault: 'nested-error',
        times: 'always',
        match: { questionIncludes: 'number 3,', role: 'answer' },
      },
    ],
  });
  const estimate = async () =>
    await withStoreIfAny(here.db, (archive) =>
      dryRun({ config: here.config, environment: {}, archive }),
    );
  const [fresh] = await estimate();
  expect(fresh).toMatchObject({ role: 'model', calls: 6, completionTokens: 1200, left: null });
  // "What is brought to festival number 0, and by whom?": one token a word, digit or mark, and one
  // for the space before the digit: 13 in each of six prompts. Each token costs a dollar here.
  expect(fresh?.promptTokens).toBe(6 * 13);
  expect(fresh?.usd).toBe(6 * 13 + 1200);
  expect(here.requests()).toBe(0);
  await here.run();
  const [model, judge] = await estimate();
  // A failed answer has been paid for; its verdict has not been asked for.
  expect(model).toMatchObject({ calls: 6, left: { calls: 0, promptTokens: 0, usd: 0 } });
  expect(judge).toMatchObject({ calls: 6, left: { calls: 1, completionTokens: 200 } });
});

test('the limits an endpoint was given and what was spent are kept with the session', async () => {
  const here = await rehearsal({ config: PRICED });
  const { runId } = await here.run();
  const { openRunArchive } = await import('../../src/adapters/sqlite/read/run-archive.ts');
  const archive = openRunArchive(here.db);
  const [session] = archive.loadRun(runId).sessions;
  archive.close();
  expect(session?.limits).toMatchObject([
    { endpoint: 'only', ceiling: 32, changes: [{ atMs: 0, limit: 16, cause: 'start' }] },
  ]);
  expect(session?.spending).toMatchObject([
    { role: 'model', position: 0, fresh: { calls: 6 }, stored: { calls: 0 } },
    { role: 'judge', position: 0, fresh: { calls: 6 }, stored: { calls: 0 } },
  ]);
});

test('an endpoint that refuses stops alone: the other one ends its part', async () => {
  const here = await rehearsal({ config: {} });
  const config = JSON.parse(readFileSync(here.config, 'utf8'));
  config.endpoints.nobody = { ...config.endpoints.only, baseUrl: 'http://127.0.0.1:9/v1' };
  config.models.push({ ...config.models[0], name: 'Absent', endpoint: 'nobody' });
  writeFileSync(here.config, JSON.stringify(config));
  const result = await here.run();
  expect(result).toMatchObject({ missing: 6, open: 12, outcome: 'finished' });
  expect(here.notices.filter((notice) => notice.includes('"nobody" is not asked'))).toHaveLength(1);
  expect(here.rows().filter(({ rating }) => rating !== null)).toHaveLength(6);
});
