import type { AttemptOutcome } from '../ports/chat-model.ts';

export interface RetryPolicy {
  /** HTTP tries of one call, the first included. */
  readonly maxAttempts: number;
  readonly firstBackoffMs: number;
  readonly maxBackoffMs: number;
  /** A server that asks for a longer wait is refusing the request. */
  readonly maxWaitMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 6,
  firstBackoffMs: 500,
  maxBackoffMs: 30_000,
  maxWaitMs: 120_000,
};

export type RetryDecision =
  | { readonly kind: 'wait'; readonly ms: number; readonly holdsEndpoint: boolean }
  | { readonly kind: 'give-up'; readonly because: 'attempts' | 'quota' };

/**
 * What to do about a retryable outcome after `attempts` tries. The server's own wish wins; without
 * one the wait doubles, with full jitter so that callers do not come back in step.
 */
export function decideRetry(
  outcome: Extract<AttemptOutcome, { kind: 'retryable' }>,
  attempts: number,
  { policy, random }: { readonly policy: RetryPolicy; readonly random: () => number },
): RetryDecision {
  if (outcome.waitMs !== null && outcome.waitMs > policy.maxWaitMs) {
    return { kind: 'give-up', because: 'quota' };
  }
  if (attempts >= policy.maxAttempts) return { kind: 'give-up', because: 'attempts' };
  const ceiling = Math.min(policy.maxBackoffMs, policy.firstBackoffMs * 2 ** (attempts - 1));
  const jittered = ceiling * (0.5 + 0.5 * random());
  return {
    kind: 'wait',
    ms: outcome.waitMs === null ? jittered : outcome.waitMs + 0.1 * jittered,
    holdsEndpoint: outcome.holds === 'endpoint',
  };
}
