import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { completion, sendJson } from './fake-server.ts';
import { ask, model, serve } from './setup.ts';

afterEach(() => vi.unstubAllEnvs());

/** A proxy that answers plain requests itself, and refuses tunnels with a status. */
async function startProxy(tunnelStatus = 502) {
  const seen: IncomingMessage[] = [];
  const proxy = createServer((request, response) => {
    seen.push(request);
    request.resume();
    sendJson(response, 200, completion('through the proxy'));
  });
  proxy.on('connect', (request, socket) => {
    seen.push(request);
    socket.end(`HTTP/1.1 ${tunnelStatus} No\r\n\r\n`);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const address = proxy.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  return { seen, url: `http://127.0.0.1:${address.port}` };
}

const direct = () => serve((_request, response) => sendJson(response, 200, completion('direct')));
const answerOf = async (written: Record<string, unknown>) => {
  const outcome = await ask(await model({ kind: 'openai', ...written }));
  return outcome.kind === 'reply' ? outcome.reply.content : outcome;
};

test('calls go through the proxy of the environment, but for hosts of NO_PROXY', async () => {
  const [proxy, fake] = await Promise.all([startProxy(), direct()]);
  vi.stubEnv('HTTP_PROXY', proxy.url);
  vi.stubEnv('NO_PROXY', '');
  const baseUrl = `${fake.origin}/v1`;
  expect(await answerOf({ baseUrl })).toBe('through the proxy');
  expect(await answerOf({ baseUrl, proxy: 'none' })).toBe('direct');
  vi.stubEnv('NO_PROXY', '127.0.0.1');
  expect(await answerOf({ baseUrl })).toBe('direct');
  expect(proxy.seen).toHaveLength(1);
});

test('an endpoint’s own proxy gets its name and password, which no message repeats', async () => {
  const proxy = await startProxy(407);
  const own = proxy.url.replace('//', '//me:pass-word-1@');
  expect(await answerOf({ baseUrl: 'http://nowhere.test/v1', proxy: own })).toBe(
    'through the proxy',
  );
  // "me:pass-word-1" in base64.
  expect(proxy.seen[0]?.headers['proxy-authorization']).toBe('Basic bWU6cGFzcy13b3JkLTE=');
  const refused = await answerOf({ baseUrl: 'https://nowhere.test/v1', proxy: own });
  expect(refused).toMatchObject({ kind: 'fatal', error: { kind: 'auth' } });
  expect(JSON.stringify(refused)).toContain('a proxy that wants a name and password');
  expect(JSON.stringify(refused)).not.toContain('pass-word-1');
});

test('a proxy that cannot reach the host is like a host that cannot be reached', async () => {
  const proxy = await startProxy(502);
  expect(await answerOf({ baseUrl: 'https://nowhere.test/v1', proxy: proxy.url })).toMatchObject({
    kind: 'retryable',
    error: { kind: 'connection', code: 'proxy-502' },
  });
});

test('custom headers go out with every request, and what echoes them is redacted', async () => {
  const fake = await serve((request, response) =>
    sendJson(response, 400, { error: { message: `bad ${request.headers['x-gateway-key']}` } }),
  );
  const outcome = await answerOf({
    baseUrl: `${fake.origin}/v1`,
    headers: { 'X-Gateway-Key': 'made-up-gateway-key', 'X-Project': 'care' },
  });
  expect(fake.requests[0]?.headers).toMatchObject({ 'x-project': 'care' });
  expect(outcome).toMatchObject({ kind: 'terminal', error: { message: 'bad [redacted]' } });
});

test('a name and password in the URL are sent as Basic authentication', async () => {
  const fake = await direct();
  const baseUrl = `${fake.origin.replace('//', '//user:p%40ss@')}/v1`;
  expect(await answerOf({ baseUrl })).toBe('direct');
  // "user:p@ss" in base64.
  expect(fake.requests[0]?.headers.authorization).toBe('Basic dXNlcjpwQHNz');
});
