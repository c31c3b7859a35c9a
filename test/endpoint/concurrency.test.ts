import { expect, test } from 'vitest';
import {
  type ConcurrencyControl,
  createConcurrencyControl,
} from '../../src/endpoint/concurrency.ts';
import { fakeClock } from './fake-clock.ts';

const IDLE = { running: 10, waiting: 0, cacheUsage: 0.2, preemptions: 0 };

/** As many answers as are allowed in flight, all after the same time. */
function round(control: ConcurrencyControl, clock: ReturnType<typeof fakeClock>, latencyMs = 200) {
  const begun = clock.monotonic();
  const calls = control.limit();
  clock.advance(latencyMs);
  for (let call = 0; call < calls; call += 1) control.succeeded({ begun, latencyMs, full: true });
}

test('a healthy endpoint is at a ceiling of 64 after one round', () => {
  const clock = fakeClock();
  const control = createConcurrencyControl(64, clock);
  expect(control.limit()).toBe(16);
  round(control, clock);
  expect(control.limit()).toBe(64);
});

test('the limit never passes the ceiling and never falls below one', () => {
  const clock = fakeClock();
  const control = createConcurrencyControl(2, clock);
  expect(control.limit()).toBe(2);
  round(control, clock);
  expect(control.limit()).toBe(2);
  for (let times = 0; times < 5; times += 1) {
    clock.advance(1);
    control.timedOut({ begun: clock.monotonic() });
  }
  expect(control.limit()).toBe(1);
});

test('a lane with nothing waiting does not grow: more would be of no use', () => {
  const clock = fakeClock();
  const control = createConcurrencyControl(64, clock);
  for (let call = 0; call < 100; call += 1) {
    control.succeeded({ begun: clock.monotonic(), latencyMs: 5, full: false });
  }
  expect(control.limit()).toBe(16);
});

test('calls refused together shrink the limit once: 64 to 44 at a 429, to 32 at a timeout', () => {
  const clock = fakeClock();
  const grown = () => {
    const control = createConcurrencyControl(64, clock);
    round(control, clock);
    round(control, clock);
    return control;
  };
  const limited = grown();
  const late = grown();
  const begun = clock.monotonic();
  clock.advance(50);
  for (let call = 0; call < 64; call += 1) {
    limited.rateLimited({ begun });
    late.timedOut({ begun });
  }
  // floor(64 × 0.7) and 64 / 2.
  expect(limited.limit()).toBe(44);
  expect(late.limit()).toBe(32);
});

test('after a fall growth is a tenth a round, and stops while calls take twice as long', () => {
  const clock = fakeClock();
  const control = createConcurrencyControl(64, clock);
  round(control, clock);
  round(control, clock);
  clock.advance(1);
  control.rateLimited({ begun: clock.monotonic() });
  round(control, clock);
  expect(control.limit()).toBe(48);
  round(control, clock, 401);
  expect(control.limit()).toBe(48);
  round(control, clock);
  expect(control.limit()).toBe(52);
});

test('a fast start that brings no more answers a second ends', () => {
  const clock = fakeClock();
  const control = createConcurrencyControl(4096, clock);
  let latency = 100;
  const limits: number[] = [];
  for (let times = 0; times < 6; times += 1) {
    const before = control.limit();
    round(control, clock, latency);
    limits.push(control.limit());
    // The endpoint's pace is fixed: four times the calls take four times as long.
    latency *= control.limit() / before;
  }
  expect(limits).toEqual([64, 256, 256, 256, 256, 256]);
});

test('a round that brings no more answers a second pauses a fast start, and a gain resumes it', () => {
  const clock = fakeClock();
  const control = createConcurrencyControl(4096, clock);
  // 16 in 100 ms and 64 in 400 ms are one pace; 256 in 400 ms is four times that.
  const limits = [100, 400, 400, 400].map((latency) => {
    round(control, clock, latency);
    return control.limit();
  });
  expect(limits).toEqual([64, 256, 256, 1024]);
});

test("vLLM's own word: room lets it grow at once, a queue or preemption shrinks it", () => {
  const clock = fakeClock();
  const control = createConcurrencyControl(64, clock);
  control.observe(IDLE, true);
  expect(control.limit()).toBe(32);
  control.observe({ ...IDLE, cacheUsage: 0.8 }, true);
  expect(control.limit()).toBe(32);
  control.observe({ ...IDLE, running: 32, waiting: 9 }, true);
  expect(control.limit()).toBe(22);
  control.observe({ ...IDLE, running: 32, waiting: 8 }, true);
  expect(control.limit()).toBe(22);
  control.observe({ ...IDLE, preemptions: 1 }, true);
  expect(control.limit()).toBe(15);
  control.observe({ ...IDLE, preemptions: 1 }, false);
  expect(control.limit()).toBe(15);
});

test('the history says when, to what and why, changes of a second put together', () => {
  const clock = fakeClock();
  const control = createConcurrencyControl(64, clock);
  round(control, clock);
  round(control, clock);
  clock.advance(5000);
  control.timedOut({ begun: clock.monotonic() });
  expect(control.history()).toEqual([
    { atMs: 0, limit: 16, cause: 'start' },
    { atMs: 200, limit: 64, cause: 'growth' },
    { atMs: 5400, limit: 32, cause: 'timeout' },
  ]);
});
