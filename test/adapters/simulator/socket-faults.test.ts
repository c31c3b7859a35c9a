import { type Dispatcher, Pool } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import type { FaultPlanInput } from '../../../src/adapters/simulator/faults/faults.ts';
import { type Simulator, startSimulator } from '../../../src/adapters/simulator/server.ts';
import { chat } from './small-talk.ts';

type Rule = NonNullable<FaultPlanInput['rules']>[number];

let simulator: Simulator;
let pool: Pool;
afterEach(async () => {
  await pool.destroy();
  await simulator.close();
});

async function start(rule: Rule, options: Partial<Pool.Options> = {}): Promise<void> {
  simulator = await startSimulator({ references: [], faults: { seed: 1, rules: [rule] } });
  pool = new Pool(simulator.url, { connections: 1, keepAliveTimeout: 4000, ...options });
}

function send(
  seed = 1,
  id?: string,
  signal: AbortSignal | null = null,
): Promise<Dispatcher.ResponseData> {
  return pool.request({
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json', ...(id ? { 'x-request-id': id } : {}) },
    body: JSON.stringify(chat('x', 'hi', { seed })),
    signal,
  });
}

async function statusOf(seed = 1, id?: string): Promise<number> {
  const reply = await send(seed, id);
  await reply.body.dump();
  return reply.statusCode;
}

async function health(): Promise<number> {
  const reply = await pool.request({ method: 'GET', path: '/health' });
  await reply.body.dump();
  return reply.statusCode;
}

describe('before the reply', () => {
  it('a reset is a reset, a close is a close, and the retry passes', async () => {
    await start({ fault: 'connection-reset' });
    await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await statusOf()).toBe(200);
    await pool.destroy();
    await simulator.close();
    await start({ fault: 'closed-early' });
    await expect(send()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    expect(await statusOf()).toBe(200);
  });

  it('a stale socket fails a request that reuses it, not the first on it', async () => {
    await start({ fault: 'stale-socket' });
    expect(await statusOf(1)).toBe(200);
    await expect(send(2)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await statusOf(2)).toBe(200);
    expect(simulator.counts.faults).toEqual({ 'stale-socket': 1 });
  });

  it('late headers run into the headers timeout', async () => {
    await start({ fault: 'late-headers', ms: 60_000 }, { headersTimeout: 200 });
    await expect(send()).rejects.toMatchObject({ code: 'UND_ERR_HEADERS_TIMEOUT' });
    expect(await statusOf()).toBe(200);
  });

  it('late headers are followed by the answer', async () => {
    await start({ fault: 'late-headers', ms: 50 });
    expect(await statusOf()).toBe(200);
    expect(simulator.counts.faults).toEqual({ 'late-headers': 1 });
  });
});

describe('in the middle of the reply', () => {
  it('a stalled body sends half and falls silent', async () => {
    await start({ fault: 'stalled-body', ms: 60_000 }, { bodyTimeout: 200 });
    const reply = await send();
    expect(reply.statusCode).toBe(200);
    await expect(reply.body.text()).rejects.toMatchObject({ code: 'UND_ERR_BODY_TIMEOUT' });
    expect(await statusOf()).toBe(200);
  });

  it('a body is cut short of its content-length', async () => {
    await start({ fault: 'truncated-length' });
    const reply = await send();
    const promised = Number(reply.headers['content-length']);
    const chunks: Buffer[] = [];
    reply.body.on('data', (chunk: Buffer) => chunks.push(chunk));
    const failed = new Promise((resolve) => reply.body.once('error', resolve));
    expect(await failed).toMatchObject({ code: 'UND_ERR_SOCKET' });
    expect(Buffer.concat(chunks)).toHaveLength(promised >> 1);
  });

  it('a chunked body is cut before its last chunk', async () => {
    await start({ fault: 'truncated-chunked' });
    const reply = await send();
    expect(reply.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
    await expect(reply.body.text()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    expect(await statusOf()).toBe(200);
  });
});

describe('request ids', () => {
  it('are taken while a slow success is under way, hung up or not', async () => {
    await start({ fault: 'slow-success', ms: 1000 }, { connections: 2 });
    const hangUp = new AbortController();
    const first = expect(send(1, 'item-a1', hangUp.signal)).rejects.toThrow('gave up');
    await expect.poll(() => simulator.counts.inFlight).toBe(1);
    hangUp.abort(new Error('gave up'));
    await first;
    await expect.poll(() => simulator.counts.inFlight).toBe(0);
    const second = await send(1, 'item-a1');
    expect(second.statusCode).toBe(400);
    expect(await second.body.text()).toContain('Request id item-a1 already running.');
    expect(await statusOf(1, 'item-a2')).toBe(200);
    await expect.poll(() => statusOf(1, 'item-a1'), { timeout: 5000 }).toBe(200);
  });
});

describe('outages', () => {
  it('a dead engine fails calls and health, drops the calls in flight and recovers', async () => {
    const rules: Rule[] = [
      { fault: 'engine-death', ms: 500, match: { questionIncludes: 'fatal' } },
      { fault: 'late-headers', ms: 60_000, match: { questionIncludes: 'patient' } },
    ];
    simulator = await startSimulator({ references: [], faults: { seed: 1, rules } });
    pool = new Pool(simulator.url, { connections: 4 });
    const ask = (content: string) =>
      pool.request({
        method: 'POST',
        path: '/v1/chat/completions',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(chat('x', content)),
      });
    const dropped = expect(ask('patient')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect.poll(() => simulator.counts.inFlight).toBe(1);
    const fatal = await ask('fatal');
    expect(fatal.statusCode).toBe(500);
    expect(await fatal.body.text()).toBe('');
    await dropped;
    expect(await health()).toBe(503);
    expect(await statusOf()).toBe(500);
    await expect.poll(health, { timeout: 5000 }).toBe(200);
    expect(await statusOf()).toBe(200);
    expect(simulator.counts.faults).toEqual({ 'late-headers': 1, 'engine-death': 2 });
  });

  it('a restart refuses connections and comes back on the same port', async () => {
    await start({ fault: 'engine-restart', ms: 300 });
    expect(await statusOf()).toBe(500);
    await expect(health()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const tries = () => health().catch(() => 0);
    await expect.poll(tries, { timeout: 5000 }).toBe(200);
    expect(await statusOf()).toBe(200);
  });

  it('a restart does not outlive the simulator', async () => {
    await start({ fault: 'engine-restart', ms: 50 });
    expect(await statusOf()).toBe(500);
    await simulator.close();
    const taken = await startSimulator({ references: [], port: simulator.port });
    await taken.close();
  });

  it('scaling answers 503 on every route', async () => {
    await start({ fault: 'scaling', ms: 60_000 });
    expect(await statusOf()).toBe(503);
    expect(await health()).toBe(503);
    const models = await pool.request({ method: 'GET', path: '/v1/models' });
    expect(models.statusCode).toBe(503);
    expect(await models.body.text()).toContain('scaling');
  });
});
