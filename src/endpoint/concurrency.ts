import type { LimitChange } from '../domain/concurrency-history.ts';
import type { EndpointLoad } from '../ports/chat-model.ts';
import type { Clock } from '../ports/clock.ts';
import { createLimitHistory } from './limit-history.ts';

/** How an attempt ended, as far as it says something about the endpoint's capacity. */
interface AttemptSignal {
  /** On the monotonic clock. */
  readonly begun: number;
  readonly latencyMs: number;
  /** Whether as many calls were in flight as allowed: only then would more be of use. */
  readonly full: boolean;
}

/** How many calls to one endpoint may be in flight, learned from how it copes. */
export interface ConcurrencyControl {
  limit(): number;
  succeeded(signal: AttemptSignal): void;
  /** A 429: the limit falls by three tenths. */
  rateLimited(signal: Pick<AttemptSignal, 'begun'>): void;
  /** No reply in time: the limit is halved. */
  timedOut(signal: Pick<AttemptSignal, 'begun'>): void;
  /** vLLM's own word, which counts for more than latency. */
  observe(load: EndpointLoad, full: boolean): void;
  history(): readonly LimitChange[];
}

const FIRST_LIMIT = 16;
/** For every answer in the fast start: the limit is fourfold from round to round. */
const FAST_GROWTH = 3;
const AFTER_RATE_LIMIT = 0.7;
const AFTER_TIMEOUT = 0.5;
const AFTER_QUEUE = 0.7;
/** Share of the limit that steady growth adds in a round, at least one call. */
const STEADY_GROWTH = 0.1;
/** Growing fast must bring this much more a second: a round without it pauses it, a second ends it. */
const WORTHWHILE_GAIN = 1.1;
/** Steady growth stops where a call takes this many times as long as in the best round. */
const LATENCY_HOLDS = 2;
/** vLLM preempts when its cache is full; above this there is no room worth asking for. */
const CACHE_ROOM = 0.8;
/** The server's queue, as a share of what it runs, from which on more calls only wait there. */
const QUEUE_SHARE = 0.25;

interface Round {
  begun: number;
  calls: number;
  latencyMs: number;
  /** Calls that make it whole. */
  readonly size: number;
}

/**
 * Additive increase, multiplicative decrease with a fast start: from 16 it becomes fourfold from
 * round to round up to `ceiling` for as long as that brings more answers a second, later it grows by
 * a tenth a round while latency holds. A 5xx says nothing about load and changes nothing.
 */
export function createConcurrencyControl(ceiling: number, clock: Clock): ConcurrencyControl {
  let limit = Math.min(FIRST_LIMIT, ceiling);
  let fastStart = true;
  let disappointments = 0;
  let lastRate = 0;
  let bestLatency = Infinity;
  let shrunkAt = -Infinity;
  let preemptions: number | null = null;
  let round = nextRound();
  const history = createLimitHistory(clock, limit);

  function nextRound(): Round {
    return { begun: clock.monotonic(), calls: 0, latencyMs: 0, size: limit };
  }

  function grow(by: number, cause: LimitChange['cause']): void {
    const grown = Math.min(ceiling, limit + by);
    if (grown === limit) return;
    limit = grown;
    history.note(limit, cause);
  }

  /** Calls that began before the last fall say nothing about the limit as it is now. */
  function shrink(factor: number, cause: LimitChange['cause'], begun: number): void {
    if (begun < shrunkAt) return;
    fastStart = false;
    shrunkAt = clock.monotonic();
    const shrunk = Math.max(1, Math.floor(limit * factor));
    if (shrunk !== limit) history.note(shrunk, cause);
    limit = shrunk;
    round = nextRound();
  }

  function endRound(full: boolean): void {
    const rate = round.calls / Math.max(1, clock.monotonic() - round.begun);
    const latency = round.latencyMs / round.calls;
    bestLatency = Math.min(bestLatency, latency);
    if (fastStart) {
      const disappointing = full && rate < WORTHWHILE_GAIN * lastRate;
      disappointments = disappointing ? disappointments + 1 : 0;
      if (disappointments >= 2) fastStart = false;
    } else if (full && latency <= LATENCY_HOLDS * bestLatency) {
      grow(steadyStep(limit), 'growth');
    }
    lastRate = rate;
    round = nextRound();
  }

  return {
    limit: () => limit,
    succeeded: ({ latencyMs, full }) => {
      round.calls += 1;
      round.latencyMs += latencyMs;
      if (fastStart && disappointments === 0 && full) grow(FAST_GROWTH, 'growth');
      if (round.calls >= round.size) endRound(full);
    },
    rateLimited: ({ begun }) => shrink(AFTER_RATE_LIMIT, 'rate-limit', begun),
    timedOut: ({ begun }) => shrink(AFTER_TIMEOUT, 'timeout', begun),
    observe: (load, full) => {
      const preempted = preemptions !== null && load.preemptions > preemptions;
      preemptions = load.preemptions;
      if (preempted || load.waiting > QUEUE_SHARE * load.running) {
        shrink(AFTER_QUEUE, 'server-queue', clock.monotonic());
      } else if (full && load.waiting === 0 && (load.cacheUsage ?? 0) < CACHE_ROOM) {
        grow(fastStart ? limit : steadyStep(limit), 'server-idle');
      }
    },
    history: history.entries,
  };
}

function steadyStep(limit: number): number {
  return Math.max(1, Math.floor(limit * STEADY_GROWTH));
}
