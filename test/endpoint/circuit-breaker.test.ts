import { expect, test } from 'vitest';
import type { CallError } from '../../src/domain/call.ts';
import { createCircuitBreaker } from '../../src/endpoint/circuit-breaker.ts';
import { fakeClock } from './fake-clock.ts';

const RESET: CallError = { kind: 'connection', message: 'reset', status: null, code: 'ECONNRESET' };

/** A breaker before an endpoint that is down for a second. */
function breakerOf(onProbe: (breaker: ReturnType<typeof createCircuitBreaker>) => void) {
  const clock = fakeClock();
  const upAt = clock.monotonic() + 1000;
  const givenUp: CallError[] = [];
  const breaker = createCircuitBreaker({
    policy: {
      limitMs: 5000,
      startLimitMs: 300,
      firstProbeMs: 20,
      maxProbeMs: 50,
      loadLimitMs: 1000,
      troubleMs: 3000,
    },
    clock,
    stop: new AbortController().signal,
    isUp: async () => {
      onProbe(breaker);
      return clock.monotonic() >= upAt;
    },
    onDown: () => undefined,
    onUp: () => undefined,
    onGivenUp: (error) => givenUp.push(error),
  });
  return { breaker, givenUp };
}

test('an endpoint that never answered is given up after a short while', async () => {
  const { breaker, givenUp } = breakerOf(() => undefined);
  await breaker.passage();
  expect(await breaker.suspect(RESET)).toBe('given-up');
  expect(givenUp).toEqual([RESET]);
});

test('a reply that is looked at after the outage was noticed counts as an answer before it', async () => {
  let probes = 0;
  const { breaker, givenUp } = breakerOf((own) => {
    probes += 1;
    if (probes === 3) own.reached();
  });
  await breaker.passage();
  expect(await breaker.suspect(RESET)).toBe('recovered');
  expect(givenUp).toEqual([]);
});
