import { expect, test } from 'vitest';
import type { QuotaReading } from '../../../src/ports/chat-model.ts';
import { completion } from './fake-server.ts';
import { CHAT, model, serve } from './setup.ts';

async function readings(headers: Record<string, string>, status = 200): Promise<QuotaReading[]> {
  const fake = await serve((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(status === 200 ? completion('Yes.') : { error: 'too many' }));
  });
  const chatModel = await model({ kind: 'openai', baseUrl: `${fake.origin}/v1` });
  const told: QuotaReading[] = [];
  const signal = new AbortController().signal;
  await chatModel.ask(CHAT, { signal, requestId: 'q', onQuota: (reading) => told.push(reading) });
  return told;
}

const limits = (kind: 'requests' | 'tokens', limit: string, remaining: string) => ({
  [`x-ratelimit-limit-${kind}`]: limit,
  [`x-ratelimit-remaining-${kind}`]: remaining,
});

test('what is left of the quota is read from answers; a refusal holds calls back by itself', async () => {
  const headers = { ...limits('requests', '600', '599'), ...limits('tokens', '200000', '1200') };
  const reading = {
    requests: { limit: 600, remaining: 599 },
    tokens: { limit: 200_000, remaining: 1200 },
  };
  expect(await readings(headers)).toEqual([reading]);
  expect(await readings(headers, 429)).toEqual([]);
});

test('limits that mean nothing are left aside', async () => {
  expect(await readings({})).toEqual([]);
  expect(await readings(limits('tokens', '-1', '-1'))).toEqual([]);
  expect(await readings(limits('tokens', '0', '0'))).toEqual([]);
  expect(await readings({ 'x-ratelimit-limit-tokens': '1000' })).toEqual([]);
  expect(
    await readings({ ...limits('requests', '10', '3'), ...limits('tokens', 'many', '1') }),
  ).toEqual([{ requests: { limit: 10, remaining: 3 }, tokens: null }]);
});
