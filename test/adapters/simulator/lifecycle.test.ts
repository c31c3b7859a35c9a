import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startSimulator } from '../../../src/adapters/simulator/server.ts';
import type { SeenRequest } from '../../../src/adapters/simulator/wire/dispatcher.ts';
import { chat, get, post } from './small-talk.ts';

describe('observation', () => {
  it('shows a test what came in, to the byte', async () => {
    const seen: SeenRequest[] = [];
    const simulator = await startSimulator({
      references: [],
      onRequest: (request) => seen.push(request),
    });
    const body = JSON.stringify(chat('x', 'hé'));
    await post(simulator, { headers: { 'x-test': 'yes' }, body });
    const last = seen.at(-1);
    expect(last?.path).toBe('/v1/chat/completions');
    expect(last?.headers['x-test']).toBe('yes');
    expect(last?.raw).toEqual(Buffer.from(body));
    expect(last?.body).toEqual(chat('x', 'hé'));
    await simulator.close();
  });

  it('counts requests by route and the most in flight at once', async () => {
    const slow = await startSimulator({ references: [], latencyMs: 50 });
    const body = chat('x', 'hi');
    await Promise.all([1, 2, 3].map(() => post(slow, { body })));
    await get(slow, '/health');
    expect(slow.counts).toEqual({
      requests: { 'POST /v1/chat/completions': 3, 'GET /health': 1 },
      faults: {},
      batchFaults: {},
      batchLines: 0,
      inFlight: 0,
      peakInFlight: 3,
    });
    await slow.close();
  });

  it('shows the load in its metrics and drops it when the client hangs up', async () => {
    const slow = await startSimulator({ references: [], latencyMs: { min: 60_000, max: 90_000 } });
    const socket = connect(slow.port, '127.0.0.1');
    const body = JSON.stringify(chat('x', 'hi'));
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    const running = async () =>
      /num_requests_running\{[^}]*\} (\d+)/u.exec((await get(slow, '/metrics')).text)?.[1];
    await expect.poll(running).toBe('1');
    socket.destroy();
    await expect.poll(running).toBe('0');
    await slow.close();
  });
});

describe('close', () => {
  it('ends waiting requests and idle sockets at once and frees the port', async () => {
    const slow = await startSimulator({ references: [], latencyMs: 60_000 });
    const idle = connect(slow.port, '127.0.0.1');
    const idleEnded = new Promise((resolve) => idle.once('close', resolve));
    await new Promise((resolve) => idle.once('connect', resolve));
    const waiting = post(slow, { body: chat('x', 'hi') });
    const refused = expect(waiting).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    await expect.poll(() => slow.counts.inFlight).toBe(1);
    await slow.close();
    await refused;
    await idleEnded;
    await expect.poll(() => slow.counts.inFlight).toBe(0);
    const again = await startSimulator({ references: [], port: slow.port });
    expect(again.port).toBe(slow.port);
    await again.close();
  });

  it('refuses a port that is taken', async () => {
    const first = await startSimulator({ references: [] });
    const second = startSimulator({ references: [], port: first.port });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });
});
