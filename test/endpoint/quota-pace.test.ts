import { expect, test } from 'vitest';
import { createQuotaPace } from '../../src/endpoint/quota-pace.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { fakeClock } from './fake-clock.ts';

const requests = (limit: number, remaining: number) => ({
  requests: { limit, remaining },
  tokens: null,
});

test('calls go freely while nothing is known, and while half of the quota is left', () => {
  const pace = createQuotaPace(fakeClock());
  expect(pace.admit('m', 1000)).toBe(0);
  pace.learn('m', requests(60, 40));
  // 40 left: ten go, down to half.
  expect(Array.from({ length: 10 }, () => pace.admit('m', 1))).toEqual(Array(10).fill(0));
});

test('below half they go at the quota’s pace times twice the share left, and never under a quarter', () => {
  const clock = fakeClock();
  const pace = createQuotaPace(clock);
  // 60 a minute is one a second; 15 of 60 left is a quarter, twice that is half: one in two seconds.
  pace.learn('m', requests(60, 15));
  expect(pace.admit('m', 1)).toBe(0);
  expect(pace.admit('m', 1)).toBe(1000);
  clock.advance(1999);
  expect(pace.admit('m', 1)).toBe(1);
  clock.advance(1);
  expect(pace.admit('m', 1)).toBe(0);
  // Nothing left: one in four seconds.
  pace.learn('m', requests(60, 0));
  clock.advance(10_000);
  expect(pace.admit('m', 1)).toBe(0);
  clock.advance(3999);
  expect(pace.admit('m', 1)).toBe(1);
  clock.advance(1);
  expect(pace.admit('m', 1)).toBe(0);
});

test('tokens count as estimated, each model has its own quota, and an old word is forgotten', () => {
  const clock = fakeClock();
  const pace = createQuotaPace(clock);
  // 6000 tokens a minute, a quarter left: 50 a second, so 100 tokens take two seconds.
  pace.learn('m', { requests: null, tokens: { limit: 6000, remaining: 1500 } });
  expect(pace.admit('m', 100)).toBe(0);
  expect(pace.admit('m', 100)).toBeGreaterThan(0);
  expect(pace.admit('other', 100)).toBe(0);
  pace.learn('m', requests(60, 0));
  expect(pace.admit('m', 100)).toBeGreaterThan(0);
  clock.advance(60_000);
  expect(pace.admit('m', 100)).toBe(0);
  expect(pace.admit('m', 100)).toBe(0);
});

/** A deployment as Azure runs them: `limit` requests in each minute, and a 429 for every one more. */
function deployment(limit: number, clock: Clock) {
  let minute = -1;
  let used = 0;
  return () => {
    const now = Math.floor(clock.monotonic() / 60_000);
    if (now !== minute) [minute, used] = [now, 0];
    used += 1;
    return { refused: used > limit, reading: requests(limit, Math.max(0, limit - used)) };
  };
}

test('a caller in a hurry stays within a quota that it was never told in its config', () => {
  const clock = fakeClock();
  const pace = createQuotaPace(clock);
  const ask = deployment(100, clock);
  let [calls, refused] = [0, 0];
  while (clock.monotonic() < 10 * 60_000) {
    const wait = pace.admit('m', 1);
    if (wait > 0) {
      clock.advance(wait);
      continue;
    }
    clock.advance(20);
    const reply = ask();
    pace.learn('m', reply.reading);
    calls += 1;
    refused += reply.refused ? 1 : 0;
  }
  expect(refused).toBe(0);
  // Four fifths of what it could have had in ten minutes, at least.
  expect(calls).toBeGreaterThan(800);
});
