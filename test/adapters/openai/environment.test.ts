import { afterEach, expect, test, vi } from 'vitest';
import { completion, sendJson } from './fake-server.ts';
import { ask, model, serve } from './setup.ts';

const LEAKS = {
  OPENAI_API_KEY: 'leak-openai-key',
  OPENAI_ADMIN_KEY: 'leak-admin-key',
  OPENAI_BASE_URL: 'http://leak.invalid/v1',
  OPENAI_ORG_ID: 'leak-org',
  OPENAI_PROJECT_ID: 'leak-project',
  OPENAI_CUSTOM_HEADERS: 'X-Leak: leak-custom\nAuthorization: Bearer leak-custom-auth',
  OPENAI_API_VERSION: '1999-01-01',
  OPENAI_WEBHOOK_SECRET: 'leak-webhook',
  OPENAI_LOG: 'debug',
  AZURE_OPENAI_API_KEY: 'leak-azure-key',
  AZURE_OPENAI_ENDPOINT: 'http://leak-azure.invalid',
};

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['vllm without a key', { kind: 'vllm', apiKey: '' }, undefined, undefined],
  ['vllm', { kind: 'vllm', apiKey: 'mine' }, 'Bearer mine', undefined],
  ['openai', { kind: 'openai', apiKey: 'mine' }, 'Bearer mine', undefined],
  [
    'dated azure',
    { kind: 'azure', apiVersion: '2024-10-21', auth: { apiKey: 'mine' } },
    undefined,
    'mine',
  ],
  ['azure v1', { kind: 'azure', auth: { apiKey: 'mine' } }, 'Bearer mine', undefined],
  [
    'dated azure with Entra',
    { kind: 'azure', apiVersion: '2024-10-21', auth: { entra: {} } },
    'Bearer jwt',
    undefined,
  ],
  ['azure v1 with Entra', { kind: 'azure', auth: { entra: {} } }, 'Bearer jwt', undefined],
])('%s takes nothing from the environment', async (_, written, authorization, apiKey) => {
  for (const [name, value] of Object.entries(LEAKS)) vi.stubEnv(name, value);
  const fake = await serve((_request, response) => sendJson(response, 200, completion('ok')));
  const place =
    written.kind === 'azure' ? { endpoint: fake.origin } : { baseUrl: `${fake.origin}/v1` };
  const chatModel = await model(
    { ...written, ...place },
    { getToken: async () => ({ token: 'jwt', expiresOnTimestamp: Date.now() + 3_600_000 }) },
  );
  expect(await ask(chatModel)).toMatchObject({ kind: 'reply' });
  const [request] = fake.requests;
  expect(request?.headers.authorization).toBe(authorization);
  expect(request?.headers['api-key']).toBe(apiKey);
  expect(JSON.stringify(request)).not.toMatch(/leak|1999/);
});
