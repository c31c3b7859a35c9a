import { readFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { FaultName } from '../../src/adapters/simulator/faults/faults.ts';
import type { SeenRequest } from '../../src/adapters/simulator/wire/dispatcher.ts';
import { closingLines } from '../../src/cli/progress/closing-lines.ts';
import { exitCodeOf } from '../../src/cli/progress/run-with-progress.ts';
import {
  type BatchRehearsal,
  type BatchRehearsalOptions,
  filesLeft,
  prepareBatches,
} from './batch-rehearsal.ts';

async function rehearsal(options: BatchRehearsalOptions = {}): Promise<BatchRehearsal> {
  const here = await prepareBatches(options);
  onTestFinished(() => here.close());
  return here;
}

/** Input files that were uploaded, as their lines, and batches that were made. */
function watchRequests() {
  const uploads: { readonly fields: string; readonly lines: Record<string, unknown>[] }[] = [];
  const created: unknown[] = [];
  const onRequest = ({ method, path, raw, body }: SeenRequest) => {
    if (method !== 'POST') return;
    if (/\/batches(?:\?|$)/.test(path)) created.push(body);
    if (!/\/files(?:\?|$)/.test(path)) return;
    const [fields = '', content = ''] = raw.toString('utf8').split('application/jsonl\r\n\r\n');
    const lines = content.split('\n').filter((line) => line.startsWith('{'));
    uploads.push({ fields, lines: lines.map((line) => JSON.parse(line)) });
  };
  return { uploads, created, onRequest };
}

test('one command sends, exits and collects, wave after wave, until nothing is missing', async () => {
  const { uploads, created, onRequest } = watchRequests();
  const batch = { deployment: 'my-batch' };
  const here = await rehearsal({ dialect: 'azure-dated', batch, onRequest });
  const first = await here.step();
  expect(first).toMatchObject({ outcome: 'waiting', missing: 12, calls: 0 });
  expect(exitCodeOf(first)).toBe(3);
  // Five lines a file: 12 answers are three.
  expect(first.waiting.map(({ requests, wave, state }) => [requests, wave, state])).toEqual([
    [5, 'answers', 'submitted'],
    [5, 'answers', 'submitted'],
    [2, 'answers', 'submitted'],
  ]);
  const [one] = first.waiting;
  const closing = closingLines(first, 'again', []).join('\n');
  expect(closing).toContain('Waiting for 3 batches with 12 calls:');
  expect(closing).toContain(`  ${one?.id} only my-batch: 5 answers, in_progress (0 of 5)`);
  expect(uploads[0]?.fields).toMatch(/name="purpose"\r\n\r\nbatch/);
  expect(uploads[0]?.fields).toMatch(/name="expires_after\[anchor\]"\r\n\r\ncreated_at/);
  expect(uploads[0]?.fields).toMatch(/name="expires_after\[seconds\]"\r\n\r\n1209600/);
  expect(uploads[0]?.fields).toContain(`filename="care-judge-${one?.id}.jsonl"`);
  expect(uploads[0]?.lines[0]).toMatchObject({
    custom_id: expect.stringMatching(/^[0-9a-f]{64}$/),
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model: 'my-batch', temperature: 0, max_tokens: 200 },
  });
  expect(created[0]).toMatchObject({
    endpoint: '/chat/completions',
    completion_window: '24h',
    output_expires_after: { anchor: 'created_at', seconds: 1_209_600 },
  });
  let waves: string[] = [];
  for (let step = 0; step < 12; step += 1) {
    const { outcome, waiting } = await here.step();
    waves = [...waves, ...waiting.map(({ wave }) => wave)];
    if (outcome === 'finished') break;
  }
  expect(waves).toContain('judgments');
  expect(here.rows().every(({ rating }) => rating !== null)).toBe(true);
  expect([here.simulator.counts.batchLines, await filesLeft(here)]).toEqual([24, 0]);
  expect(here.notices).toEqual([]);
  // Nothing is left to do, and nothing is asked.
  const requests = uploads.length + created.length;
  expect(await here.step()).toMatchObject({ calls: 0, missing: 0 });
  expect(uploads.length + created.length).toBe(requests);
});

test('lines go through the online mapper, and a verdict without a rating is asked for again in the next wave', async () => {
  const rule = (fault: FaultName, number: number, role: 'answer' | 'judge') =>
    ({ fault, times: 1, match: { role, questionIncludes: `number ${number},` } }) as const;
  const rules = [
    rule('prompt-filtered', 1, 'answer'),
    rule('context-azure', 2, 'answer'),
    rule('completion-filtered', 3, 'judge'),
    rule('format-ignored', 4, 'judge'),
    rule('nested-500', 5, 'judge'),
  ];
  const judge = { onUnparsed: { reask: 1 } };
  const here = await rehearsal({ questions: 8, faults: { rules }, judge });
  await here.run();
  const rows = here.rows().map((row) => [row.responseStatus, row.judgmentStatus, row.asks]);
  expect(rows).toEqual([
    ['completed', 'rated', 1],
    ['filtered', 'pending', null],
    ['failed', 'pending', null],
    ['completed', 'filtered', 1],
    ['completed', 'rated', 2],
    ['completed', 'rated', 1],
    ['completed', 'rated', 1],
    ['completed', 'rated', 1],
  ]);
});

