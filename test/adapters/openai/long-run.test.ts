import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { completion, sendJson } from './fake-server.ts';
import { CHAT, model, serve } from './setup.ts';

test('2,000 calls on one signal leave no listeners behind and no more than two connections', async () => {
  const ports = new Set<number>();
  const fake = await serve((_, response) => {
    ports.add(response.socket?.remotePort ?? 0);
    sendJson(response, 200, completion('ok'));
  });
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1` });
  const { signal } = new AbortController();
  let most = 0;
  for (let call = 0; call < 2000; call += 1) {
    await vllm.ask(CHAT, { signal, requestId: `r-${call}` });
    most = Math.max(most, getEventListeners(signal, 'abort').length);
  }
  expect(most).toBeLessThanOrEqual(1);
  // The pool opens a second one for a call that starts in the tick in which the last one ends.
  expect(ports.size).toBeLessThanOrEqual(2);
});

test('no more connections are opened than calls in flight plus two', async () => {
  const ports = new Set<number>();
  const fake = await serve((_, response) => {
    ports.add(response.socket?.remotePort ?? 0);
    setImmediate(() => sendJson(response, 200, completion('ok')));
  });
  const vllm = await model({ kind: 'vllm', baseUrl: `${fake.origin}/v1`, concurrency: 4 });
  const { signal } = new AbortController();
  const calls = Array.from({ length: 40 }, (_, index) =>
    vllm.ask(CHAT, { signal, requestId: `r-${index}` }),
  );
  const outcomes = await Promise.all(calls);
  expect(outcomes.filter(({ kind }) => kind === 'reply')).toHaveLength(40);
  expect(ports.size).toBe(6);
});
