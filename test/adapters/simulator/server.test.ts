import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/adapters/simulator/server.ts';
import { chat, get, post, REFERENCES } from './small-talk.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ references: REFERENCES });
});
afterAll(() => simulator.close());

describe('vLLM routes', () => {
  it('answers chat with a vLLM body, nulls included, under the request’s own id', async () => {
    const reply = await post(simulator, {
      headers: { 'x-request-id': 'item7-a1' },
      body: chat('simulated-70', 'Hello there'),
    });
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({ server: 'uvicorn', 'content-type': 'application/json' });
    expect(reply.headers).not.toHaveProperty('connection');
    expect(reply.headers).not.toHaveProperty('keep-alive');
    const text = reply.json.choices[0].message.content;
    expect(reply.json).toEqual({
      id: 'chatcmpl-item7-a1',
      object: 'chat.completion',
      created: 1763756400,
      model: 'simulated:simulated-70',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: text,
            refusal: null,
            annotations: null,
            audio: null,
            function_call: null,
            tool_calls: [],
            reasoning: null,
            reasoning_content: null,
          },
          logprobs: null,
          finish_reason: 'stop',
          stop_reason: null,
          token_ids: null,
        },
      ],
      service_tier: null,
      system_fingerprint: 'simulated:simulated-70',
      // 'Hello there' has 11 characters, 2.75 tokens; a message adds 4: ⌈2.75⌉ + 4 = 7.
      usage: {
        prompt_tokens: 7,
        completion_tokens: Math.ceil(text.length / 4),
        total_tokens: 7 + Math.ceil(text.length / 4),
        prompt_tokens_details: null,
      },
      prompt_logprobs: null,
      prompt_token_ids: null,
      kv_transfer_params: null,
    });
  });
});

describe('generation', () => {
  it('counts every wide character as a token and stops at max_tokens', async () => {
    const prompt = '端午节为什么要吃粽子？';
    const { json } = await post(simulator, {
      body: chat('simulated-99', prompt, { max_tokens: 3, temperature: 0 }),
    });
    // Ten Han characters and one full-width mark (a quarter): ⌈10.25⌉ + 4 = 15.
    expect(json.usage).toMatchObject({ prompt_tokens: 15, completion_tokens: 3 });
    expect(json.choices[0].message.content).toHaveLength(3);
    expect(json.choices[0].finish_reason).toBe('length');
  });

  it('completes raw prompts, by default 16 tokens at most', async () => {
    const body = { model: 'simulated-99', prompt: '端午节为什么要吃粽子？' };
    const short = await post(simulator, { path: '/v1/completions', body });
    expect(short.json).toMatchObject({
      object: 'text_completion',
      choices: [{ finish_reason: 'length' }],
      usage: { completion_tokens: 16 },
    });
    const long = await post(simulator, {
      path: '/v1/completions',
      body: { ...body, max_tokens: 99 },
    });
    expect(long.json.choices[0].finish_reason).toBe('stop');
    expect(long.json.choices[0].text).toContain('屈原');
  });

  it('serves models, health, version and metrics', async () => {
    const models = await get(simulator, '/v1/models');
    expect(models.json.data[0]).toMatchObject({ object: 'model', root: 'simulated:simulated-85' });
    expect(await get(simulator, '/health')).toMatchObject({ status: 200, text: '' });
    expect((await get(simulator, '/version')).json).toEqual({ version: '0.0.0+simulated' });
    const metrics = await get(simulator, '/metrics');
    expect(metrics.text).toContain(
      'vllm:num_requests_running{engine="0",model_name="simulated"} 0\n',
    );
  });
});

describe('refusals of vLLM', () => {
  it.each([
    ['bad JSON', '{"model": ', 400, 'json_invalid'],
    ['a body without messages', '{"model":"x"}', 400, 'messages'],
    ['max_tokens 0', JSON.stringify(chat('x', 'hi', { max_tokens: 0 })), 400, 'at least 1, got 0'],
    [
      'streaming',
      JSON.stringify(chat('x', 'hi', { stream: true })),
      400,
      'streaming is not simulated',
    ],
  ])('refuses %s', async (_name, body, status, words) => {
    const reply = await post(simulator, { body });
    expect(reply.status).toBe(status);
    expect(reply.json.error.message).toContain(words);
  });

  it('refuses another content type, an unknown path and a wrong method as FastAPI does', async () => {
    const text = await post(simulator, { headers: { 'content-type': 'text/plain' }, body: '{}' });
    expect(text).toMatchObject({ status: 400, json: { error: { type: 'BadRequestError' } } });
    expect(await post(simulator, { path: '/v1/chats', body: {} })).toMatchObject({
      status: 404,
      json: { error: { message: 'Not Found', type: 'Not Found', param: null, code: 404 } },
    });
    expect(await get(simulator, '/v1/chat/completions')).toMatchObject({
      status: 405,
      json: { error: { message: 'Method Not Allowed', code: 405 } },
    });
  });
});

