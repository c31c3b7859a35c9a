import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import type { FaultName } from '../../../src/adapters/simulator/faults/faults.ts';
import { startSimulator } from '../../../src/adapters/simulator/server.ts';
import { chat, get, type Post, post, REFERENCES, type Reply } from './small-talk.ts';

const QUESTION = '端午节为什么要吃粽子？';
const AZURE = '/openai/v1/chat/completions';

/** What one request gets under the fault, after a check that its repetition passes. */
async function under(
  fault: FaultName,
  { ms, ...more }: Partial<Post> & { readonly ms?: number } = {},
): Promise<Reply> {
  const rule = { fault, ...(ms === undefined ? {} : { ms }) };
  const faults = { seed: 1, rules: [rule] };
  const simulator = await startSimulator({ references: REFERENCES, faults });
  const what = { body: chat('simulated-99', QUESTION, { max_tokens: 100 }), ...more };
  const spoilt = await post(simulator, what);
  const passed = await post(simulator, what);
  expect(passed.status).toBe(200);
  expect(passed.json.choices[0].finish_reason).toBe('stop');
  expect(simulator.counts.faults).toEqual({ [fault]: 1 });
  await simulator.close();
  return spoilt;
}

describe('error bodies', () => {
  it.each<[FaultName, number, object]>([
    ['flat-error', 400, { object: 'error', type: 'BadRequestError', param: null, code: 400 }],
    ['nested-error', 400, { error: { type: 'BadRequestError', code: 400 } }],
    ['unauthorized-vllm', 401, { error: 'Unauthorized' }],
    ['unauthorized-azure', 401, { error: { code: '401' } }],
    ['token-expired', 401, { statusCode: 401 }],
    ['permission-denied', 401, { error: { code: 'PermissionDenied' } }],
    ['forbidden', 403, { error: { code: '403' } }],
    ['nested-500', 500, { error: { type: 'InternalServerError', param: null, code: 500 } }],
    ['overloaded', 503, { error: { type: 'server_error', code: null } }],
    [
      'adapter-missing',
      404,
      { error: { message: 'The model `simulated-99` does not exist.', type: 'NotFoundError' } },
    ],
    ['deployment-not-found', 404, { error: { code: 'DeploymentNotFound' } }],
    ['retired-404', 404, { error: { code: '404', message: 'Resource not found' } }],
    [
      'unsupported-parameter',
      400,
      { error: { param: 'max_tokens', code: 'unsupported_parameter' } },
    ],
    [
      'prompt-filtered',
      400,
      {
        error: {
          code: 'content_filter',
          innererror: {
            code: 'ResponsibleAIPolicyViolation',
            content_filter_result: { violence: { filtered: true, severity: 'medium' } },
          },
        },
      },
    ],
    [
      'prompt-filtered-plural',
      400,
      { error: { inner_error: { content_filter_results: { violence: { filtered: true } } } } },
    ],
    ['context-azure', 400, { error: { code: 'context_length_exceeded' } }],
  ])('%s has its status and shape', async (fault, status, body) => {
    const reply = await under(fault);
    expect(reply.status).toBe(status);
    expect(reply.json).toMatchObject(body);
  });
});

describe('error messages', () => {
  it.each<[FaultName, number, RegExp]>([
    ['retired-400', 400, /does not work with the specified model, simulated-99/u],
    ['retired-410', 410, /deprecated and no longer available/u],
    ['context-a', 400, /maximum context length is 4096 tokens\. However, you requested 5000/u],
    ['context-a-prompt', 400, /requested 5000 tokens in the messages, Please/u],
    ['context-b', 400, /your request has 5000 input tokens/u],
    ['context-b-completion', 400, /is too large: 1000\./u],
    ['context-c', 400, /context length is only 131072 tokens/u],
    ['context-c-characters', 400, /at most 1572864 characters/u],
    ['context-c-completion', 400, /max_tokens=140000cannot be greater/u],
    ['duplicate-id', 400, /^Request id .* already running\.$/u],
    ['request-timeout', 408, /timeout/u],
    ['conflict', 409, /being updated/u],
  ])('%s says why', async (fault, status, words) => {
    const reply = await under(fault);
    expect(reply.status).toBe(status);
    expect(reply.json.error.message).toMatch(words);
  });
});

