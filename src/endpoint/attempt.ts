import type PQueue from 'p-queue';
import type { AttemptOutcome, ChatRequest } from '../ports/chat-model.ts';
import type { Admission } from './admission.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { ConcurrencyControl } from './concurrency.ts';
import type { LaneOptions } from './lane-options.ts';
import type { ModelOutages } from './model-outages.ts';
import type { ModelTrials } from './model-trials.ts';
import { estimateTokens } from './token-estimate.ts';

/** A lane's moving parts. */
export interface Works extends LaneOptions {
  readonly queue: PQueue;
  readonly control: ConcurrencyControl;
  readonly admission: Admission;
  readonly breaker: CircuitBreaker;
  readonly modelOutages: ModelOutages;
  readonly modelTrials: ModelTrials;
  /** Brings the queue to the limit as it is now. */
  readonly adjust: () => void;
}

export interface CallOptions {
  /** Names the planned call; each attempt gets `-a1`, `-a2` … behind it. */
  readonly id: string;
  readonly priority: number;
}

export interface Call extends CallOptions {
  readonly request: ChatRequest;
}

/** What has been tried of one call. */
export interface Tally {
  /** HTTP tries, each with an id of its own. */
  tries: number;
  /** Those that count against the call. */
  attempts: number;
  outages: number;
}

export interface Attempted {
  readonly outcome: AttemptOutcome;
  readonly latencyMs: number;
}

/**
 * One HTTP attempt, made when its turn has come; null when it was broken off or the endpoint is closed,
 * `wait` when an outage of its model began while it stood in line.
 */
export async function attempt(
  works: Works,
  call: Call,
  tally: Tally,
): Promise<Attempted | 'wait' | null> {
  const { admission, breaker, clock, chatModel, abort, modelTrials, modelOutages } = works;
  const { request, id } = call;
  await breaker.passage();
  const { model } = request;
  await modelTrials.passage(model);
  if (admission.isOpen(model)) await admission.waitForTurn(model, estimateTokens(request));
  await breaker.passage();
  if (!admission.isOpen(model)) return null;
  if (!modelOutages.isPassable(model, id)) return 'wait';
  tally.tries += 1;
  const begun = clock.monotonic();
  let outcome: AttemptOutcome | null = null;
  modelTrials.begin(model);
  try {
    const requestId = `${id}-a${tally.tries}`;
    outcome = await chatModel.ask(request, {
      signal: abort,
      requestId,
      onQuota: (reading) => admission.learnQuota(model, reading),
    });
    const latencyMs = clock.monotonic() - begun;
    learn(works, { outcome, latencyMs, begun });
    modelOutages.learn(model, id, outcome);
    return { outcome, latencyMs };
  } catch (error) {
    if (abort.aborted) return null;
    throw error;
  } finally {
    modelTrials.end(model, outcome);
  }
}

/** What an attempt says about the endpoint, whatever it means for the call. */
function learn(
  works: Works,
  { outcome, latencyMs, begun }: Pick<Attempted, 'outcome' | 'latencyMs'> & { begun: number },
): void {
  const { control, breaker, queue } = works;
  const full = queue.pending >= control.limit();
  const error = 'error' in outcome ? outcome.error : null;
  if (error === null || error.status !== null) breaker.reached();
  if (outcome.kind === 'reply') breaker.succeeded();
  if (outcome.kind === 'reply') control.succeeded({ begun, latencyMs, full });
  if (outcome.kind === 'retryable' && error?.kind === 'rate-limit') control.rateLimited({ begun });
  if (outcome.kind === 'retryable' && error?.kind === 'timeout') control.timedOut({ begun });
  works.adjust();
}
