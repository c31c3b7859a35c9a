import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from '../../../src/adapters/openai/connection/turns.ts';

test('lets so many pass in each turn of the event loop, in the order they came', async () => {
  const turns = createTurns(2);
  const passed: number[] = [];
  const all = [1, 2, 3, 4, 5].map(async (who) => {
    await turns.next();
    passed.push(who);
  });
  expect(passed).toEqual([]);
  await setImmediate();
  expect(passed).toEqual([1, 2]);
  await setImmediate();
  expect(passed).toEqual([1, 2, 3, 4]);
  await Promise.all(all);
  expect(passed).toEqual([1, 2, 3, 4, 5]);
});

test('who comes later waits its own turn, and none that is not needed', async () => {
  const turns = createTurns(1);
  await turns.next();
  let passed = false;
  const later = turns.next().then(() => {
    passed = true;
  });
  await setImmediate();
  expect(passed).toBe(true);
  await later;
});