test('what waits in batches counts against the budget, at the batch price', async () => {
  // $1,000 per million online and half in batches: a call with 200 tokens at most may cost $0.10.
  const price = { prompt: 0, completion: 1000, batch: { prompt: 0, completion: 500 } };
  const decoding = { temperature: 0, max_tokens: 200 };
  const model = { name: 'Model', endpoint: 'only', model: 'simulated-60', decoding, price };
  const here = await rehearsal({
    config: { models: [model], budget: { usd: 0.35 } },
    judge: { price: { prompt: 0, completion: 0 } },
  });
  const { waiting } = await here.step();
  expect(waiting.map(({ requests }) => requests)).toEqual([3]);
  expect(here.notices.join('\n')).toContain(
    'Budget of $0.35 reached: the calls of this run have cost $0.00, and those that wait in batches may cost $0.40.',
  );
  const result = await here.run();
  const tokens = here.query('SELECT sum(completion_tokens) AS sum FROM responses');
  const sum = Number(Object(tokens[0]).sum);
  const [spent] = result.spending;
  expect((spent?.fresh.usd ?? 0) + (spent?.stored.usd ?? 0)).toBeCloseTo((sum * 500) / 1e6, 9);
  expect(result.open).toBeGreaterThan(0);
});

test('endpoints without `batch` are called online in the same command', async () => {
  const here = await rehearsal({ questions: 4 });
  const config = JSON.parse(readFileSync(here.config, 'utf8'));
  const { batch: _batch, ...online } = config.endpoints.only;
  config.endpoints.live = online;
  config.models[0].endpoint = 'live';
  writeFileSync(here.config, JSON.stringify(config));
  const { waiting } = await here.step();
  expect(waiting.map(({ wave, requests }) => [wave, requests])).toEqual([['judgments', 4]]);
  expect(here.simulator.counts.requests['POST /v1/chat/completions']).toBe(4);
  expect(await here.run()).toMatchObject({ missing: 0 });
  expect(here.simulator.counts).toMatchObject({ batchLines: 4 });
  expect(here.simulator.counts.requests['POST /v1/chat/completions']).toBe(4);
});

test('a batch that an empty quota has no room for goes out in halves', async () => {
  const faults = { batch: [{ fault: 'token-limit-at-create' as const, times: 2 }] };
  const here = await rehearsal({
    questions: 8,
    batch: { requests: 100 },
    faults,
  });
  expect(await here.run()).toMatchObject({ missing: 0 });
  const sizes = here.query(
    `SELECT requests FROM batches WHERE wave = 'answers'
     ORDER BY (SELECT min(s.id) FROM batch_steps s WHERE s.batch = batches.id)`,
  );
  // The prompts are of one length, so half of the tokens is half of the lines.
  expect(sizes).toEqual([{ requests: 8 }, { requests: 4 }, { requests: 4 }]);
  expect(here.simulator.counts.batchLines).toBe(16);
});

test('no more tokens wait than the quota that the config names', async () => {
  const here = await rehearsal({ questions: 6, batch: { tokens: 60, requests: 100 } });
  await here.step();
  const [sum] = here.query(
    'SELECT sum(prompt_tokens) AS tokens, sum(requests) AS calls FROM batches',
  );
  const { tokens, calls } = Object(sum);
  expect(tokens).toBeLessThanOrEqual(60);
  // All prompts are of one length: another would be too much.
  expect(tokens + tokens / calls).toBeGreaterThan(60);
  expect(await here.run()).toMatchObject({ missing: 0 });
});

test('what one process learned of rejected parameters, the next one knows', async () => {
  const { uploads, onRequest } = watchRequests();
  const faults = { batch: [{ fault: 'refused-parameter' as const, times: 1 }] };
  const here = await rehearsal({ questions: 4, batch: { requests: 100 }, faults, onRequest });
  let result = await here.step();
  for (let step = 0; step < 20 && result.missing > 0; step += 1) result = await here.step();
  expect(result.missing).toBe(0);
  const [first, second] = uploads.map(({ lines }) => Object(lines[0]).body);
  expect([first.max_tokens, second.max_tokens, second.max_completion_tokens]).toEqual([
    200,
    undefined,
    200,
  ]);
  const notes = here.query('SELECT DISTINCT notes FROM responses');
  expect(notes).toEqual([
    { notes: '["max_tokens was sent as max_completion_tokens, which the model wants"]' },
  ]);
});

test('a rehearsal needs no key and waits for its simulated batches', async () => {
  const here = await rehearsal({ questions: 3 });
  const config = JSON.parse(readFileSync(here.config, 'utf8'));
  config.endpoints.only = {
    kind: 'azure',
    endpoint: '\u0024{NOT_SET_ENDPOINT}',
    auth: { apiKey: '\u0024{NOT_SET_KEY}' },
    batch: { deployment: 'my-batch' },
  };
  writeFileSync(here.config, JSON.stringify(config));
  const result = await here.run({ rehearse: true, batch: { wait: false } });
  expect(result).toMatchObject({ missing: 0, outcome: 'finished', waiting: [] });
  expect(here.query('SELECT count(*) AS batches FROM batches')).toEqual([{ batches: 2 }]);
  expect(here.simulator.counts.requests).toEqual({});
});

test('--batch without an endpoint that takes files is refused before anything is called', async () => {
  const here = await rehearsal({
    config: { endpoints: { only: { kind: 'vllm', baseUrl: 'http://127.0.0.1:9/v1' } } },
  });
  await expect(here.run()).rejects.toThrow(
    /no endpoint of this config takes batches. Add `batch: \{\}`/,
  );
});

test('a batch deployment for a model that nobody has is a mistake of the config', async () => {
  const here = await rehearsal({ batch: { deployment: { 'simulated-06': 'my-batch' } } });
  await expect(here.run()).rejects.toThrow(
    /endpoints\.only\.batch\.deployment: no model or judge of this endpoint has `model: simulated-06`; there are: simulated-60, simulated-judge/,
  );
});
