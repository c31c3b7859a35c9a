import { expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../../src/adapters/simulator/server.ts';
import { callAll, chat, generationRequests, laneTo, startFaultySimulator } from './queue-setup.ts';

test('a 429 holds back the whole endpoint, not one call', async () => {
  const simulator = await startFaultySimulator([
    { fault: 'rate-limit-ms', ms: 400, match: { questionIncludes: 'Question 0?' } },
  ]);
  const { lane } = await laneTo(simulator, { concurrency: 1 });
  const begun = performance.now();
  const [first, second] = await Promise.all(
    [0, 1].map(async (index) => {
      const call = await lane.call(chat(`Question ${index}?`), { id: `c${index}`, priority: 0 });
      return { call, at: performance.now() - begun };
    }),
  );
  expect(first?.call).toMatchObject({ kind: 'reply', attempts: 2 });
  expect(second?.call).toMatchObject({ kind: 'reply', attempts: 1 });
  expect(second?.at).toBeGreaterThanOrEqual(400);
});

test('a vLLM with room gets all its calls before it has answered the first', async () => {
  const simulator = await startSimulator({ references: [], latencyMs: 3000 });
  onTestFinished(() => simulator.close());
  const bench = await laneTo(simulator, {
    concurrency: 64,
    timeouts: { connect: 2, response: 10, stall: 10 },
  });
  const calls = callAll(bench, 64);
  // 16 at once, and twice as many at each look at its metrics.
  await expect.poll(() => generationRequests(simulator), { timeout: 2500 }).toBe(64);
  expect(bench.lane.history().changes.map(({ cause }) => cause)).toEqual(['start', 'server-idle']);
  bench.abort.abort();
  await calls;
});

test('a dead engine is waited for and every call comes through, its failure uncounted', async () => {
  const simulator = await startFaultySimulator([
    { fault: 'engine-death', ms: 400, match: { questionIncludes: 'Question 3?' } },
  ]);
  const bench = await laneTo(simulator, { concurrency: 8 });
  const calls = await callAll(bench, 40);
  expect(calls.every((call) => call?.kind === 'reply')).toBe(true);
  expect(bench.events.map(({ kind }) => kind)).toEqual(['down', 'up']);
  expect(bench.events[0]).toMatchObject({ limitMs: 2000 });
});

test('while an endpoint is down nothing but probes reaches it', async () => {
  const simulator = await startFaultySimulator([
    { fault: 'engine-death', ms: 600, match: { questionIncludes: 'Question 0?' } },
  ]);
  const bench = await laneTo(simulator, { concurrency: 1 });
  await callAll(bench, 20);
  // One call each, the one that met the death once more, and one that began before the probe told.
  expect(generationRequests(simulator)).toBeLessThanOrEqual(22);
  expect(simulator.counts.requests['GET /health']).toBeGreaterThan(3);
});

test('an endpoint down for too long is closed once, its calls left planned', async () => {
  const simulator = await startFaultySimulator([
    { fault: 'engine-death', ms: 60_000, match: { questionIncludes: 'Question 5?' } },
  ]);
  const { lane, events } = await laneTo(simulator, { concurrency: 1 });
  const calls = await callAll({ lane }, 12);
  const answered = calls.filter((call) => call?.kind === 'reply').length;
  expect(answered).toBe(5);
  expect(calls.filter((call) => call === null)).toHaveLength(7);
  expect(events.map(({ kind }) => kind)).toEqual(['down', 'closed']);
}, 15_000);

test('an endpoint that never answered is given up soon, with one message', async () => {
  const simulator = await startFaultySimulator([]);
  // Port 9, where nobody listens: one that was just closed may be another process's by now.
  const bench = await laneTo(simulator, { baseUrl: 'http://127.0.0.1:9/v1' });
  expect(await callAll(bench, 50)).toEqual(Array(50).fill(null));
  expect(bench.events).toMatchObject([{ kind: 'down', limitMs: 300 }, { kind: 'closed' }]);
});

test('an endpoint that comes up within the time for starting is used', async () => {
  const first = await startSimulator({ references: [] });
  const { port } = first;
  await first.close();
  const bench = await laneTo(first);
  const calls = callAll(bench, 5);
  const second = await startSimulator({ references: [], port });
  try {
    expect((await calls).every((call) => call?.kind === 'reply')).toBe(true);
  } finally {
    await second.close();
  }
});

test('a wrong key stops the endpoint with one message and no storm', async () => {
  const simulator = await startFaultySimulator([], { apiKey: 'right' });
  const bench = await laneTo(simulator, { apiKey: 'wrong', concurrency: 64 });
  expect(await callAll(bench, 200)).toEqual(Array(200).fill(null));
  expect(bench.events).toMatchObject([{ kind: 'closed', model: null, error: { kind: 'auth' } }]);
  expect(generationRequests(simulator)).toBeLessThanOrEqual(16);
});

test('a token service that stays busy stops the endpoint and fails no item', async () => {
  const simulator = await startFaultySimulator([]);
  let asked = 0;
  const getToken = () => {
    asked += 1;
    return Promise.reject(Object.assign(new Error('throttled'), { statusCode: 429 }));
  };
  const azure = { kind: 'azure', endpoint: simulator.url, auth: { entra: {} } };
  const bench = await laneTo(simulator, azure, { getToken });
  expect(await callAll(bench, 3)).toEqual([null, null, null]);
  expect(bench.events).toMatchObject([{ kind: 'closed', error: { kind: 'auth' } }]);
  expect(asked).toBeGreaterThan(1);
  expect(generationRequests(simulator)).toBe(0);
});

test('a missing model closes that model alone', async () => {
  const simulator = await startFaultySimulator([
    { fault: 'adapter-missing', times: 'always', match: { model: 'gone' } },
  ]);
  const { lane, events } = await laneTo(simulator);
  expect(await lane.call(chat('A?', 'gone'), { id: 'a', priority: 0 })).toBeNull();
  expect(await lane.call(chat('B?', 'gone'), { id: 'b', priority: 0 })).toBeNull();
  expect(await lane.call(chat('C?'), { id: 'c', priority: 0 })).toMatchObject({ kind: 'reply' });
  expect(events).toMatchObject([{ kind: 'closed', model: 'gone' }]);
  expect(generationRequests(simulator)).toBe(2);
});

test('with a dead replica the healthy one takes every call over', async () => {
  const healthy = await startFaultySimulator([]);
  const dead = await startFaultySimulator([{ fault: 'empty-500', times: 'always' }]);
  const bench = await laneTo(healthy, { baseUrl: [`${dead.url}/v1`, `${healthy.url}/v1`] });
  const calls = await callAll(bench, 60);
  expect(calls.every((call) => call?.kind === 'reply' && call.attempts === 1)).toBe(true);
  expect(generationRequests(healthy)).toBe(60);
  expect(bench.events).toEqual([]);
});

test('an adapter that one replica has not loaded is asked of the other', async () => {
  const loaded = await startFaultySimulator([]);
  const late = await startFaultySimulator([{ fault: 'adapter-missing', times: 'always' }]);
  const bench = await laneTo(loaded, { baseUrl: [`${late.url}/v1`, `${loaded.url}/v1`] });
  const calls = await callAll(bench, 20);
  expect(calls.every((call) => call?.kind === 'reply')).toBe(true);
  expect(bench.events).toEqual([]);
});

test('timeouts halve what is in flight; a 5xx leaves it as it is', async () => {
  const slow = await startFaultySimulator([{ fault: 'late-headers', ms: 3000, share: 0.2 }]);
  const late = await laneTo(slow, { concurrency: 16 });
  await callAll(late, 40);
  const [start, ...falls] = late.lane.history().changes.filter(({ cause }) => cause !== 'growth');
  expect(start).toEqual({ atMs: 0, limit: 16, cause: 'start' });
  expect(falls[0]?.cause).toBe('timeout');
  // Falls within a second are one entry: half of 16, or half of that again.
  expect([8, 4, 2, 1]).toContain(falls[0]?.limit);
  const broken = await startFaultySimulator([{ fault: 'gateway-502' }]);
  const bench = await laneTo(broken, { concurrency: 16 });
  await callAll(bench, 40);
  expect(bench.lane.history().changes).toEqual([{ atMs: 0, limit: 16, cause: 'start' }]);
});

test('stopping lets what is in flight end; breaking off leaves it planned', async () => {
  const simulator = await startFaultySimulator([], { latencyMs: 300 });
  const stopped = await laneTo(simulator, { concurrency: 4 });
  const ending = callAll(stopped, 12);
  setTimeout(() => stopped.stop.abort(), 100);
  expect((await ending).filter((call) => call?.kind === 'reply')).toHaveLength(4);
  const broken = await laneTo(simulator, { concurrency: 4 });
  const given = callAll(broken, 4);
  setTimeout(() => {
    broken.stop.abort();
    broken.abort.abort();
  }, 100);
  expect(await given).toEqual([null, null, null, null]);
});

test('every attempt of a call has an id of its own', async () => {
  const ids: unknown[] = [];
  const simulator = await startSimulator({
    references: [],
    faults: { seed: 1, rules: [{ fault: 'conflict', times: 2 }] },
    onRequest: ({ headers }) => ids.push(headers['x-request-id']),
  });
  try {
    // A machine under load may answer late: no attempt of this test is to time out.
    const patient = { connect: 60, response: 60, stall: 60 };
    const { lane } = await laneTo(simulator, { timeouts: patient });
    await lane.call(chat('Who?'), { id: 'run-7', priority: 0 });
    expect(ids).toEqual(['run-7-a1', 'run-7-a2', 'run-7-a3']);
  } finally {
    await simulator.close();
  }
});

test('a rejected parameter is left out from then on, and said; strictly, it fails the call', async () => {
  const simulator = await startFaultySimulator([
    { fault: 'unsupported-parameter', times: 'always' },
    { fault: 'unsupported-value', times: 'always' },
  ]);
  const { lane } = await laneTo(simulator, { concurrency: 1 });
  const calls = await callAll({ lane }, 3);
  const expected = {
    kind: 'reply',
    reply: {
      adaptations: [
        'max_tokens was sent as max_completion_tokens, which the model wants',
        'temperature 0.2 was left out: the model rejects it',
      ],
    },
  };
  expect(calls).toMatchObject([expected, expected, expected]);
  expect(generationRequests(simulator)).toBe(5);
  const strict = { ...chat('Strict?'), strictParams: true };
  const fresh = await laneTo(simulator);
  expect(await fresh.lane.call(strict, { id: 's', priority: 0 })).toMatchObject({
    kind: 'failed',
    error: { kind: 'bad-request', code: 'unsupported_parameter' },
  });
});
