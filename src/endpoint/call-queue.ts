import PQueue from 'p-queue';
import type { CallError } from '../domain/call.ts';
import type { ConcurrencyHistory } from '../domain/concurrency-history.ts';
import type { AttemptOutcome, ChatModel, ChatRequest, EndedCall } from '../ports/chat-model.ts';
import type { Clock } from '../ports/clock.ts';
import { type Admission, createAdmission } from './admission.ts';
import { type CircuitBreaker, createCircuitBreaker, type OutagePolicy } from './circuit-breaker.ts';
import { type ConcurrencyControl, createConcurrencyControl } from './concurrency.ts';
import { watchLoad } from './load-watch.ts';
import type { RateLimits } from './pacer.ts';
import { decideRetry, type RetryPolicy, suggestsOutage } from './retry-policy.ts';
import { estimateTokens } from './token-estimate.ts';

/** How a call ended after its retries; the latency is the last attempt's. */
export type CallResult = EndedCall & { readonly attempts: number; readonly latencyMs: number };

interface CallOptions {
  /** Names the planned call; each attempt gets `-a1`, `-a2` … behind it. */
  readonly id: string;
  readonly priority: number;
}

/** All calls to one endpoint go through its lane: one queue, one pace, one retry policy. */
export interface Lane {
  readonly name: string;
  /** Calls in flight at most, whatever the endpoint can take. */
  readonly concurrency: number;
  /** null when the call was not made and stays planned: the run is stopping, or the endpoint is closed. */
  call(request: ChatRequest, options: CallOptions): Promise<CallResult | null>;
  history(): ConcurrencyHistory;
  /** Ends what watches the endpoint; no call may be under way. */
  close(): Promise<void>;
}

/** Something about an endpoint that a person should know, told once each time. */
export type LaneEvent =
  /** Not asked any more; `model` where that holds for one model alone. */
  | { readonly kind: 'closed'; readonly error: CallError; readonly model: string | null }
  | { readonly kind: 'down'; readonly error: CallError; readonly limitMs: number }
  | { readonly kind: 'up'; readonly afterMs: number };

export interface LaneOptions {
  readonly name: string;
  readonly chatModel: ChatModel;
  readonly concurrency: number;
  readonly rates: RateLimits;
  readonly retry: RetryPolicy;
  readonly outages: OutagePolicy;
  readonly clock: Clock;
  /** Begin nothing more. */
  readonly stop: AbortSignal;
  /** Break off what is in flight. */
  readonly abort: AbortSignal;
  readonly tell: (event: LaneEvent) => void;
}

/** A server that does not say within this time that it is up is not. */
const PROBE_MS = 5000;
/** Calls that were begun end before others begin: fewer are left half done. */
const RETRY_PRIORITY = 10;

export function createLane(options: LaneOptions): Lane {
  const { name, concurrency, clock, tell } = options;
  const control = createConcurrencyControl(concurrency, clock);
  const queue = new PQueue({ concurrency: control.limit() });
  const admission = createAdmission({
    ...options,
    onClosed: (error, model) => tell({ kind: 'closed', error, model }),
  });
  const works: Works = {
    ...options,
    queue,
    control,
    admission,
    breaker: createCircuitBreaker({
      policy: options.outages,
      clock,
      stop: options.stop,
      isUp: () => probe(options),
      onDown: (error, limitMs) => tell({ kind: 'down', error, limitMs }),
      onUp: (afterMs) => tell({ kind: 'up', afterMs }),
      onGivenUp: (error) => admission.closeAll(error),
    }),
    adjust: () => {
      queue.concurrency = control.limit();
    },
  };
  const watch = watchLoad(works);
  return {
    name,
    concurrency,
    call: (request, { id, priority }) => attemptUntilDone(works, { request, id, priority }),
    history: () => ({ endpoint: name, ceiling: concurrency, changes: [...control.history()] }),
    close: watch.end,
  };
}

/** A lane's moving parts. */
interface Works extends LaneOptions {
  readonly queue: PQueue;
  readonly control: ConcurrencyControl;
  readonly admission: Admission;
  readonly breaker: CircuitBreaker;
  /** Brings the queue to the limit as it is now. */
  readonly adjust: () => void;
}