describe('errors of other shapes', () => {
  it('a bare filter error has no inner error under any name', async () => {
    const { json } = await under('prompt-filtered-bare');
    expect(Object.keys(json.error)).toEqual(['message', 'type', 'param', 'code', 'status']);
  });

  it('FastAPI’s detail and an empty 500 have no error object', async () => {
    expect(await under('detail-error')).toMatchObject({ status: 422, json: { detail: [{}] } });
    expect(await under('empty-500')).toMatchObject({ status: 500, text: '' });
  });

  it.each([502, 503, 504] as const)('a gateway’s %i is a page of HTML', async (status) => {
    const reply = await under(`gateway-${status}`);
    expect(reply.status).toBe(status);
    expect(reply.headers).toMatchObject({ 'content-type': 'text/html' });
    expect(reply.text).toContain(`<h1>${status} `);
  });

  it('a gzip error is compressed without having been asked for', async () => {
    const faults = { seed: 1, rules: [{ fault: 'gzip-error' as const }] };
    const simulator = await startSimulator({ references: [], faults });
    const reply = await request(`${simulator.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(chat('x', 'hi')),
    });
    expect(reply.statusCode).toBe(429);
    expect(reply.headers).toMatchObject({ 'content-encoding': 'gzip' });
    const text = gunzipSync(Buffer.from(await reply.body.arrayBuffer())).toString();
    expect(JSON.parse(text).error.message).toBe('Rate limit is exceeded. Try again in 2 seconds.');
    await simulator.close();
  });

  it('a value is unsupported for as long as it is sent', async () => {
    const rules = [{ fault: 'unsupported-value' as const, times: 'always' as const }];
    const simulator = await startSimulator({ references: [], faults: { seed: 1, rules } });
    const body = chat('x', 'hi', { temperature: 0.2 });
    expect((await post(simulator, { body })).json.error.message).toContain(
      "'temperature' does not support 0.2",
    );
    expect(await post(simulator, { body })).toMatchObject({ status: 400 });
    expect(await post(simulator, { body: chat('x', 'hi') })).toMatchObject({ status: 200 });
    await simulator.close();
  });

  it('the token service is throttled on its own route alone', async () => {
    const rules = [{ fault: 'token-provider-throttled' as const }];
    const simulator = await startSimulator({ references: [], faults: { seed: 1, rules } });
    const path = '/metadata/identity/oauth2/token?resource=x';
    expect(await post(simulator, { body: chat('x', 'hi') })).toMatchObject({ status: 200 });
    expect(await get(simulator, path)).toMatchObject({ status: 429 });
    expect((await get(simulator, path)).json).toMatchObject({
      access_token: 'simulated-token',
      token_type: 'Bearer',
    });
    await simulator.close();
  });
});

describe('rate limits', () => {
  it('ask for a wait in milliseconds, seconds, a date, or a day', async () => {
    expect((await under('rate-limit-ms', { ms: 150 })).headers).toMatchObject({
      'retry-after-ms': '150',
      'retry-after': '1',
    });
    const seconds = await under('rate-limit-seconds', { ms: 3000 });
    expect(seconds).toMatchObject({ status: 429, headers: { 'retry-after': '3' } });
    expect(seconds.json.error.message).toContain('Please retry after 3 seconds.');
    const date = (await under('rate-limit-date', { ms: 3_600_000 })).headers['retry-after'];
    expect(Date.parse(String(date)) - Date.now()).toBeGreaterThan(3_500_000);
    const day = await under('rate-limit-day');
    expect(day).toMatchObject({ status: 429, headers: { 'retry-after': '86400' } });
  });

  it('may hint at the wait elsewhere, wrongly or not at all', async () => {
    const none = await under('rate-limit-none');
    expect(none.json.error.message).toBe('Too many requests.');
    const message = await under('rate-limit-message');
    expect(message.json.error.message).toBe('Rate limit is exceeded. Try again in 2 seconds.');
    for (const { status, headers } of [none, message]) {
      expect(status).toBe(429);
      expect(Object.keys(headers).filter((name) => /retry|limit/u.test(name))).toEqual([]);
    }
    expect((await under('rate-limit-bogus')).headers).toMatchObject({
      'x-ratelimit-limit-tokens': '-1',
      'x-ratelimit-reset-tokens': '0',
    });
    const reset = await under('rate-limit-reset', { ms: 55_000 });
    expect(reset.headers).toMatchObject({ 'x-rate-limit-reset-tokens': '55' });
    const capacity = await under('rate-limit-capacity');
    expect(capacity.headers).toMatchObject({ 'x-ratelimit-limit-tokens': '1000' });
  });

  it('bite on a burst alone', async () => {
    const rules = [{ fault: 'rate-limit-burst' as const, perSecond: 3 }];
    const simulator = await startSimulator({ references: [], faults: { seed: 1, rules } });
    const bodies = [1, 2, 3, 4, 5].map((seed) => chat('x', 'hi', { seed }));
    const replies = await Promise.all(bodies.map((body) => post(simulator, { body })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429]);
    await simulator.close();
  });
});

describe('spoilt successes', () => {
  it.each<[FaultName, string, RegExp]>([
    ['error-in-200', 'application/json', /^\{"error":\{"message":"EngineCore/u],
    ['html-200', 'text/html; charset=utf-8', /^<!doctype html>/u],
    ['empty-200', 'application/json', /^$/u],
    ['null-200', 'application/json', /^null$/u],
    ['nan-json', 'application/json', /:NaN/u],
    ['broken-json', 'application/json', /^\{"id":"chatcmpl-[^\n]*[^}]$/u],
    ['lone-surrogate', 'application/json', /\\ud83d"/u],
    ['think-tags', 'application/json', /"content":"<think>\\n.*\\n<\/think>\\n\\n./u],
    ['think-closer', 'application/json', /"content":"(?!<think>).*\\n<\/think>\\n\\n./u],
  ])('%s shows on the wire', async (fault, contentType, bytes) => {
    const reply = await under(fault);
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({ 'content-type': contentType });
    expect(reply.text).toMatch(bytes);
  });

  it('a filtered completion has no text, no content at all, or a part', async () => {
    const message = { role: 'assistant' };
    const finish = { finish_reason: 'content_filter' };
    const none = (await under('completion-filtered', { path: AZURE })).json.choices[0];
    expect(none).toMatchObject({
      ...finish,
      content_filter_results: { violence: { filtered: true, severity: 'medium' } },
    });
    expect(none.message).toEqual({ ...message, content: null });
    const absent = (await under('completion-filtered-absent')).json.choices[0];
    expect(absent).toMatchObject(finish);
    expect(absent.message).toEqual(message);
    const part = (await under('completion-filtered-partial')).json.choices[0];
    expect(part).toMatchObject(finish);
    expect(REFERENCES[0]?.reference.startsWith(part.message.content)).toBe(true);
    expect(part.message.content.length).toBeGreaterThan(0);
  });

  it('the filter may be down, the budget thought away, the model another', async () => {
    const down = (await under('filter-down', { path: AZURE })).json.choices[0];
    expect(down.content_filter_results.error.code).toBe('content_filter_error');
    expect(down.finish_reason).toBe('stop');
    const thought = (await under('reasoning-used-budget')).json.choices[0];
    expect(thought).toMatchObject({ finish_reason: 'length', message: { content: null } });
    expect(thought.message.reasoning).toContain('step by step');
    const swapped = (await under('model-swapped')).json;
    expect(swapped.model).toBe('simulated:simulated-99-swapped');
    expect(swapped.system_fingerprint).toBe(swapped.model);
    expect((await under('no-choices')).json.choices).toEqual([]);
  });

  it('a judge may forget the format', async () => {
    const free = (await under('format-ignored')).json.choices[0].message.content;
    expect(free).not.toContain('[[');
    expect(free).not.toContain('屈原');
  });

  it('a stream may end in an error event or without an end', async () => {
    const rules = [{ fault: 'sse-error' as const }, { fault: 'sse-cut' as const }];
    const simulator = await startSimulator({ references: [], faults: { seed: 1, rules } });
    const body = chat('x', 'hi', { stream: true });
    const broken = await post(simulator, { body });
    expect(broken).toMatchObject({ status: 200, headers: { 'content-type': 'text/event-stream' } });
    expect(broken.text).toMatch(
      /^data: \{.*\n\ndata: \{"error":.*"code":500.*\n\ndata: \[DONE\]\n\n$/u,
    );
    const cut = await post(simulator, { body });
    expect(cut.text).toMatch(/^data: \{"id".*\n\n$/u);
    expect(await post(simulator, { body })).toMatchObject({ status: 400 });
    expect(await post(simulator, { body: chat('x', 'hi') })).toMatchObject({ status: 200 });
    await simulator.close();
  });
});