describe('Azure routes', () => {
  const dated = '/openai/deployments/simulated-70/chat/completions';

  it('takes the model from the path and adds filter results', async () => {
    const reply = await post(simulator, {
      path: `${dated}?api-version=2024-10-21`,
      headers: { 'x-request-id': 'item7-a1' },
      body: chat('ignored', 'Hello there'),
    });
    expect(reply.json).toMatchObject({
      model: 'simulated:simulated-70',
      system_fingerprint: 'simulated:simulated-70',
      choices: [
        {
          finish_reason: 'stop',
          content_filter_results: {
            hate: { filtered: false, severity: 'safe' },
            protected_material_text: { filtered: false, detected: false },
          },
        },
      ],
      prompt_filter_results: [
        {
          prompt_index: 0,
          content_filter_results: { jailbreak: { filtered: false, detected: false } },
        },
      ],
    });
    expect(reply.json.id).toMatch(/^chatcmpl-[0-9a-f]{8}$/u);
    expect(reply.headers).toMatchObject({ 'apim-request-id': 'simulated' });
  });

  it('serves the version-free routes with the model from the body', async () => {
    const path = '/openai/v1/chat/completions';
    const { json } = await post(simulator, { path, body: chat('simulated-50', 'Hello') });
    expect(json.model).toBe('simulated:simulated-50');
    const raw = { model: 'simulated-50', prompt: 'Hello' };
    const text = await post(simulator, { path: '/openai/v1/completions', body: raw });
    expect(text.json).toMatchObject({ object: 'text_completion', model: 'simulated:simulated-50' });
    expect((await get(simulator, '/openai/v1/models')).json.object).toBe('list');
  });

  it('knows no dated path without api-version', async () => {
    expect(await post(simulator, { path: dated, body: chat('x', 'hi') })).toMatchObject({
      status: 404,
      json: { error: { code: '404', message: 'Resource not found' } },
    });
  });
});

describe('keys and names', () => {
  it('gives each surface its own 401, and lets the right key pass', async () => {
    const guarded = await startSimulator({ references: [], apiKey: 'right' });
    const path = '/openai/v1/chat/completions';
    const ask = (headers: Record<string, string>, to?: string) =>
      post(guarded, { headers, body: chat('x', 'hi'), ...(to ? { path: to } : {}) });
    expect(await ask({})).toMatchObject({ status: 401, json: { error: 'Unauthorized' } });
    expect(await ask({ authorization: 'Bearer wrong' })).toMatchObject({ status: 401 });
    expect(await ask({ authorization: 'Bearer right' })).toMatchObject({ status: 200 });
    expect(await ask({ 'api-key': 'wrong' }, path)).toMatchObject({
      status: 401,
      json: { error: { code: '401' } },
    });
    expect(await ask({ authorization: 'Bearer wrong' }, path)).toMatchObject({
      status: 401,
      json: { statusCode: 401 },
    });
    expect(await ask({ 'api-key': 'right' }, path)).toMatchObject({ status: 200 });
    expect(await ask({ authorization: 'Bearer right' }, path)).toMatchObject({ status: 200 });
    expect(await get(guarded, '/v1/models')).toMatchObject({ status: 401 });
    expect(await get(guarded, '/health')).toMatchObject({ status: 200 });
    await guarded.close();
  });

  it('serves only the models it was given', async () => {
    const picky = await startSimulator({ references: [], models: ['care-zh'] });
    expect((await get(picky, '/v1/models')).json.data).toMatchObject([{ id: 'care-zh' }]);
    expect(await post(picky, { body: chat('care-zh', 'hi') })).toMatchObject({ status: 200 });
    expect((await post(picky, { body: chat('care-ja', 'hi') })).json).toEqual({
      error: {
        message: 'The model `care-ja` does not exist.',
        type: 'NotFoundError',
        param: 'model',
        code: 404,
      },
    });
    const path = '/openai/deployments/care-ja/chat/completions?api-version=2024-10-21';
    expect(await post(picky, { path, body: chat('', 'hi') })).toMatchObject({
      status: 404,
      json: { error: { code: 'DeploymentNotFound' } },
    });
    await picky.close();
  });
});

it('answers a request of more than 32 MB with 413 and one message', async () => {
  const reply = await post(simulator, {
    body: chat('simulated-70', 'a'.repeat(32 * 1024 * 1024)),
  });
  expect(reply.status).toBe(413);
  expect(reply.json.error).toMatchObject({
    message: 'The request is larger than the 32 MB that the simulator takes.',
    code: 'request_too_large',
  });
});
