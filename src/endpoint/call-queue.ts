import PQueue from 'p-queue';
import type { CallError } from '../domain/call.ts';
import type { ConcurrencyHistory } from '../domain/concurrency-history.ts';
import type { AttemptOutcome, ChatRequest, EndedCall } from '../ports/chat-model.ts';
import { createAdmission } from './admission.ts';
import { attempt, type Call, type CallOptions, type Tally, type Works } from './attempt.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createConcurrencyControl } from './concurrency.ts';
import type { LaneOptions } from './lane-options.ts';
import { watchLoad } from './load-watch.ts';
import { createModelOutages } from './model-outages.ts';
import { createModelTrials } from './model-trials.ts';
import { decideRetry, suggestsOutage } from './retry-policy.ts';

/** How a call ended after its retries; the latency is the last attempt's. */
export type CallResult = EndedCall & { readonly attempts: number; readonly latencyMs: number };

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
      onDown: (error, limitMs) => tell({ kind: 'down', error, limitMs, model: null }),
      onUp: (afterMs) => tell({ kind: 'up', afterMs, model: null }),
      onGivenUp: (error) => admission.closeAll(error),
    }),
    modelOutages: createModelOutages({
      ...options,
      policy: options.outages,
      onDown: (error, limitMs, model) => tell({ kind: 'down', error, limitMs, model }),
      onUp: (afterMs, model) => tell({ kind: 'up', afterMs, model }),
      onGivenUp: admission.closeModel,
    }),
    modelTrials: createModelTrials({
      ...options,
      policy: options.trials,
      onRefused: admission.closeModel,
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

async function probe({ chatModel, stop }: LaneOptions): Promise<boolean | 'late'> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(PROBE_MS)]);
  try {
    return await chatModel.isUp(signal);
  } catch (error) {
    if (signal.aborted) return 'late';
    throw error;
  }
}

async function attemptUntilDone(works: Works, call: Call): Promise<CallResult | null> {
  const { admission, modelOutages, queue } = works;
  const { model } = call.request;
  const tally: Tally = { tries: 0, attempts: 0, outages: 0 };
  while (admission.isOpen(model)) {
    // Not in the queue: there it would stand in the way of other models.
    await modelOutages.passage(model, call.id);
    const priority = priorityOf(call, tally);
    const attempted = await queue.add(() => attempt(works, call, tally), { priority });
    if (attempted === null) return null;
    if (attempted === 'wait') continue;
    const step = await nextStep(works, attempted.outcome, { call, tally });
    if (step.kind === 'done') {
      return { ...step.call, attempts: tally.tries, latencyMs: attempted.latencyMs };
    }
    if (step.kind === 'close') admission.close(step.error, model);
    if (step.kind !== 'again') return null;
  }
  return null;
}

function priorityOf({ priority }: Call, { tries }: Tally): number {
  return tries > 0 ? priority + RETRY_PRIORITY : priority;
}

type Step =
  | { readonly kind: 'done'; readonly call: EndedCall }
  | { readonly kind: 'again' }
  | { readonly kind: 'close'; readonly error: CallError }
  /** Stays planned. */
  | { readonly kind: 'leave' };

interface Tried {
  readonly call: Call;
  readonly tally: Tally;
}

/** Sorts an attempt's outcome; where another is worth making, waits until its time has come. */
async function nextStep(works: Works, outcome: AttemptOutcome, tried: Tried): Promise<Step> {
  switch (outcome.kind) {
    case 'reply':
    case 'filtered':
      return { kind: 'done', call: outcome };
    case 'terminal':
      return await endOrLeave(works, outcome.error, tried);
    case 'fatal':
      return { kind: 'close', error: outcome.error };
    case 'retryable':
      return await waitOrGiveUp(works, outcome, tried);
    case 'stale-socket':
      // It never reached the server, so the first one is not counted.
      if (tried.tally.tries === 1) return { kind: 'again' };
      return await waitOrGiveUp(
        works,
        { kind: 'retryable', error: outcome.error, waitMs: null, holds: 'call' },
        tried,
      );
    default:
      return outcome satisfies never;
  }
}

/** A refusal ends its call, but for one that no call to the model escapes. */
async function endOrLeave(works: Works, error: CallError, { call }: Tried): Promise<Step> {
  const isOwn =
    error.kind !== 'bad-request' ||
    (await works.modelTrials.isOwnFailure(call.request.model, error));
  return isOwn ? { kind: 'done', call: { kind: 'failed', error } } : { kind: 'leave' };
}

async function waitOrGiveUp(
  works: Works,
  outcome: Extract<AttemptOutcome, { kind: 'retryable' }>,
  tried: Tried,
): Promise<Step> {
  const { retry, clock, stop, admission } = works;
  const { tally } = tried;
  const outage = await sitOut(works, outcome.error, tried);
  if (outage !== null) return outage;
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

/** Waits while the endpoint or the model is down; null where neither is, and the failure counts. */
async function sitOut(
  works: Works,
  error: CallError,
  { call, tally }: Tried,
): Promise<Step | null> {
  const end = suggestsOutage(error) ? await works.breaker.suspect(error) : 'no-outage';
  if (end === 'given-up') return { kind: 'leave' };
  if (end === 'recovered') {
    tally.outages += 1;
    return tally.outages < works.retry.maxOutages ? { kind: 'again' } : null;
  }
  const whose = works.modelOutages.judge(call.request.model, call.id, error);
  if (whose === 'own') return null;
  if (whose === 'given-up') return { kind: 'leave' };
  // What it had failed before was the outage already.
  tally.attempts = 0;
  return { kind: 'again' };
}

function giveUp(error: CallError, because: 'attempts' | 'quota'): CallError {
  if (because === 'attempts') return error;
  return {
    ...error,
    kind: 'quota',
    message: `this request does not fit the deployment's quota: ${error.message}`,
  };
}
