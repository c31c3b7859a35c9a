import { expect, test } from 'vitest';
import type { CallError } from '../../src/domain/call.ts';
import { createModelOutages } from '../../src/endpoint/model-outages.ts';
import type { AttemptOutcome } from '../../src/ports/chat-model.ts';
import { fakeClock } from './fake-clock.ts';

const DEAD: CallError = { kind: 'server', message: 'no host', status: 500, code: '500' };
const GIVEN: AttemptOutcome = {
  kind: 'filtered',
  filter: { stage: 'completion', categories: [] },
  text: null,
  servedModel: null,
};

function watch() {
  const clock = fakeClock();
  const events: string[] = [];
  const stop = new AbortController();
  const outages = createModelOutages({
    policy: {
      limitMs: 600_000,
      startLimitMs: 10_000,
      loadLimitMs: 60_000,
      firstProbeMs: 250,
      maxProbeMs: 5000,
      troubleMs: 3000,
    },
    clock,
    stop: stop.signal,
    onDown: (_error, limitMs, model) => events.push(`${model} down ${limitMs}`),
    onUp: (_ms, model) => events.push(`${model} up`),
    onGivenUp: (_error, model) => events.push(`${model} given up`),
  });
  return { clock, events, outages, stop };
}

/** Three calls fail, and after three seconds the first of them again. */
async function bringDown({ clock, outages }: ReturnType<typeof watch>, model = 'm') {
  for (const call of ['a', 'b', 'c']) {
    await outages.passage(model, call);
    expect(outages.judge(model, call, DEAD)).toBe('own');
  }
  clock.advance(3000);
  expect(outages.judge(model, 'a', DEAD)).toBe('outage');
}

test('a model is down once three calls and three seconds have brought nothing but 5xx', async () => {
  const scene = watch();
  scene.outages.learn('m', 'z', GIVEN);
  await bringDown(scene);
  expect(scene.events).toEqual(['m down 600000']);
});

test('a success in between begins the count anew', async () => {
  const { clock, outages, events } = watch();
  for (const call of ['a', 'b', 'c']) outages.judge('m', call, DEAD);
  outages.learn('m', 'd', GIVEN);
  clock.advance(3000);
  expect(outages.judge('m', 'a', DEAD)).toBe('own');
  expect(events).toEqual([]);
});

test('two calls that fail alone, while another model answers, fail for what they ask', async () => {
  const { clock, outages } = watch();
  await outages.passage('other', 'o');
  outages.learn('other', 'o', GIVEN);
  for (const call of ['a', 'b']) outages.judge('m', call, DEAD);
  clock.advance(60_000);
  expect(outages.judge('m', 'a', DEAD)).toBe('own');
});

test('in an outage one call at a time is let through, and a success ends it', async () => {
  const scene = watch();
  const { outages, events } = scene;
  await bringDown(scene);
  expect(outages.isPassable('m', 'b')).toBe(false);
  await outages.passage('m', 'b');
  expect([outages.isPassable('m', 'b'), outages.isPassable('m', 'c')]).toEqual([true, false]);
  expect(outages.judge('m', 'b', DEAD)).toBe('outage');
  await outages.passage('m', 'c');
  outages.learn('m', 'c', GIVEN);
  expect(outages.isPassable('m', 'a')).toBe(true);
  expect(events).toEqual(['m down 60000', 'm up']);
});

test('an outage that outlasts its limit gives the model up, and one after Ctrl-C says nothing', async () => {
  const scene = watch();
  await bringDown(scene);
  scene.clock.advance(60_000);
  expect(scene.outages.judge('m', 'a', DEAD)).toBe('given-up');
  expect(scene.events).toEqual(['m down 60000', 'm given up']);
  scene.stop.abort();
  expect(scene.outages.judge('m', 'a', DEAD)).toBe('given-up');
  expect(scene.events).toHaveLength(2);
});
