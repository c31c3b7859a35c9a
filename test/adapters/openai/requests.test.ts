import { expect, test } from 'vitest';
import { createChatModel } from '../../../src/adapters/openai/chat-model.ts';
import { completion, sendJson } from './fake-server.ts';
import { ask, CHAT, endpoint, model, serve } from './setup.ts';

test('a chat call to vLLM sends the messages and the decoding as written and nothing more', async () => {
  const fake = await serve((_, response) => sendJson(response, 200, completion('القاهرة')));
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1`, apiKey: ' key-1 ' });
  const outcome = await vllm.ask(
    {
      ...CHAT,
      decoding: { temperature: 0, top_k: -1, chat_template_kwargs: { enable_thinking: false } },
    },
    { signal: new AbortController().signal, requestId: 'item 7/é-a1' },
  );
  expect(outcome).toEqual({
    kind: 'reply',
    reply: {
      content: 'القاهرة',
      reasoning: null,
      finishReason: 'stop',
      servedModel: 'served-name',
      systemFingerprint: 'fp_1',
      usage: { promptTokens: 391, completionTokens: 11, cachedTokens: null, reasoningTokens: null },
      logprobs: null,
      notes: [],
      adaptations: [],
    },
  });
  const [request] = fake.requests;
  expect(request?.method).toBe('POST');
  expect(request?.url).toBe('/v1/chat/completions');
  expect(JSON.parse(request?.text ?? '')).toEqual({
    temperature: 0,
    top_k: -1,
    chat_template_kwargs: { enable_thinking: false },
    model: 'm',
    messages: CHAT.prompt,
  });
  expect(request?.headers.authorization).toBe('Bearer key-1');
  expect(request?.headers['x-request-id']).toBe('item%207/%C3%A9-a1');
  expect(request?.headers['content-type']).toBe('application/json');
});

test('a raw completion joins the messages by a blank line, the system message first', async () => {
  const fake = await serve((_, response) =>
    sendJson(response, 200, {
      model: 'base',
      choices: [{ text: ' Cairo', finish_reason: 'length' }],
    }),
  );
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1/` });
  const outcome = await ask(vllm, {
    api: 'completions',
    prompt: [
      { role: 'user', content: 'Capital of Egypt?' },
      { role: 'system', content: 'Be brief.' },
    ],
    decoding: { max_tokens: 5 },
  });
  expect(outcome).toMatchObject({
    kind: 'reply',
    reply: { content: ' Cairo', finishReason: 'length', usage: null },
  });
  expect(fake.requests[0]?.url).toBe('/v1/completions');
  expect(JSON.parse(fake.requests[0]?.text ?? '')).toEqual({
    max_tokens: 5,
    model: 'm',
    prompt: 'Be brief.\n\nCapital of Egypt?',
  });
});

test('a server without a key gets no Authorization header at all', async () => {
  const fake = await serve((_, response) => sendJson(response, 200, completion('ok')));
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1` });
  await ask(vllm);
  const names = fake.requests[0]?.rawHeaders.filter((_, index) => index % 2 === 0);
  expect(names?.map((name) => name.toLowerCase()).sort()).toEqual([
    'accept',
    'connection',
    'content-length',
    'content-type',
    'host',
    'user-agent',
    'x-request-id',
  ]);
});

test('a query in the base URL stays behind the path, as some gateways want it', async () => {
  const fake = await serve((_, response) => sendJson(response, 200, completion('ok')));
  const gateway = await model({ kind: 'openai', baseUrl: `${fake.origin}/llm/v1/?tenant=a%20b` });
  await ask(gateway);
  expect(fake.requests[0]?.url).toBe('/llm/v1/chat/completions?tenant=a%20b');
});

test('an OpenAI endpoint gets its key as a bearer token', async () => {
  const fake = await serve((_, response) => sendJson(response, 200, completion('ok')));
  await ask(await model({ kind: 'openai', baseUrl: `${fake.origin}/v1`, apiKey: 'sk-1' }));
  expect(fake.requests[0]?.headers.authorization).toBe('Bearer sk-1');
});

test('dated Azure names the deployment in the path, the version in the query, the key in api-key', async () => {
  const fake = await serve((_, response) => sendJson(response, 200, completion('ok')));
  const azure = await model({
    kind: 'azure',
    endpoint: `${fake.origin}/`,
    apiVersion: '2024-10-21',
    auth: { apiKey: 'azure-key' },
  });
  expect(await ask(azure, { model: 'gpt 4o' })).toMatchObject({ kind: 'reply' });
  expect(fake.requests[0]?.url).toBe(
    '/openai/deployments/gpt%204o/chat/completions?api-version=2024-10-21',
  );
  expect(fake.requests[0]?.headers['api-key']).toBe('azure-key');
  expect(fake.requests[0]?.headers.authorization).toBeUndefined();
});

test.each(['', '/', '/openai', '/openai/v1/'])(
  'Azure v1 is reached with the endpoint written as HOST%s',
  async (tail) => {
    const fake = await serve((_, response) => sendJson(response, 200, completion('ok')));
    const azure = await model({
      kind: 'azure',
      endpoint: `${fake.origin}${tail}`,
      auth: { apiKey: 'azure-key' },
    });
    expect(await ask(azure, { model: 'gpt-4o' })).toMatchObject({ kind: 'reply' });
    expect(fake.requests[0]?.url).toBe('/openai/v1/chat/completions');
    expect(fake.requests[0]?.headers.authorization).toBe('Bearer azure-key');
    expect(JSON.parse(fake.requests[0]?.text ?? '')).toMatchObject({ model: 'gpt-4o' });
  },
);

test('unpaired surrogates go out as U+FFFD with a note, so that the body is valid UTF-8 JSON', async () => {
  const fake = await serve((_, response) => sendJson(response, 200, completion('ok')));
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1` });
  const outcome = await ask(vllm, { prompt: [{ role: 'user', content: 'a\ud800b 😀' }] });
  expect(JSON.parse(fake.requests[0]?.text ?? '')).toMatchObject({
    messages: [{ role: 'user', content: 'a\ufffdb 😀' }],
  });
  expect(fake.requests[0]?.text).not.toMatch(/\\ud/i);
  expect(outcome).toMatchObject({
    reply: { notes: ['unpaired surrogates in the prompt were sent as U+FFFD'] },
  });
});

test('a key that no header can carry is refused without being shown', async () => {
  const written = { kind: 'openai', baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'sk-“pasted”' };
  const failure = await createChatModel(endpoint(written)).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'OperatorError' });
  expect(String(failure)).not.toContain('pasted');
});