async function probe({ chatModel, stop }: LaneOptions): Promise<boolean> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(PROBE_MS)]);
  try {
    return await chatModel.isUp(signal);
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

interface Call extends CallOptions {
  readonly request: ChatRequest;
}

/** What has been tried of one call. */
interface Tally {
  /** HTTP tries, each with an id of its own. */
  tries: number;
  /** Those that count against the call. */
  attempts: number;
  outages: number;
}

async function attemptUntilDone(works: Works, call: Call): Promise<CallResult | null> {
  const { admission, queue } = works;
  const { model } = call.request;
  const tally: Tally = { tries: 0, attempts: 0, outages: 0 };
  while (admission.isOpen(model)) {
    const priority = call.priority + (tally.tries > 0 ? RETRY_PRIORITY : 0);
    const attempted = await queue.add(() => attempt(works, call, tally), { priority });
    if (attempted === null) return null;
    const step = await nextStep(works, attempted.outcome, tally);
    if (step.kind === 'done') {
      return { ...step.call, attempts: tally.tries, latencyMs: attempted.latencyMs };
    }
    if (step.kind === 'close') admission.close(step.error, model);
    if (step.kind !== 'again') return null;
  }
  return null;
}

interface Attempted {
  readonly outcome: AttemptOutcome;
  readonly latencyMs: number;
}

/** One HTTP attempt, made when its turn has come; null when it was not made or broken off. */
async function attempt(works: Works, call: Call, tally: Tally): Promise<Attempted | null> {
  const { admission, breaker, clock, chatModel, abort } = works;
  const { request, id } = call;
  await breaker.passage();
  const { model } = request;
  if (admission.isOpen(model)) await admission.waitForTurn(model, estimateTokens(request));
  await breaker.passage();
  if (!admission.isOpen(model)) return null;
  tally.tries += 1;
  const begun = clock.monotonic();
  try {
    const requestId = `${id}-a${tally.tries}`;
    const outcome = await chatModel.ask(request, {
      signal: abort,
      requestId,
      onQuota: (reading) => admission.learnQuota(model, reading),
    });
    const attempted = { outcome, latencyMs: clock.monotonic() - begun };
    learn(works, attempted, begun);
    return attempted;
  } catch (error) {
    if (abort.aborted) return null;
    throw error;
  }
}

/** What an attempt says about the endpoint, whatever it means for the call. */
function learn(works: Works, { outcome, latencyMs }: Attempted, begun: number): void {
  const { control, breaker, queue } = works;
  const full = queue.pending >= control.limit();
  const error = 'error' in outcome ? outcome.error : null;
  if (error === null || error.status !== null) breaker.reached();
  if (outcome.kind === 'reply') control.succeeded({ begun, latencyMs, full });
  if (outcome.kind === 'retryable' && error?.kind === 'rate-limit') control.rateLimited({ begun });
  if (outcome.kind === 'retryable' && error?.kind === 'timeout') control.timedOut({ begun });
  works.adjust();
}

type Step =
  | { readonly kind: 'done'; readonly call: EndedCall }
  | { readonly kind: 'again' }
  | { readonly kind: 'close'; readonly error: CallError }
  /** Stays planned. */
  | { readonly kind: 'leave' };

/** Sorts an attempt's outcome; where another is worth making, waits until its time has come. */
async function nextStep(works: Works, outcome: AttemptOutcome, tally: Tally): Promise<Step> {
  switch (outcome.kind) {
    case 'reply':
    case 'filtered':
      return { kind: 'done', call: outcome };
    case 'terminal':
      return { kind: 'done', call: { kind: 'failed', error: outcome.error } };
    case 'fatal':
      return { kind: 'close', error: outcome.error };
    case 'retryable':
      return await waitOrGiveUp(works, outcome, tally);
    case 'stale-socket':
      // It never reached the server, so the first one is not counted.
      if (tally.tries === 1) return { kind: 'again' };
      return await waitOrGiveUp(
        works,
        { kind: 'retryable', error: outcome.error, waitMs: null, holds: 'call' },
        tally,
      );
    default:
      return outcome satisfies never;
  }
}

async function waitOrGiveUp(
  works: Works,
  outcome: Extract<AttemptOutcome, { kind: 'retryable' }>,
  tally: Tally,
): Promise<Step> {
  const { retry, clock, stop, admission } = works;
  if (suggestsOutage(outcome.error)) {
    const step = await sitOut(works, outcome.error, tally);
    if (step !== null) return step;
  }
  tally.attempts += 1;
  const decision = decideRetry(outcome, tally.attempts, { policy: retry, random: clock.random });
  if (decision.kind === 'wait') {
    if (decision.holdsEndpoint) admission.hold(decision.ms);
    else await clock.sleep(decision.ms, stop);
    return { kind: 'again' };
  }
  // A token that cannot be had is no item's failure.
  if (outcome.error.kind === 'auth') return { kind: 'close', error: outcome.error };
  return { kind: 'done', call: { kind: 'failed', error: giveUp(outcome.error, decision.because) } };
}

/** Waits while the endpoint is down; null where it is not, and the failure counts. */
async function sitOut(works: Works, error: CallError, tally: Tally): Promise<Step | null> {
  const end = await works.breaker.suspect(error);
  if (end === 'no-outage') return null;
  if (end === 'given-up') return { kind: 'leave' };
  tally.outages += 1;
  return tally.outages < works.retry.maxOutages ? { kind: 'again' } : null;
}

function giveUp(error: CallError, because: 'attempts' | 'quota'): CallError {
  if (because === 'attempts') return error;
  return {
    ...error,
    kind: 'quota',
    message: `this request does not fit the deployment's quota: ${error.message}`,
  };
}
