import type { CallError } from '../domain/call.ts';
import type { ChatModel } from '../ports/chat-model.ts';
import type { Clock } from '../ports/clock.ts';
import type { OutagePolicy } from './circuit-breaker.ts';
import type { TrialPolicy } from './model-trials.ts';
import type { RateLimits } from './pacer.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** Something about an endpoint that a person should know, told once each time. */
export type LaneEvent =
  /** Not asked any more; `model` where that holds for one model alone. */
  | { readonly kind: 'closed'; readonly error: CallError; readonly model: string | null }
  | {
      readonly kind: 'down';
      readonly error: CallError;
      readonly limitMs: number;
      readonly model: string | null;
    }
  | { readonly kind: 'up'; readonly afterMs: number; readonly model: string | null };

export interface LaneOptions {
  readonly name: string;
  readonly chatModel: ChatModel;
  readonly concurrency: number;
  readonly rates: RateLimits;
  readonly retry: RetryPolicy;
  readonly outages: OutagePolicy;
  readonly trials: TrialPolicy;
  readonly clock: Clock;
  /** Begin nothing more. */
  readonly stop: AbortSignal;
  /** Break off what is in flight. */
  readonly abort: AbortSignal;
  readonly tell: (event: LaneEvent) => void;
}
