import { describe, expect, test } from 'vitest';
import type { CallError } from '../../src/domain/call.ts';
import { type CircuitBreaker, createCircuitBreaker } from '../../src/endpoint/circuit-breaker.ts';
import { fakeClock } from './fake-clock.ts';

const RESET: CallError = { kind: 'connection', message: 'reset', status: null, code: 'ECONNRESET' };
const OTHER: CallError = { ...RESET, message: 'refused', code: 'ECONNREFUSED' };

const POLICY = {
  limitMs: 5000,
  startLimitMs: 300,
  firstProbeMs: 20,
  maxProbeMs: 50,
  loadLimitMs: 1000,
  troubleMs: 3000,
};

interface Scene {
  readonly breaker: CircuitBreaker;
  readonly clock: ReturnType<typeof fakeClock>;
  readonly stop: AbortController;
  /** `down after LIMIT`, `up after MS`, `given up`, in order. */
  readonly said: string[];
  readonly probes: () => number;
}

/** A breaker before an endpoint whose probes answer as given; the clock moves as anybody sleeps. */
function breakerOf(isUp: (scene: Scene) => boolean | 'late'): Scene {
  const clock = fakeClock();
  const stop = new AbortController();
  const said: string[] = [];
  let probes = 0;
  const breaker = createCircuitBreaker({
    ...{ policy: POLICY, clock, stop: stop.signal },
    isUp: async () => {
      probes += 1;
      return isUp(scene);
    },
    onDown: (error, limitMs) => said.push(`${error.message}: down, waits ${limitMs}`),
    onUp: (afterMs) => said.push(`up after ${afterMs}`),
    onGivenUp: (error) => said.push(`${error.message}: given up`),
  });
  const scene: Scene = { breaker, clock, stop, said, probes: () => probes };
  return scene;
}

/** Down until so many ms have passed since the scene began. */
const downFor = (ms: number) => {
  let since: number | null = null;
  return ({ clock }: Scene) => {
    since ??= clock.monotonic();
    return clock.monotonic() - since >= ms;
  };
};

describe('an endpoint that never answered', () => {
  test('is given up after the time for starting, counted from the first call', async () => {
    const { breaker, clock, said } = breakerOf(() => false);
    await breaker.passage();
    clock.advance(200);
    const noticed = clock.monotonic();
    expect(await breaker.suspect(RESET)).toBe('given-up');
    expect(clock.monotonic() - noticed).toBe(100);
    expect(said).toEqual(['reset: down, waits 300', 'reset: given up']);
  });

  test('has answered once a probe has found it up', async () => {
    const answers: (boolean | 'late')[] = [true, false];
    const { breaker, said } = breakerOf(() => answers.shift() ?? false);
    await breaker.passage();
    expect(await breaker.suspect(RESET)).toBe('no-outage');
    expect(await breaker.suspect(OTHER)).toBe('given-up');
    expect(said[0]).toBe('refused: down, waits 5000');
  });

  test('is probed at growing distances while it starts', async () => {
    const { breaker, said } = breakerOf(downFor(100));
    await breaker.passage();
    expect(await breaker.suspect(RESET)).toBe('recovered');
    // Pauses of 20, 30, 45 and 50 ms: each half as long again, up to 50.
    expect(said).toEqual(['reset: down, waits 300', 'up after 145']);
  });
});

describe('an endpoint that has answered', () => {
  test('is waited for as long as an outage may take', async () => {
    const { breaker, clock, said } = breakerOf(() => false);
    breaker.reached();
    await breaker.passage();
    const noticed = clock.monotonic();
    expect(await breaker.suspect(RESET)).toBe('given-up');
    expect(clock.monotonic() - noticed).toBe(5000);
    expect(said).toEqual(['reset: down, waits 5000', 'reset: given up']);
  });

  test('is one that came back from an outage, too', async () => {
    let down = true;
    const { breaker, said } = breakerOf(() => !down);
    await breaker.passage();
    const first = breaker.suspect(RESET);
    down = false;
    await first;
    down = true;
    await breaker.suspect(OTHER);
    expect(said.at(-2)).toBe('refused: down, waits 5000');
  });

  test('a reply that is looked at after the outage was noticed counts as an answer before it', async () => {
    const isUp = downFor(1000);
    const { breaker, said } = breakerOf((scene) => {
      if (scene.probes() === 3) scene.breaker.reached();
      return isUp(scene);
    });
    await breaker.passage();
    expect(await breaker.suspect(RESET)).toBe('recovered');
    expect(said).toHaveLength(2);
  });
});

describe('a probe that comes to nothing in time', () => {
  test.each([
    [29_999, 'no-outage'],
    [30_000, 'given-up'],
  ])('%d ms after a success is %s', async (ago, end) => {
    const { breaker, clock } = breakerOf(() => 'late');
    breaker.reached();
    await breaker.passage();
    breaker.succeeded();
    clock.advance(ago);
    expect(await breaker.suspect(RESET)).toBe(end);
  });

  test('means down where no call has succeeded', async () => {
    const { breaker, said } = breakerOf(() => 'late');
    await breaker.passage();
    expect(await breaker.suspect(RESET)).toBe('given-up');
    expect(said).toHaveLength(2);
  });
});

test('a call that succeeds in mid-outage ends it, but not one from before it was noticed', async () => {
  const { breaker, clock, said } = breakerOf((scene) => {
    const since = clock.monotonic() - noticed;
    if (since > 0 && since < 1000) scene.breaker.succeeded();
    if (since > 2000) scene.breaker.succeeded();
    return false;
  });
  breaker.reached();
  await breaker.passage();
  const noticed = clock.monotonic();
  expect(await breaker.suspect(RESET)).toBe('recovered');
  expect(clock.monotonic() - noticed).toBeGreaterThan(2000);
  expect(said.at(-1)).toMatch(/^up after 20\d\d$/);
});

test('calls that fail together share one investigation and one message', async () => {
  const { breaker, said, probes } = breakerOf(downFor(60));
  breaker.reached();
  await breaker.passage();
  const ends = await Promise.all([RESET, OTHER, RESET].map((error) => breaker.suspect(error)));
  expect(ends).toEqual(['recovered', 'recovered', 'recovered']);
  expect(said).toEqual(['reset: down, waits 5000', 'up after 95']);
  // The next failure is looked into anew.
  const before = probes();
  expect(await breaker.suspect(RESET)).toBe('no-outage');
  expect(probes()).toBe(before + 1);
});

test('nobody passes while it is down', async () => {
  const isUp = downFor(60);
  const order: string[] = [];
  const { breaker } = breakerOf((scene) => {
    if (scene.probes() === 2) void scene.breaker.passage().then(() => order.push('passed'));
    order.push('probed');
    return isUp(scene);
  });
  breaker.reached();
  await breaker.suspect(RESET);
  await breaker.passage();
  expect(order).toEqual(['probed', 'probed', 'probed', 'probed', 'passed']);
});

test.each([
  ['before the probe is back', 1],
  ['in mid-outage', 3],
])('a run that stops %s says nothing of outages any more', async (_, probe) => {
  const { breaker, said } = breakerOf((scene) => {
    if (scene.probes() === probe) scene.stop.abort();
    return false;
  });
  breaker.reached();
  await breaker.passage();
  expect(await breaker.suspect(RESET)).toBe('given-up');
  expect(said).toEqual(probe === 1 ? [] : ['reset: down, waits 5000']);
});
