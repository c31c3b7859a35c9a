import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cancelBatches, cleanBatches } from '../../src/run/batch/end-batches.ts';
import { exportCalls } from '../../src/run/batch/export-calls.ts';
import { importResults } from '../../src/run/batch/import-results.ts';
import {
  type BatchRehearsal,
  type BatchRehearsalOptions,
  filesLeft,
  prepareBatches,
} from './batch-rehearsal.ts';
import { doubledCalls } from './run-case.ts';

async function rehearsal(options: BatchRehearsalOptions = {}): Promise<BatchRehearsal> {
  const here = await prepareBatches(options);
  onTestFinished(() => here.close());
  return here;
}

const common = ({ config, db }: BatchRehearsal) => ({ config, db, environment: {} });
const exported = (here: BatchRehearsal, format: 'openai' | 'ray' = 'openai') =>
  exportCalls({ ...common(here), folder: join(here.folder, 'jobs'), format });
const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trim().split('\n');

/** What `vllm run-batch` 0.33 writes for a line: see its BatchRequestOutput. */
function engineLine(line: string, content: string): string {
  const { custom_id, body } = JSON.parse(line);
  return JSON.stringify({
    id: 'vllm-1',
    custom_id,
    response: {
      status_code: 200,
      request_id: 'vllm-batch-1',
      body: {
        id: 'chatcmpl-1',
        object: 'chat.completion',
        created: 1_790_000_000,
        model: body.model,
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content, reasoning: null, tool_calls: [] },
            logprobs: null,
            finish_reason: 'stop',
            stop_reason: null,
          },
        ],
        usage: { prompt_tokens: 10, total_tokens: 15, completion_tokens: 5 },
      },
    },
    error: null,
  });
}

test('files go to an engine and back in waves; a killed job’s beginning is read, and the rest goes out again', async () => {
  const here = await rehearsal({ questions: 4 });
  const { files } = await exported(here);
  expect(files.map(({ batch }) => [batch.wave, batch.requests])).toEqual([['answers', 4]]);
  const [file = ''] = files.map(({ path }) => path);
  const lines = linesOf(file);
  expect(lines).toHaveLength(4);
  // Out with an engine, they are not sent again: neither in a file nor online.
  expect((await exported(here)).files).toEqual([]);
  const { missing, calls } = await here.run({ batch: undefined });
  expect([missing, calls, here.simulator.counts.requests]).toEqual([4, 0, {}]);
  const output = join(here.folder, 'killed.jsonl');
  const [first = '', second = '', third = ''] = lines;
  const cut = engineLine(third, 'never whole').slice(0, 90);
  const begun = [engineLine(first, 'cakes'), engineLine(second, 'bread'), cut].join('\n');
  writeFileSync(output, begun);
  const read = await importResults({ ...common(here), files: [output] });
  expect(read).toMatchObject({ fates: { stored: 2 }, unreadable: 1, absent: 2, missing: 4 });
  expect(await importResults({ ...common(here), files: [output] })).toMatchObject({ fates: {} });
  const next = await exported(here);
  expect(next.files.map(({ batch }) => [batch.wave, batch.requests]).sort()).toEqual([
    ['answers', 2],
    ['judgments', 2],
  ]);
  for (const { path } of next.files) {
    const results = linesOf(path).map((line) => engineLine(line, 'Good.\n\nRating: [[7]]'));
    writeFileSync(`${path}.out`, `${results.join('\n')}\n`);
  }
  const outs = next.files.map(({ path }) => `${path}.out`);
  await importResults({ ...common(here), files: outs });
  expect(here.rows().map(({ answer, rating }) => [answer, rating])).toEqual([
    ['cakes', 7],
    ['bread', 7],
    ['Good.\n\nRating: [[7]]', null],
    ['Good.\n\nRating: [[7]]', null],
  ]);
  expect(doubledCalls(here)).toBe(0);
});

