import { expect, test } from 'vitest';
import { parseMetrics } from '../../../src/adapters/openai/health.ts';
import { model, serve } from './setup.ts';

const signal = () => new AbortController().signal;

test('gauges of several engines add up, of their caches the fullest counts', () => {
  const text = `# HELP vllm:num_requests_running Number of requests in execution batches.
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="m"} 12.0
vllm:num_requests_running{engine="1",model_name="m"} 8.0
vllm:num_requests_waiting{engine="0",model_name="m"} 3.0
vllm:num_requests_waiting{engine="1",model_name="m"} 0.0
vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.25
vllm:kv_cache_usage_perc{engine="1",model_name="m"} 7.5e-1
vllm:num_preemptions_total{engine="0",model_name="m"} 2.0
vllm:time_to_first_token_seconds_bucket{le="+Inf"} 4.0
`;
  expect(parseMetrics(text)).toEqual({
    running: 20,
    waiting: 3,
    cacheUsage: 0.75,
    preemptions: 2,
  });
});

test('the cache gauge of vLLM before 0.9 is read by its old name', () => {
  const text = 'vllm:num_requests_waiting 1\nvllm:gpu_cache_usage_perc 0.5\n';
  expect(parseMetrics(text)).toMatchObject({ waiting: 1, cacheUsage: 0.5 });
});

test.each(['', 'python_gc_objects_collected_total 5', '<html>no</html>'])(
  'metrics that are not vLLM’s say nothing: %o',
  (text) => {
    expect(parseMetrics(text)).toBeNull();
  },
);

test('vLLM is up by its /health, beside /v1, asked with the endpoint’s own key: a gateway may want it', async () => {
  let status = 200;
  const fake = await serve((_request, response) => {
    response.writeHead(status);
    response.end();
  });
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1`, apiKey: 'made-up-key' });
  expect(await vllm.isUp(signal())).toBe(true);
  status = 503;
  expect(await vllm.isUp(signal())).toBe(false);
  expect(fake.requests.map(({ url }) => url)).toEqual(['/health', '/health']);
  expect(fake.requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer made-up-key',
    'Bearer made-up-key',
  ]);
});

test('other endpoints are up if they say anything at all: only a call tells whether a model is', async () => {
  let status = 401;
  const fake = await serve((_request, response) => {
    response.writeHead(status);
    response.end();
  });
  const azure = await model({
    kind: 'azure',
    endpoint: fake.origin,
    auth: { apiKey: 'made-up-key' },
  });
  expect(await azure.isUp(signal())).toBe(true);
  status = 502;
  expect(await azure.isUp(signal())).toBe(true);
  await fake.close();
  expect(await azure.isUp(signal())).toBe(false);
});

test('only vLLM is asked for its load', async () => {
  const fake = await serve((_request, response) => {
    response.end('vllm:num_requests_running 4\nvllm:num_requests_waiting 2\n');
  });
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1` });
  const other = await model({ kind: 'openai', baseUrl: `${fake.origin}/v1` });
  expect(await vllm.load(signal())).toEqual({
    running: 4,
    waiting: 2,
    cacheUsage: null,
    preemptions: 0,
  });
  expect(await other.load(signal())).toBeNull();
  expect(fake.requests.map(({ url }) => url)).toEqual(['/metrics']);
});
