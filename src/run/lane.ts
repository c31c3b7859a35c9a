import PQueue from 'p-queue';
import type { CallError } from '../domain/call.ts';
import type { AttemptOutcome, ChatModel, ChatRequest, EndedCall } from '../ports/chat-model.ts';
import { type Admission, type AdmissionOptions, createAdmission } from './admission.ts';
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
}

export interface LaneOptions extends AdmissionOptions {
  readonly name: string;
  readonly chatModel: ChatModel;
  readonly concurrency: number;
  readonly retry: RetryPolicy;
  /** Breaks off what is in flight. */
  readonly abort: AbortSignal;
}

export function createLane(options: LaneOptions): Lane {
  const queue = new PQueue({ concurrency: options.concurrency });
  const admission = createAdmission(options);
  return {
    name: options.name,
    concurrency: options.concurrency,
    call: async (request, { id, priority }) => {
      if (!admission.isOpen(request.model)) return null;
      return await queue.add(() => attemptUntilDone(options, admission, { request, id }), {
        priority,
      });
    },
  };
}

interface Call {
  readonly request: ChatRequest;
  readonly id: string;
}

async function attemptUntilDone(
  options: LaneOptions,
  admission: Admission,
  call: Call,
): Promise<CallResult | null> {
  const tokens = estimateTokens(call.request);
  let counted = 0;
  for (let tries = 1; ; tries += 1) {
    if (admission.isOpen(call.request.model)) await admission.waitForTurn(tokens);
    if (!admission.isOpen(call.request.model)) return null;
    const { outcome, latencyMs } = await attempt(options, call, tries);
    // A stale socket never reached the server, so the first one is not counted.
    if (outcome.kind === 'stale-socket' && tries === 1) continue;
    counted += 1;
    const timing = { attempts: counted, latencyMs };
    const step = settle(outcome);
    if (step.kind === 'done') return { ...step.call, ...timing };
    if (step.kind === 'close') {
      admission.close(step.error, call.request.model);
      return null;
    }
    const ended = await prepareRetry(options, admission, { step, attempts: counted });
    if (ended === 'again') continue;
    if (ended.kind === 'connection') {
      admission.close(ended, call.request.model);
      return null;
    }
    return { kind: 'failed', error: ended, ...timing };
  }
}

async function attempt(
  { chatModel, clock, abort }: LaneOptions,
  { request, id }: Call,
  tries: number,
) {
  const begun = clock.monotonic();
  const outcome = await chatModel.ask(request, { signal: abort, requestId: `${id}-a${tries}` });
  return { outcome, latencyMs: clock.monotonic() - begun };
}

type Retryable = Extract<AttemptOutcome, { kind: 'retryable' }>;

/** Waits as the policy says, or gives the error to end with. */
async function prepareRetry(
  { retry, clock, stop }: LaneOptions,
  admission: Admission,
  { step, attempts }: { readonly step: { readonly outcome: Retryable }; readonly attempts: number },
): Promise<'again' | CallError> {
  const { outcome } = step;
  const decision = decideRetry(outcome, attempts, { policy: retry, random: clock.random });
  if (decision.kind === 'give-up') return giveUp(outcome.error, decision.because);
  if (decision.holdsEndpoint) admission.hold(decision.ms);
  else await clock.sleep(decision.ms, stop);
  return 'again';
}

type Settled =
  | { readonly kind: 'done'; readonly call: EndedCall }
  | { readonly kind: 'close'; readonly error: CallError }
  | { readonly kind: 'again'; readonly outcome: Retryable };

function settle(outcome: AttemptOutcome): Settled {
  switch (outcome.kind) {
    case 'reply':
    case 'filtered':
      return { kind: 'done', call: outcome };
    case 'terminal':
      return { kind: 'done', call: { kind: 'failed', error: outcome.error } };
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