test('errors of run-batch go through the online mapper', async () => {
  const here = await rehearsal({ questions: 2 });
  const { files } = await exported(here);
  const [first, second] = linesOf(files[0]?.path ?? '').map((line) => JSON.parse(line).custom_id);
  // As vLLM 0.33 writes an ErrorResponse, and a sentence where it has none.
  const tooLong = {
    message:
      "This model's maximum context length is 2048 tokens. However, your request has 9000 input tokens.",
    type: 'BadRequestError',
    param: null,
    code: 400,
  };
  const status = { status_code: 400, request_id: 'vllm-batch-1', body: null };
  const output = join(here.folder, 'errors.jsonl');
  writeFileSync(
    output,
    [
      { id: 'a', custom_id: first, response: status, error: { error: tooLong } },
      {
        id: 'b',
        custom_id: second,
        response: status,
        error: 'Request must not be sent in stream mode',
      },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  );
  await importResults({ ...common(here), files: [output] });
  const kinds = here.rows().map(({ responseDetail }) => JSON.parse(responseDetail ?? '').error);
  expect(kinds).toMatchObject([
    { kind: 'context-length', status: 400 },
    { kind: 'bad-request', message: 'Request must not be sent in stream mode' },
  ]);
});

test('a call that an engine’s format has no place for is refused before a file is written', async () => {
  const completions = await rehearsal({
    config: {
      endpoints: { only: { kind: 'vllm', baseUrl: 'http://127.0.0.1:9/v1' } },
      models: [{ name: 'Model', endpoint: 'only', model: 'base', api: 'completions' }],
    },
  });
  await expect(exported(completions)).rejects.toThrow(/base has `api: completions`/);
  const unbounded = await rehearsal({
    config: { models: [{ name: 'Model', endpoint: 'only', model: 'chatty' }] },
  });
  await expect(exported(unbounded, 'ray')).rejects.toThrow(/set max_tokens .* of chatty/);
  expect(unbounded.query('SELECT id FROM batches')).toEqual([]);
});

test('rows of Ray Data go out and come back', async () => {
  const here = await rehearsal({ questions: 2 });
  const { files } = await exported(here, 'ray');
  const rows = linesOf(files[0]?.path ?? '').map((line) => JSON.parse(line));
  expect(Object.keys(rows[0])).toEqual(['custom_id', 'messages', 'sampling_params']);
  expect(rows[0].sampling_params).toEqual({ temperature: 0, max_tokens: 200 });
  const back = rows.map(({ custom_id }, index) => ({
    custom_id,
    generated_text: index === 0 ? 'cakes, cut' : null,
    finish_reason: index === 0 ? 'length' : null,
    usage: { prompt_tokens: 9, completion_tokens: 200 },
    __inference_error__: index === 0 ? '' : 'ValueError: The prompt is too long',
  }));
  const output = join(here.folder, 'part-0.json');
  writeFileSync(output, back.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const read = await importResults({ ...common(here), files: [output] });
  expect(read).toMatchObject({ fates: { stored: 1, retryable: 1 } });
  expect(here.rows().map(({ responseStatus }) => responseStatus)).toEqual(['truncated', 'pending']);
});

test('batches are cancelled: those at the endpoint keep what they have done, others go back at once', async () => {
  const here = await rehearsal({
    dialect: 'azure-v1',
    faults: { batch: [{ fault: 'token-limit-at-create', times: 1 }] },
  });
  await here.step();
  const ended = await cancelBatches({ ...common(here), ids: [], tell: () => undefined });
  expect(ended.map(({ end }) => end).sort()).toEqual(['abandoned', 'cancelling', 'cancelling']);
  const result = await here.run();
  expect(result).toMatchObject({ missing: 0, outcome: 'finished' });
  // Half of what was under way had been called; nothing is called twice.
  expect([here.simulator.counts.batchLines, doubledCalls(here)]).toEqual([24, 0]);
  expect(await filesLeft(here)).toBe(0);
});

test('a batch that the endpoint does not know is kept until somebody says that it is lost', async () => {
  const here = await rehearsal();
  await here.step();
  await here.simulator.close();
  const other = await rehearsal();
  const there = JSON.stringify(here.simulator.url).slice(1, -1);
  const moved = readFileSync(here.config, 'utf8').replaceAll(there, other.simulator.url);
  writeFileSync(here.config, moved);
  expect(await here.step()).toMatchObject({ outcome: 'waiting', missing: 12 });
  expect(here.notices.join('\n')).toMatch(/does not know batch .* `care-judge batch cancel \w+`/);
  expect(other.simulator.counts.batchLines).toBe(0);
  await cancelBatches({ ...common(here), ids: [], tell: () => undefined });
  expect(await here.run()).toMatchObject({ missing: 0 });
});

test('what a session could not delete, clean deletes', async () => {
  const here = await rehearsal({ questions: 2 });
  const { config, db } = here;
  const key = { authorization: 'Bearer made-up-batch-key' };
  await here.run();
  const [batch] = here.query('SELECT id FROM batches ORDER BY id').map((row) => Object(row).id);
  const form = new FormData();
  form.set('purpose', 'batch');
  form.set('file', new Blob(['{}']), `care-judge-${batch}.jsonl`);
  await fetch(`${here.simulator.url}/v1/files`, { method: 'POST', headers: key, body: form });
  const foreign = new FormData();
  foreign.set('purpose', 'batch');
  foreign.set('file', new Blob(['{}']), 'somebody-elses.jsonl');
  await fetch(`${here.simulator.url}/v1/files`, { method: 'POST', headers: key, body: foreign });
  const deleted = await cleanBatches({ config, db, environment: {}, tell: () => undefined });
  expect([deleted, await filesLeft(here)]).toEqual([1, 1]);
});
