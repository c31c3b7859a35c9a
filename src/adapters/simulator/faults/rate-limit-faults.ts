import type { Injection, Injector } from '../minds/injection.ts';
import { azureError } from './error-replies.ts';

export const RATE_LIMIT_FAULTS = {
  // 429 with retry-after-ms.
  'rate-limit-ms': ({ ms = 200 }) =>
    tooMany(quota('call rate limit', ms), {
      'retry-after-ms': String(ms),
      'retry-after': String(Math.ceil(ms / 1000)),
    }),
  // 429 with retry-after in seconds.
  'rate-limit-seconds': ({ ms = 1000 }) =>
    tooMany(quota('token rate limit', ms), {
      ...limits('remaining', 0),
      'retry-after': String(Math.ceil(ms / 1000)),
      'policy-id': 'DeploymentRatelimit-Token',
    }),
  // 429 with retry-after as a date.
  'rate-limit-date': ({ ms = 2000 }) =>
    tooMany(quota('token rate limit', ms), {
      'retry-after': new Date(Date.now() + ms).toUTCString(),
    }),
  // 429 without any hint.
  'rate-limit-none': () => tooMany('Too many requests.', {}),
  // 429 with the wait in the message alone.
  'rate-limit-message': ({ ms = 2000 }) =>
    tooMany(`Rate limit is exceeded. Try again in ${Math.ceil(ms / 1000)} seconds.`, {}),
  // 429 with limits and resets of -1 and 0.
  'rate-limit-bogus': ({ ms = 1000 }) =>
    tooMany(quota('token rate limit', ms), {
      ...limits('limit', -1),
      ...limits('remaining', -1),
      ...limits('reset', 0),
    }),
  // 429 with x-rate-limit-reset-tokens alone.
  'rate-limit-reset': ({ ms = 1000 }) =>
    tooMany('Too many requests.', { 'x-rate-limit-reset-tokens': String(Math.ceil(ms / 1000)) }),
  // 429 with retry-after 86400: one call is larger than the quota.
  'rate-limit-day': ({ ms = 86_400_000 }) =>
    tooMany(quota('token rate limit', ms), { 'retry-after': String(Math.ceil(ms / 1000)) }),
  // 429 at peak load, the limit lowered.
  'rate-limit-capacity': ({ ms = 20_000 }) => {
    const seconds = String(Math.ceil(ms / 1000));
    return tooMany(
      `The system is currently experiencing high demand and cannot process your request. Your request exceeds the maximum usage size allowed during peak load. Please retry after ${seconds} seconds. For improved capacity reliability, consider switching to Provisioned Throughput.`,
      { 'retry-after': seconds, ...limits('limit', 1000), ...limits('remaining', 0) },
    );
  },
  // 429 where more than `perSecond` requests came within a second.
  'rate-limit-burst': ({ ms = 1000, perSecond, recentRequests }) =>
    recentRequests <= perSecond
      ? null
      : tooMany(quota('call rate limit', ms), { 'retry-after': String(Math.ceil(ms / 1000)) }),
} as const satisfies Readonly<Record<string, Injector>>;

function quota(limit: string, ms: number): string {
  return `Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded ${limit} of your current OpenAI S0 pricing tier. Please retry after ${Math.ceil(ms / 1000)} seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit.`;
}

function limits(what: 'limit' | 'remaining' | 'reset', value: number): Record<string, string> {
  return {
    [`x-ratelimit-${what}-requests`]: String(value),
    [`x-ratelimit-${what}-tokens`]: String(value),
  };
}

function tooMany(message: string, headers: Readonly<Record<string, string>>): Injection {
  const reply = azureError(429, '429', message);
  return { kind: 'reply', reply: { ...reply, headers: { ...reply.headers, ...headers } } };
}
