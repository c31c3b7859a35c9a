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
  const { model } = call.request;
  let counted = 0;
  for (let tries = 1; ; tries += 1) {
    if (admission.isOpen(model)) await admission.waitForTurn(tokens);
    if (!admission.isOpen(model)) return null;
    const { outcome, latencyMs } = await attempt(options, call, tries);
    // A stale socket never reached the server, so the first one is not counted.
    if (outcome.kind === 'stale-socket' && tries === 1) continue;
    counted += 1;
    const step = await nextStep(options, admission, { outcome, attempts: counted });
    if (step.kind === 'again') continue;
    if (step.kind === 'done') return { ...step.call, attempts: counted, latencyMs };
    admission.close(step.error, model);
    return null;
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

type Step =
  | { readonly kind: 'done'; readonly call: EndedCall }
  | { readonly kind: 'again' }
  | { readonly kind: 'close'; readonly error: CallError };

interface Attempted {
  readonly outcome: AttemptOutcome;
  readonly attempts: number;
}

/** Sorts an attempt's outcome; where another is worth making, waits until its time has come. */
async function nextStep(
  options: LaneOptions,
  admission: Admission,
  { outcome, attempts }: Attempted,
): Promise<Step> {
  switch (outcome.kind) {
    case 'reply':
    case 'filtered':
      return { kind: 'done', call: outcome };
    case 'terminal':
      return { kind: 'done', call: { kind: 'failed', error: outcome.error } };
    case 'fatal':
      return { kind: 'close', error: outcome.error };
    case 'retryable':
      return await waitOrGiveUp(options, admission, { outcome, attempts });
    case 'stale-socket': {
      const again = {
        kind: 'retryable',
        error: outcome.error,
        waitMs: null,
        holds: 'call',
      } as const;
      return await waitOrGiveUp(options, admission, { outcome: again, attempts });
    }
    default:
      return outcome satisfies never;
  }
}

async function waitOrGiveUp(
  { retry, clock, stop }: LaneOptions,
  admission: Admission,
  {
    outcome,
    attempts,
  }: Attempted & { readonly outcome: Extract<AttemptOutcome, { kind: 'retryable' }> },
): Promise<Step> {
  const decision = decideRetry(outcome, attempts, { policy: retry, random: clock.random });
  if (decision.kind === 'wait') {
    if (decision.holdsEndpoint) admission.hold(decision.ms);
    else await clock.sleep(decision.ms, stop);
    return { kind: 'again' };
  }
  // Nobody there is the endpoint's trouble, not this item's: its calls stay planned.
  if (outcome.error.kind === 'connection') return { kind: 'close', error: outcome.error };
  return { kind: 'done', call: { kind: 'failed', error: giveUp(outcome.error, decision.because) } };
}

function giveUp(error: CallError, because: 'attempts' | 'quota'): CallError {
  if (because === 'attempts') return error;
  return {
    ...error,
    kind: 'quota',
    message: `this request does not fit the deployment's quota: ${error.message}`,
  };
}
