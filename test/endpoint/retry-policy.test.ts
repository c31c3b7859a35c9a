import { expect, test } from 'vitest';
import type { CallError } from '../../src/domain/call.ts';
import {
  decideRetry,
  defaultRetryPolicy,
  suggestsOutage,
} from '../../src/endpoint/retry-policy.ts';

function retryable(error: Partial<CallError>, waitMs: number | null = null) {
  return {
    kind: 'retryable',
    error: { kind: 'server', message: 'no', status: 500, code: null, ...error },
    waitMs,
    holds: error.kind === 'rate-limit' ? 'endpoint' : 'call',
  } as const;
}

const decide = (outcome: ReturnType<typeof retryable>, attempts: number, random = 0) =>
  decideRetry(outcome, attempts, { policy: defaultRetryPolicy, random: () => random });

test('waits double from half a second to half a minute, at half to all of their length by chance', () => {
  const lengths = [1, 2, 3, 4, 5].map((attempts) => [
    decide(retryable({}), attempts, 0),
    decide(retryable({}), attempts, 1),
  ]);
  expect(lengths.map((pair) => pair.map((one) => (one.kind === 'wait' ? one.ms : null)))).toEqual([
    [250, 500],
    [500, 1000],
    [1000, 2000],
    [2000, 4000],
    [4000, 8000],
  ]);
});

test.each<[string, Partial<CallError>, number]>([
  ['a dead server', { kind: 'server', status: 500 }, 6],
  ['a cut connection', { kind: 'connection', status: null }, 6],
  ['no reply in time', { kind: 'timeout', status: null }, 2],
  ['a 408', { kind: 'timeout', status: 408 }, 6],
  ['a 200 that is no JSON', { kind: 'protocol', status: 200, code: 'invalid-json' }, 2],
  ['a 200 without choices', { kind: 'protocol', status: 200 }, 6],
  ['the rate limit', { kind: 'rate-limit', status: 429 }, 12],
])('%s is tried so often', (_what, error, tries) => {
  expect(decide(retryable(error), tries - 1).kind).toBe('wait');
  expect(decide(retryable(error), tries)).toEqual({ kind: 'give-up', because: 'attempts' });
});

test('a wish of up to two minutes is obeyed, with a little more so that not all come at once', () => {
  expect(decide(retryable({ kind: 'rate-limit', status: 429 }, 120_000), 1, 1)).toEqual({
    kind: 'wait',
    ms: 120_050,
    holdsEndpoint: true,
  });
});

test('a longer wish is a refusal of the request, on the first attempt', () => {
  expect(decide(retryable({ kind: 'rate-limit', status: 429 }, 120_001), 1)).toEqual({
    kind: 'give-up',
    because: 'quota',
  });
});

test.each<[Partial<CallError>, boolean]>([
  [{ kind: 'connection', status: null }, true],
  [{ kind: 'server', status: 503 }, true],
  [{ kind: 'protocol', status: 200 }, false],
  [{ kind: 'timeout', status: null }, false],
  [{ kind: 'rate-limit', status: 429 }, false],
])('%o asks whether anybody is there: %s', (error, suspected) => {
  expect(suggestsOutage(retryable(error).error)).toBe(suspected);
});
