import { expect, test } from 'vitest';
import type { PreparedRun } from '../../src/prepare/prepare.ts';
import { prepareRun } from '../../src/prepare/prepare.ts';
import { takeShard } from '../../src/run/take-shard.ts';
import { makeWorkplace } from '../cli/workplace.ts';

async function prepared(): Promise<PreparedRun> {
  const here = makeWorkplace();
  try {
    here.write(
      'items.jsonl',
      '{"id":"a","question":"q","reference":"r","culture":"Chinese","language":"zh","category":"Literacy"}\n',
    );
    const config = here.write(
      'config.yaml',
      `version: 1
name: shares
items: [{ file: items.jsonl }]
endpoints:
  gpu: { kind: vllm, baseUrl: "http://127.0.0.1:1/v1" }
  judge: { kind: openai, baseUrl: "http://127.0.0.1:1/v1", apiKey: k, rpm: 600, tpm: 200000 }
models: [{ name: A, endpoint: gpu, model: a, price: { prompt: 0, completion: 0 } }]
judges: [{ name: J, endpoint: judge, model: j, price: { prompt: 1, completion: 1 } }]
budget: { usd: 20 }
`,
    );
    return await prepareRun(config, { environment: {} });
  } finally {
    here.remove();
  }
}

test('budget, rpm and tpm are the whole run’s: a shard of eight has an eighth, and no other limit', async () => {
  const whole = await prepared();
  const { config } = takeShard(whole, { index: 3, count: 8 });
  expect(config.budget).toEqual({ usd: 2.5 });
  expect(config.endpoints['judge']).toMatchObject({ rpm: 75, tpm: 25_000 });
  expect(config.endpoints['gpu']).toEqual(whole.config.endpoints['gpu']);
  expect(takeShard(whole, undefined)).toBe(whole);
});
