import { expect, test } from 'vitest';
import { createReplicas } from '../../../src/adapters/openai/connection/replicas.ts';
import { completion, sendJson, startFake } from './fake-server.ts';
import { ask, model, serve } from './setup.ts';

const always = () => true;

test('idle replicas take calls in turn', async () => {
  const replicas = createReplicas(['a', 'b', 'c'], () => 0);
  const order: string[] = [];
  for (let call = 0; call < 6; call += 1) {
    order.push((await replicas.run((name) => Promise.resolve(name), always)).result);
  }
  expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

test('a call goes to the replica with the fewest in flight', async () => {
  const replicas = createReplicas(['a', 'b'], () => 0);
  const taken: string[] = [];
  const endings: (() => void)[] = [];
  const start = () =>
    replicas.run((name) => {
      taken.push(name);
      return new Promise<void>((resolve) => endings.push(resolve));
    }, always);
  const first = start();
  const second = start();
  const third = start();
  expect(taken).toEqual(['a', 'b', 'a']);
  endings[0]?.();
  endings[2]?.();
  await Promise.all([first, third]);
  const fourth = start();
  const fifth = start();
  // a has none and b one in flight; then both have one, and it is b's turn.
  expect(taken.slice(3)).toEqual(['a', 'b']);
  for (const end of endings) end();
  await Promise.all([second, fourth, fifth]);
});

test('an unreachable replica is set aside for 1 s, then 2 s, and back in line once it answers', async () => {
  let time = 0;
  let up = false;
  const replicas = createReplicas(['down', 'up'], () => time);
  const visited: string[] = [];
  const run = () =>
    replicas.run(
      (name) => {
        visited.push(name);
        return Promise.resolve(name);
      },
      (name) => name === 'up' || up,
    );
  await run();
  expect(visited.splice(0)).toEqual(['down', 'up']);
  time = 999;
  await run();
  expect(visited.splice(0)).toEqual(['up']);
  time = 1000;
  await run();
  expect(visited.splice(0)).toEqual(['down', 'up']);
  time = 2999;
  await run();
  expect(visited.splice(0)).toEqual(['up']);
  time = 3000;
  up = true;
  await run();
  await run();
  await run();
  expect(visited).toEqual(['down', 'up', 'down']);
});

test('with every replica set aside the one that is due first is tried, and only that one', async () => {
  let time = 0;
  const replicas = createReplicas(['a', 'b'], () => time);
  const visited: string[] = [];
  const run = () =>
    replicas.run(
      (name) => {
        visited.push(name);
        return Promise.resolve(name);
      },
      () => false,
    );
  await run();
  expect(visited.splice(0)).toEqual(['a', 'b']);
  time = 10;
  expect((await run()).result).toBe('a');
  expect(visited).toEqual(['a']);
});

test('the calls of a dead replica go to the others at once, and it is used again when it is back', async () => {
  const dead = await startFake((_, response) => sendJson(response, 200, completion('dead')));
  await dead.close();
  const alive = await serve((_, response) => sendJson(response, 200, completion('alive')));
  const vllm = await model({ kind: 'vllm', baseUrl: [`${dead.origin}/v1`, `${alive.origin}/v1`] });
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => ask(vllm)));
  expect(outcomes.map((outcome) => outcome.kind)).toEqual(Array(10).fill('reply'));
  expect(alive.requests).toHaveLength(10);
});
