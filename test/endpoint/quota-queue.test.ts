import { expect, onTestFinished, test } from 'vitest';
import { createLane } from '../../src/endpoint/call-queue.ts';
import { defaultOutagePolicy } from '../../src/endpoint/circuit-breaker.ts';
import { defaultTrialPolicy } from '../../src/endpoint/model-trials.ts';
import { defaultRetryPolicy } from '../../src/endpoint/retry-policy.ts';
import { completion } from '../adapters/openai/fake-server.ts';
import { model, serve } from '../adapters/openai/setup.ts';
import { fakeClock } from './fake-clock.ts';
import { chat } from './queue-setup.ts';

test('a lane waits once a deployment says that little of its quota is left', async () => {
  const fake = await serve((_request, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '15',
    });
    response.end(JSON.stringify(completion('Yes.')));
  });
  const chatModel = await model({ kind: 'openai', baseUrl: `${fake.origin}/v1` });
  const clock = fakeClock();
  const { signal } = new AbortController();
  const lane = createLane({
    name: 'cloud',
    chatModel,
    concurrency: 1,
    rates: { rpm: undefined, tpm: undefined },
    retry: defaultRetryPolicy,
    outages: defaultOutagePolicy,
    trials: defaultTrialPolicy,
    clock,
    stop: signal,
    abort: signal,
    tell: () => undefined,
  });
  onTestFinished(() => lane.close());
  for (const id of ['a', 'b', 'c']) await lane.call(chat('Q?'), { id, priority: 0 });
  // The first reply tells; the second call is free, the third comes two seconds after it.
  expect(clock.slept.filter((ms) => ms === 1000)).toHaveLength(2);
});
