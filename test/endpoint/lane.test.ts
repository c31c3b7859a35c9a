import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import type { CallError } from '../../src/domain/call.ts';
import { createLane } from '../../src/endpoint/call-queue.ts';
import type { LaneEvent } from '../../src/endpoint/lane-options.ts';
import { defaultRetryPolicy } from '../../src/endpoint/retry-policy.ts';
import type { AttemptOutcome, ChatModel, ChatReply } from '../../src/ports/chat-model.ts';
import { chat, QUICK } from './queue-setup.ts';

const REPLY: ChatReply = {
  ...{ content: 'Yes.', reasoning: null, finishReason: 'stop', servedModel: 'm' },
  ...{ systemFingerprint: null, usage: null, logprobs: null, notes: [], adaptations: [] },
};
const RESET: CallError = { kind: 'connection', message: 'reset', status: null, code: 'ECONNRESET' };
const FAILURE: AttemptOutcome = { kind: 'retryable', error: RESET, waitMs: null, holds: 'call' };

/** A lane to a model of this file's making. */
function laneTo(parts: Partial<ChatModel>) {
  const events: LaneEvent[] = [];
  const chatModel: ChatModel = {
    ask: async () => ({ kind: 'reply', reply: REPLY }),
    isUp: async () => true,
    load: async () => null,
    listModels: async () => ({ kind: 'unlisted', reason: 'not asked' }),
    versions: async () => [],
    close: async () => undefined,
    ...parts,
  };
  const lane = createLane({
    ...{
      name: 'gpu',
      chatModel,
      concurrency: 1,
      rates: { rpm: undefined, tpm: undefined },
      ...QUICK,
      clock: systemClock,
    },
    retry: { ...QUICK.retry, firstBackoffMs: 1, maxBackoffMs: 1 },
    outages: { ...QUICK.outages, firstProbeMs: 1, maxProbeMs: 1 },
    ...{ stop: new AbortController().signal, abort: new AbortController().signal },
    tell: (event) => events.push(event),
  });
  onTestFinished(() => lane.close());
  const call = () => lane.call(chat('Question?'), { id: 'call', priority: 0 });
  return { call, events };
}

test('the latency of a call is the time that it took', async () => {
  const { call } = laneTo({});
  const before = performance.now();
  const result = await call();
  const passed = performance.now() - before;
  // The clock itself began when the process did, long before.
  expect(result?.latencyMs).toBeGreaterThanOrEqual(0);
  expect(result?.latencyMs).toBeLessThanOrEqual(passed);
});

test('from its fifth outage on a call may be their cause, and its failures count', async () => {
  let probes = 0;
  let tries = 0;
  const { call, events } = laneTo({
    ask: async () => {
      tries += 1;
      return FAILURE;
    },
    // Down when it is first asked, up the next time: every failure is an outage that passes.
    isUp: async () => {
      probes += 1;
      return probes % 2 === 0;
    },
  });
  expect(await call()).toMatchObject({ kind: 'failed', error: { kind: 'connection' } });
  const { maxAttempts, maxOutages } = defaultRetryPolicy;
  expect(maxOutages).toBe(5);
  // Four outages uncounted, then as many tries as any call has.
  expect(tries).toBe(maxOutages - 1 + maxAttempts);
  expect(events.filter(({ kind }) => kind === 'down')).toHaveLength(tries);
});

test('a probe is given five seconds', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  onTestFinished(() => timeout.mockRestore());
  let failed = false;
  const { call } = laneTo({
    ask: async () => {
      if (failed) return { kind: 'reply', reply: REPLY };
      failed = true;
      return FAILURE;
    },
  });
  expect(await call()).toMatchObject({ kind: 'reply', attempts: 2 });
  expect(timeout.mock.calls).toEqual([[5000]]);
});
