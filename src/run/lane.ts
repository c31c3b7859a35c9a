import PQueue from 'p-queue';
import type { CallError } from '../domain/call.ts';
import type { AttemptOutcome, ChatModel, ChatRequest, EndedCall } from '../ports/chat-model.ts';
import type { Clock } from '../ports/clock.ts';
import { createPacer, type RateLimits } from './pacer.ts';
import { decideRetry, type RetryPolicy } from './retry-policy.ts';
import { estimateTokens } from './token-estimate.ts';

/** How a call ended after its retries; the latency is the last attempt's. */
export type CallResult = EndedCall & { readonly attempts: number; readonly latencyMs: number };

export interface CallOptions {
  /** Names the planned call; each attempt gets `-a1`, `-a2` … behind it. */
  readonly id: string;
  readonly priority: number;
}

/** All calls to one endpoint go through its lane: one queue, one pace, one retry policy. */
export interface Lane {
  readonly name: string;
  readonly concurrency: number;
  /** null when the call was not made and stays planned: the run is stopping, or the endpoint is closed. */
  call(request: ChatRequest, options: CallOptions): Promise<CallResult | null>;
  /** Whether calls for a model are still being made. */
  isOpen(model: string): boolean;
}

export interface LaneOptions {
  readonly name: string;
  readonly chatModel: ChatModel;
  readonly concurrency: number;
  readonly rates: RateLimits;
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  /** No new attempt starts once this aborts. */
  readonly stop: AbortSignal;
  /** Breaks off what is in flight. */
  readonly abort: AbortSignal;
  /** Called once when the endpoint, or one model of it, turns out to be of no use. */
  readonly onClosed: (error: CallError, model: string | null) => void;
}

export function createLane(options: LaneOptions): Lane {
  const { chatModel, clock, retry, stop, abort } = options;
  const queue = new PQueue({ concurrency: options.concurrency });
  const pacer = createPacer(options.rates, clock);
  const closedModels = new Set<string>();
  let closed = false;
  let heldUntil = 0;

  const isOpen = (model: string) => !closed && !closedModels.has(model) && !stop.aborted;

  const close = (error: CallError, model: string) => {
    if (error.kind === 'not-found') {
      if (closedModels.has(model) || closed) return;
      closedModels.add(model);
      options.onClosed(error, model);
      return;
    }
    if (closed) return;
    closed = true;
    options.onClosed(error, null);
  };

  const waitForTurn = async (tokens: number) => {
    const paced = pacer.reserve(tokens);
    if (paced > 0) await clock.sleep(paced, stop);
    // Held calls come back spread over a tenth of a second, not as one burst.
    for (let held = heldUntil - clock.monotonic(); held > 0 && !stop.aborted; ) {
      await clock.sleep(held + 100 * clock.random(), stop);
      held = heldUntil - clock.monotonic();
    }
  };

  const attemptUntilDone = async (request: ChatRequest, id: string): Promise<CallResult | null> => {
    const tokens = estimateTokens(request);
    let attempts = 0;
    let stale = 0;
    while (isOpen(request.model)) {
      await waitForTurn(tokens);
      if (!isOpen(request.model)) return null;
      attempts += 1;
      const begun = clock.monotonic();
      const outcome = await chatModel.ask(request, {
        signal: abort,
        requestId: `${id}-a${attempts + stale}`,
      });
      const timing = { attempts, latencyMs: clock.monotonic() - begun };
      if (outcome.kind === 'stale-socket' && stale === 0) {
        stale += 1;
        attempts -= 1;
        continue;
      }
      const step = settle(outcome, timing);
      if (step.kind === 'done') return step.result;
      if (step.kind === 'close') {
        close(step.error, request.model);
        return null;
      }
      const decision = decideRetry(step.outcome, attempts, retry, clock.random);
      if (decision.kind === 'give-up') {
        const { error } = step.outcome;
        if (error.kind === 'connection') {
          close(error, request.model);
          return null;
        }
        return { kind: 'failed', error: giveUp(error, decision.because), ...timing };
      }
      if (decision.holdsEndpoint) heldUntil = Math.max(heldUntil, clock.monotonic() + decision.ms);
      else await clock.sleep(decision.ms, stop);
    }
    return null;
  };

  return {
    name: options.name,
    concurrency: options.concurrency,
    isOpen,
    call: async (request, { id, priority }) => {
      if (!isOpen(request.model)) return null;
      return await queue.add(() => attemptUntilDone(request, id), { priority });
    },
  };
}

type Settled =
  | { readonly kind: 'done'; readonly result: CallResult }
  | { readonly kind: 'close'; readonly error: CallError }
  | { readonly kind: 'again'; readonly outcome: Extract<AttemptOutcome, { kind: 'retryable' }> };

function settle(
  outcome: AttemptOutcome,
  timing: { readonly attempts: number; readonly latencyMs: number },
): Settled {
  switch (outcome.kind) {
    case 'reply':
      return { kind: 'done', result: { kind: 'reply', reply: outcome.reply, ...timing } };
    case 'filtered': {
      const { filter, text, servedModel } = outcome;
      return { kind: 'done', result: { kind: 'filtered', filter, text, servedModel, ...timing } };
    }
    case 'terminal':
      return { kind: 'done', result: { kind: 'failed', error: outcome.error, ...timing } };
    case 'fatal':
      return { kind: 'close', error: outcome.error };
    case 'retryable':
      return { kind: 'again', outcome };
    case 'stale-socket':
      return {
        kind: 'again',
        outcome: { kind: 'retryable', error: outcome.error, waitMs: null, holds: 'call' },
      };
    default:
      return outcome satisfies never;
  }
}

function giveUp(error: CallError, because: 'attempts' | 'quota'): CallError {
  if (because === 'attempts') return error;
  return {
    ...error,
    kind: 'quota',
    message: `this request does not fit the deployment's quota: ${error.message}`,
  };
}
