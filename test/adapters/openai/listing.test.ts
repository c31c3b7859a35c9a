import { expect, test } from 'vitest';
import { completion, sendJson } from './fake-server.ts';
import { model, serve } from './setup.ts';

const { signal } = new AbortController();

function listing(...names: string[]) {
  return { object: 'list', data: names.map((id) => ({ id, object: 'model', owned_by: 'vllm' })) };
}

test('the models that every replica serves are listed', async () => {
  const one = await serve((_, response) => sendJson(response, 200, listing('qwen', 'care-zh')));
  const two = await serve((_, response) => sendJson(response, 200, listing('care-ar', 'qwen')));
  const vllm = await model({
    kind: 'vllm',
    baseUrl: [`${one.origin}/v1`, `${two.origin}/v1`],
    apiKey: 'k',
  });
  expect(await vllm.listModels(signal)).toEqual({ kind: 'models', names: ['qwen'] });
  expect(one.requests[0]).toMatchObject({ method: 'GET', url: '/v1/models' });
  expect(one.requests[0]?.headers.authorization).toBe('Bearer k');
});

test('Azure v1 lists its models', async () => {
  const fake = await serve((_, response) => sendJson(response, 200, listing('gpt-4o')));
  const azure = await model({ kind: 'azure', endpoint: fake.origin, auth: { apiKey: 'k' } });
  expect(await azure.listModels(signal)).toEqual({ kind: 'models', names: ['gpt-4o'] });
  expect(fake.requests[0]?.url).toBe('/openai/v1/models');
});

test('dated Azure has no list of deployments and is not asked for one', async () => {
  const fake = await serve((_, response) => sendJson(response, 200, listing('base-model')));
  const azure = await model({
    kind: 'azure',
    endpoint: fake.origin,
    apiVersion: '2024-10-21',
    auth: { apiKey: 'k' },
  });
  expect(await azure.listModels(signal)).toMatchObject({ kind: 'unlisted' });
  expect(fake.requests).toHaveLength(0);
});

test.each([
  [404, { detail: 'Not Found' }, { kind: 'unlisted' }],
  [200, completion('ok'), { kind: 'unlisted' }],
  [200, '<html></html>', { kind: 'unreachable', error: { kind: 'protocol' } }],
  [401, { error: 'Unauthorized' }, { kind: 'unreachable', error: { kind: 'auth' } }],
  [503, '', { kind: 'unreachable', error: { kind: 'server', status: 503 } }],
])('status %i with %j is %j', async (status, body, expected) => {
  const fake = await serve((_, response) => sendJson(response, status, body));
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1` });
  expect(await vllm.listModels(signal)).toMatchObject(expected);
});

test('an aborted listing rejects with the reason', async () => {
  const stop = new Error('stop');
  const controller = new AbortController();
  const fake = await serve(() => controller.abort(stop));
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1` });
  await expect(vllm.listModels(controller.signal)).rejects.toBe(stop);
});
