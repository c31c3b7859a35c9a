import { expect, test } from 'vitest';
import type { CallError } from '../../src/domain/call.ts';
import { createModelTrials, defaultTrialPolicy } from '../../src/endpoint/model-trials.ts';
import type { AttemptOutcome } from '../../src/ports/chat-model.ts';
import { fakeClock } from './fake-clock.ts';

const refusal = (message: string): CallError => ({
  kind: 'bad-request',
  message,
  status: 400,
  code: null,
});
const GIVEN: AttemptOutcome = {
  kind: 'filtered',
  filter: { stage: 'prompt', categories: [] },
  text: null,
  servedModel: null,
};

function startTrials() {
  const closed: string[] = [];
  const trials = createModelTrials({
    policy: defaultTrialPolicy,
    clock: fakeClock(),
    stop: new AbortController().signal,
    onRefused: (error, model) => closed.push(`${model}: ${error.message}`),
  });
  const refuse = async (message: string) => {
    trials.begin('m');
    const error = refusal(message);
    trials.end('m', { kind: 'terminal', error });
    return await trials.isOwnFailure('m', error);
  };
  return { trials, refuse, closed };
}

test('five first calls refused in the same words close the model, and none of them failed', async () => {
  const { refuse, closed } = startTrials();
  const own = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => refuse(`no tool ${n}`)));
  expect(own).toEqual(Array(6).fill(false));
  expect(closed).toEqual(['m: its first 5 calls were all refused: no tool 5']);
});

test('refusals in different words are the calls’ own', async () => {
  const { refuse, closed } = startTrials();
  const own = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((word) => refuse(`no ${word}`)));
  expect(own).toEqual(Array(5).fill(true));
  expect(closed).toEqual([]);
});

test('a call under way that succeeds makes the refusals before it the calls’ own', async () => {
  const { trials, refuse, closed } = startTrials();
  trials.begin('m');
  const own = Promise.all([1, 2, 3, 4, 5].map(() => refuse('no system role')));
  trials.end('m', GIVEN);
  expect(await own).toEqual(Array(5).fill(true));
  expect(closed).toEqual([]);
});

test('with one call at a time the third refusal in the same words closes the model', async () => {
  const { refuse, closed } = startTrials();
  expect(await refuse('no')).toBe(true);
  expect(await refuse('no')).toBe(true);
  expect(await refuse('no')).toBe(false);
  expect(closed).toHaveLength(1);
});
