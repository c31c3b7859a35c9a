import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createBatchEndpoint } from '../../../src/adapters/openai/batch/batch-endpoint.ts';
import { batchSettingSchema } from '../../../src/domain/batch-setting.ts';
import { endpointSchema, type RemoteEndpoint } from '../../../src/domain/endpoint.ts';

const signal = new AbortController().signal;

interface Seen {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly apiKey: string | undefined;
}

/** A server that gives these replies in order, the last one again and again. */
async function serve(replies: readonly { status: number; body: string }[]) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const { authorization } = request.headers;
      const apiKey = request.headers['api-key'];
      seen.push({
        line: `${request.method} ${request.url}`,
        authorization,
        apiKey: typeof apiKey === 'string' ? apiKey : undefined,
      });
      const { status, body } = replies[Math.min(seen.length, replies.length) - 1] ?? {
        status: 500,
        body: '',
      };
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}`, seen };
}

function remote(endpoint: Record<string, unknown>): RemoteEndpoint {
  const parsed = endpointSchema.parse({ batch: batchSettingSchema.parse({}), ...endpoint });
  if (parsed.kind === 'simulated') throw new Error('a remote one is wanted');
  return parsed;
}

/** Azure's object with all that it has been seen to do otherwise than documented. */
const ODD = JSON.stringify({
  id: 'batch_5e9c',
  object: 'batch',
  status: 'Validating',
  endpoint: null,
  input_file_id: 'file-0a1b',
  output_file_id: '',
  error_file_id: '',
  errors: null,
  metadata: null,
  created_at: '2026-09-21T10:00:00.1+00:00',
  expires_at: '2026-09-22T10:00:00Z',
  request_counts: { total: null, completed: null, failed: null },
});

test('an Entra token that has run out is renewed in the middle of a wait, and odd objects are read', async () => {
  const refused = { status: 401, body: '{"statusCode":401,"message":"expired"}' };
  const { url, seen } = await serve([refused, { status: 200, body: ODD }]);
  let tokens = 0;
  const endpoint = createBatchEndpoint(
    remote({ kind: 'azure', endpoint: url, apiVersion: '2024-10-21', auth: { entra: {} } }),
    {
      getToken: async () => {
        tokens += 1;
        return { token: `token-${tokens}`, expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    },
  );
  onTestFinished(() => endpoint.close());
  expect(await endpoint.look('batch_5e9c', signal)).toEqual({
    kind: 'done',
    value: {
      id: 'batch_5e9c',
      status: 'validating',
      inputFileId: 'file-0a1b',
      outputFileId: null,
      errorFileId: null,
      errors: [],
      counts: { total: null, completed: null, failed: null },
      expiresAt: Date.UTC(2026, 8, 22, 10),
    },
  });
  expect(seen.map(({ line, authorization }) => [line, authorization])).toEqual([
    ['GET /openai/batches/batch_5e9c?api-version=2024-10-21', 'Bearer token-1'],
    ['GET /openai/batches/batch_5e9c?api-version=2024-10-21', 'Bearer token-2'],
  ]);
});

test.each([
  [
    'v1',
    { kind: 'azure', apiVersion: 'v1', auth: { apiKey: 'made-up-key-1' } },
    'GET /openai/v1/files/f',
    ['Bearer made-up-key-1', undefined],
  ],
  [
    'a date',
    { kind: 'azure', apiVersion: '2024-10-21', auth: { apiKey: 'made-up-key-1' } },
    'GET /openai/files/f?api-version=2024-10-21',
    [undefined, 'made-up-key-1'],
  ],
  [
    'a gateway',
    { kind: 'openai', apiKey: 'made-up-key-1' },
    'GET /proxy/v1/files/f?team=a',
    ['Bearer made-up-key-1', undefined],
  ],
] as const)(
  'files of %s lie where they should, never below a deployment',
  async (_name, endpoint, line, auth) => {
    const { url, seen } = await serve([
      { status: 200, body: '{"id":"f","filename":"x","status":"Processed"}' },
    ]);
    const where =
      endpoint.kind === 'azure' ? { endpoint: url } : { baseUrl: `${url}/proxy/v1?team=a` };
    const opened = createBatchEndpoint(remote({ ...endpoint, ...where }));
    onTestFinished(() => opened.close());
    const found = await opened.file('f', signal);
    expect(found).toEqual({ kind: 'done', value: { id: 'f', name: 'x', status: 'processed' } });
    expect(seen).toEqual([{ line, authorization: auth[0], apiKey: auth[1] }]);
  },
);

test('a key that an error repeats is in no message, and a download is whole or not there', async () => {
  const key = 'made-up-key-that-is-secret';
  const body = JSON.stringify({ error: { message: `no quota for ${key}`, code: 'quotaExceeded' } });
  const { url } = await serve([
    { status: 400, body },
    { status: 404, body: '{}' },
    { status: 200, body: '{"custom_id":"a"}\n' },
  ]);
  const endpoint = createBatchEndpoint(
    remote({ kind: 'openai', baseUrl: `${url}/v1`, apiKey: key }),
  );
  onTestFinished(() => endpoint.close());
  const folder = mkdtempSync(join(tmpdir(), 'care-judge-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'in.jsonl'), '{}\n');
  const refused = await endpoint.upload(
    { path: join(folder, 'in.jsonl'), name: 'in.jsonl' },
    signal,
  );
  expect(refused).toMatchObject({ kind: 'quota', error: { code: 'quotaExceeded' } });
  expect(JSON.stringify(refused)).not.toContain(key);
  const path = join(folder, 'out.jsonl');
  expect(await endpoint.download({ id: 'gone', path }, signal)).toMatchObject({ kind: 'absent' });
  expect(() => readFileSync(path)).toThrow(/ENOENT/);
  expect(await endpoint.download({ id: 'there', path }, signal)).toEqual({
    kind: 'done',
    value: null,
  });
  expect(readFileSync(path, 'utf8')).toBe('{"custom_id":"a"}\n');
});
