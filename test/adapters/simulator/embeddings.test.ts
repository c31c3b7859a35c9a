import OpenAI from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '../../../src/adapters/simulator/server.ts';
import { post } from './small-talk.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ references: [], apiKey: 'made-up' });
});
afterAll(() => simulator.close());

const HEADERS = { authorization: 'Bearer made-up' };
const dataSchema = z.array(z.object({ index: z.int(), embedding: z.array(z.number()) }));

async function embed(input: string | readonly string[], more: Record<string, unknown> = {}) {
  const body = { model: 'e', input, encoding_format: 'float', ...more };
  const { json } = await post(simulator, { path: '/v1/embeddings', headers: HEADERS, body });
  return dataSchema.parse(json.data).map(({ embedding }) => embedding);
}

const dot = (a: readonly number[] = [], b: readonly number[] = []) =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

it('gives unit vectors, the same for one text every time and near for like wording', async () => {
  const [one, again, reworded, other, arabic] = await embed([
    '端午节为什么要吃粽子？',
    '端午节为什么要吃粽子？',
    '人们在端午节为什么吃粽子？',
    'What is thrown at a wedding for luck?',
    'متى يفطر الصائمون في رمضان؟',
  ]);
  expect(one).toHaveLength(256);
  expect(dot(one, one)).toBeCloseTo(1, 5);
  expect(again).toEqual(one);
  expect(dot(one, reworded)).toBeGreaterThan(0.5);
  expect(Math.abs(dot(one, other))).toBeLessThan(0.3);
  expect(Math.abs(dot(one, arabic))).toBeLessThan(0.3);
  const [short] = await embed('x', { dimensions: 8 });
  expect(short).toHaveLength(8);
});

it('speaks to the openai client, which asks for base64, as a number list does', async () => {
  const client = new OpenAI({ baseURL: `${simulator.url}/v1`, apiKey: 'made-up' });
  const { data, usage } = await client.embeddings.create({ model: 'e', input: ['A text.', 'B'] });
  const [plain] = await embed('A text.');
  expect(data.map(({ index }) => index)).toEqual([0, 1]);
  expect(dot(data[0]?.embedding, plain)).toBeCloseTo(1, 6);
  // 'A text.' has 7 characters, 1.75 tokens; 'B' a quarter: 2 and 1, rounded up.
  expect(usage.prompt_tokens).toBe(3);
});

it('has the routes of Azure, and refuses what they refuse', async () => {
  const body = { input: 'A' };
  const headers = { 'api-key': 'made-up' };
  const path = '/openai/deployments/my-embeddings/embeddings?api-version=2024-10-21';
  const dated = await post(simulator, { path, headers, body });
  expect([dated.status, dated.json.model]).toEqual([200, 'simulated:my-embeddings']);
  const refused = [
    { path: '/v1/embeddings', headers: {}, body },
    { path: '/v1/embeddings', headers: HEADERS, body: { model: 'e' } },
    { path: '/v1/embeddings', headers: HEADERS, body: { model: 'e', input: '' } },
    { path: '/openai/v1/embeddings', headers, body: '{' },
  ];
  const statuses = await Promise.all(
    refused.map(async (one) => (await post(simulator, one)).status),
  );
  expect(statuses).toEqual([401, 400, 400, 400]);
});
