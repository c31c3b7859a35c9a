import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { classifyFailure } from '../../../src/adapters/openai/failure/failures.ts';
import { completion, sendJson, startSocketFake } from './fake-server.ts';
import { TARGET } from './judging.ts';
import { ask, CHAT, model, serve } from './setup.ts';

const QUICK = { connect: 5, response: 0.2, stall: 0.2 };

async function rawServer(onConnection: Parameters<typeof startSocketFake>[0]) {
  const fake = await startSocketFake(onConnection);
  onTestFinished(() => fake.close());
  return await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1`, timeouts: QUICK });
}

test.each([
  ['UND_ERR_CONNECT_TIMEOUT', 'retryable', 'connection'],
  ['EAI_AGAIN', 'retryable', 'connection'],
  ['ECONNRESET', 'retryable', 'connection'],
  ['CERT_HAS_EXPIRED', 'fatal', 'connection'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'fatal', 'connection'],
])('%s before any byte is %s', (code, kind, errorKind) => {
  const error = Object.assign(new AggregateError([]), { code });
  const failure = { kind: 'failure', stage: 'request', error, reusedSocket: false } as const;
  const outcome = classifyFailure(failure, TARGET);
  expect(outcome).toMatchObject({ kind, error: { kind: errorKind, status: null, code } });
  expect('error' in outcome ? outcome.error.message : '').toMatch(
    /^http:\/\/gpu:8000\/v1 .*\w$|\)$/,
  );
});

test('a port where nobody listens is a connection to try again', async () => {
  const gone = await startSocketFake(() => undefined);
  await gone.close();
  const vllm = await model({ kind: 'vllm', baseUrl: `${gone.origin}/v1` });
  expect(await ask(vllm)).toMatchObject({
    kind: 'retryable',
    waitMs: null,
    holds: 'call',
    error: { kind: 'connection', status: null, code: 'ECONNREFUSED' },
  });
});

test('a host that has no address is a connection to try again', async () => {
  const vllm = await model({ kind: 'vllm', baseUrl: 'http://no-such-host.invalid/v1' });
  const outcome = await ask(vllm);
  expect(outcome).toMatchObject({ kind: 'retryable', error: { kind: 'connection' } });
  expect('error' in outcome ? outcome.error.code : '').toMatch(/^(?:ENOTFOUND|EAI_AGAIN)$/);
});

test('a server that begins no reply in time is a timeout', async () => {
  const vllm = await rawServer(() => undefined);
  expect(await ask(vllm)).toMatchObject({
    kind: 'retryable',
    error: { kind: 'timeout', code: 'UND_ERR_HEADERS_TIMEOUT' },
  });
});

test('a server that falls silent in the middle of its reply is a timeout', async () => {
  const vllm = await rawServer((socket) =>
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{"cho')),
  );
  expect(await ask(vllm)).toMatchObject({
    kind: 'retryable',
    error: { kind: 'timeout', code: 'UND_ERR_BODY_TIMEOUT' },
  });
});

test.each([
  ['by length', 'HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{"choices":['],
  ['in chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"cho\r\n'],
])('a reply that is cut short, sent %s, is to be tried again', async (_, head) => {
  const vllm = await rawServer((socket) => socket.once('data', () => socket.end(head)));
  const outcome = await ask(vllm);
  expect(outcome).toMatchObject({ kind: 'retryable', error: { kind: 'connection', status: null } });
  expect('error' in outcome ? outcome.error.message : '').toContain('in the middle of its reply');
});

test.each([
  ['closes', (end: () => void, _reset: () => void) => end()],
  ['resets', (_end: () => void, reset: () => void) => reset()],
])('a new connection that the server %s is counted as an attempt', async (_, drop) => {
  const vllm = await rawServer((socket) =>
    socket.once('data', () =>
      drop(
        () => socket.destroy(),
        () => socket.resetAndDestroy(),
      ),
    ),
  );
  expect(await ask(vllm)).toMatchObject({ kind: 'retryable', error: { kind: 'connection' } });
});

test.each(['closed', 'reset'])('a kept connection %s without a byte is stale', async (ending) => {
  const body = JSON.stringify(completion('ok'));
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  const vllm = await rawServer((socket) => {
    socket.once('data', () => {
      socket.write(head + body);
      socket.once('data', () => (ending === 'reset' ? socket.resetAndDestroy() : socket.destroy()));
    });
  });
  expect(await ask(vllm)).toMatchObject({ kind: 'reply' });
  await nextTurn();
  expect(await ask(vllm)).toMatchObject({ kind: 'stale-socket', error: { kind: 'connection' } });
});

test('something that speaks no HTTP is a protocol error', async () => {
  const vllm = await rawServer((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n')));
  expect(await ask(vllm)).toMatchObject({ kind: 'retryable', error: { kind: 'protocol' } });
});

test('an https address of a plain http server is a mistake and not worth another try', async () => {
  const fake = await serve((_, response) => sendJson(response, 200, completion('ok')));
  const baseUrl = `${fake.origin.replace('http:', 'https:')}/v1`;
  expect(await ask(await model({ kind: 'vllm', baseUrl }))).toMatchObject({
    kind: 'fatal',
    error: { kind: 'connection' },
  });
});

test.each([200, 503])('a compressed body of status %i is read', async (status) => {
  const body = status === 200 ? completion('ok') : { error: { message: 'scaling' } };
  const fake = await serve((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(JSON.stringify(body)));
  });
  const outcome = await ask(await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1` }));
  expect(outcome).toMatchObject(
    status === 200
      ? { reply: { content: 'ok' } }
      : { error: { kind: 'server', message: 'scaling' } },
  );
});

test('a body that only claims to be compressed is a protocol error', async () => {
  const fake = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(JSON.stringify(completion('ok')));
  });
  expect(await ask(await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1` }))).toMatchObject({
    kind: 'retryable',
    error: { kind: 'protocol' },
  });
});

test('a 404 for a model that has answered before is a replica that is still loading it', async () => {
  let calls = 0;
  const fake = await serve((_, response) => {
    calls += 1;
    if (calls === 1) sendJson(response, 200, completion('ok'));
    else
      sendJson(response, 404, { error: { message: 'The model `m` does not exist.', code: 404 } });
  });
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1` });
  expect(await ask(vllm)).toMatchObject({ kind: 'reply' });
  expect(await ask(vllm)).toMatchObject({ kind: 'retryable', error: { kind: 'not-found' } });
  expect(await ask(vllm, { model: 'other' })).toMatchObject({ kind: 'fatal' });
});

test('an aborted call rejects with the reason and its socket is destroyed', async () => {
  const stop = new Error('stopped by the user');
  const controller = new AbortController();
  let closed: Promise<unknown> | undefined;
  const vllm = await rawServer((socket) => {
    closed = once(socket, 'close');
    socket.once('data', () => controller.abort(stop));
  });
  const call = vllm.ask(CHAT, { signal: controller.signal, requestId: 'a' });
  await expect(call).rejects.toBe(stop);
  await closed;
});
