import type { CallError } from '../domain/call.ts';
import type { AttemptOutcome } from '../ports/chat-model.ts';

export interface RetryPolicy {
  /** HTTP tries of one call, the first included. */
  readonly maxAttempts: number;
  /** Of a call that brought no reply in time: it may have cost twenty minutes each time. */
  readonly maxTimeouts: number;
  /** Of a call whose reply was of no use: what wrote that will most likely write it again. */
  readonly maxUnreadable: number;
  /** Of a call that only ever met the rate limit: waiting is what the server asked for. */
  readonly maxRateLimited: number;
  /** Outages that one call may have been part of: a request can be what takes the server down. */
  readonly maxOutages: number;
  readonly firstBackoffMs: number;
  readonly maxBackoffMs: number;
  /** A server that asks for a longer wait is refusing the request. */
  readonly maxWaitMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 6,
  maxTimeouts: 2,
  maxUnreadable: 2,
  maxRateLimited: 12,
  maxOutages: 5,
  firstBackoffMs: 500,
  maxBackoffMs: 30_000,
  maxWaitMs: 120_000,
};

export type RetryDecision =
  | { readonly kind: 'wait'; readonly ms: number; readonly holdsEndpoint: boolean }
  | { readonly kind: 'give-up'; readonly because: 'attempts' | 'quota' };

/**
 * What to do about a retryable outcome after `attempts` tries. The server's own wish wins; without
 * one the wait doubles, with jitter so that callers do not come back in step.
 */
export function decideRetry(
  outcome: Extract<AttemptOutcome, { kind: 'retryable' }>,
  attempts: number,
  { policy, random }: { readonly policy: RetryPolicy; readonly random: () => number },
): RetryDecision {
  if (outcome.waitMs !== null && outcome.waitMs > policy.maxWaitMs) {
    return { kind: 'give-up', because: 'quota' };
  }
  if (attempts >= mostAttempts(outcome.error, policy)) {
    return { kind: 'give-up', because: 'attempts' };
  }
  const ceiling = Math.min(policy.maxBackoffMs, policy.firstBackoffMs * 2 ** (attempts - 1));
  const jittered = ceiling * (0.5 + 0.5 * random());
  return {
    kind: 'wait',
    ms: outcome.waitMs === null ? jittered : outcome.waitMs + 0.1 * jittered,
    holdsEndpoint: outcome.holds === 'endpoint',
  };
}

/** Codes of replies that came whole, were paid for, and cannot be read. */
const UNREADABLE = new Set([
  'invalid-json',
  'unusable-json',
  'unreadable-output',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'ERR_BUFFER_TOO_LARGE',
]);

function mostAttempts({ kind, status, code }: CallError, policy: RetryPolicy): number {
  // A 408 is the server's word and comes soon; our own timeout has used up its patience.
  if (kind === 'timeout' && status === null) return policy.maxTimeouts;
  if (kind === 'protocol' && UNREADABLE.has(code ?? '')) return policy.maxUnreadable;
  if (kind === 'rate-limit') return policy.maxRateLimited;
  return policy.maxAttempts;
}

/** Whether an error may mean that nobody is there at all, which a probe can tell. */
export function suggestsOutage({ kind, status }: CallError): boolean {
  return kind === 'connection' || (kind === 'server' && status !== null && status >= 500);
}
