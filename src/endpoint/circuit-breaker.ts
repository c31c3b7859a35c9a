import type { CallError } from '../domain/call.ts';
import type { Clock } from '../ports/clock.ts';

export interface OutagePolicy {
  /** How long an endpoint that has answered before may be down. */
  readonly limitMs: number;
  /** How long an endpoint that has never answered is waited for. */
  readonly startLimitMs: number;
  readonly firstProbeMs: number;
  readonly maxProbeMs: number;
  /** How long a model that has never answered is waited for behind an endpoint that does. */
  readonly loadLimitMs: number;
  /** How long all calls to a model must have ended in 5xx for it to count as down. */
  readonly troubleMs: number;
}

export const defaultOutagePolicy: OutagePolicy = {
  limitMs: 600_000,
  startLimitMs: 10_000,
  firstProbeMs: 250,
  maxProbeMs: 5000,
  loadLimitMs: 60_000,
  troubleMs: 3000,
};

/** A success this fresh outweighs a probe that came to nothing in time. */
const BUSY_MS = 30_000;
/** Replies from before an outage are looked at within this time of its being noticed. */
const SETTLE_MS = 1000;

/** What became of a suspected outage. */
type OutageEnd =
  /** The endpoint answers: the call's failure is its own. */
  | 'no-outage'
  | 'recovered'
  /** Down for longer than allowed, or the run is stopping. */
  | 'given-up';

/** Stops asking an endpoint that is down, and goes on when it answers again. */
export interface CircuitBreaker {
  /** A call failed in a way that may mean an outage; callers that come together share the answer. */
  suspect(error: CallError): Promise<OutageEnd>;
  /** The endpoint gave a reply, whatever it said. */
  reached(): void;
  /** A call succeeded, which no probe can outdo. */
  succeeded(): void;
  /** Resolves when nothing is known to be down. */
  passage(): Promise<void>;
}

export interface CircuitBreakerOptions {
  readonly policy: OutagePolicy;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  /** Whether the endpoint answers at all; `late` where it did not say so in time. */
  readonly isUp: () => Promise<boolean | 'late'>;
  readonly onDown: (error: CallError, limitMs: number) => void;
  readonly onUp: (afterMs: number) => void;
  /** Down for longer than allowed. */
  readonly onGivenUp: (error: CallError) => void;
}

export function createCircuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  const { policy, clock, isUp } = options;
  let firstUsed: number | null = null;
  let everReached = false;
  let lastSuccess = -Infinity;
  let investigation: Promise<OutageEnd> | null = null;
  let outage: Promise<OutageEnd> | null = null;

  async function investigate(error: CallError): Promise<OutageEnd> {
    const noticed = clock.monotonic();
    const found = await isUp();
    if (options.stop.aborted) return 'given-up';
    // A server that is busy answers its probes late, and calls all the same.
    const isBusy = found === 'late' && lastSuccess > noticed - BUSY_MS;
    if (found === true || isBusy) {
      everReached = true;
      return 'no-outage';
    }
    options.onDown(error, everReached ? policy.limitMs : policy.startLimitMs);
    // A reply from before the outage may be looked at after it was noticed.
    const deadline = () =>
      everReached ? noticed + policy.limitMs : (firstUsed ?? noticed) + policy.startLimitMs;
    const hasAnswered = () => lastSuccess > noticed + SETTLE_MS;
    outage = waitForRecovery(options, { deadline, hasAnswered });
    const end = await outage;
    outage = null;
    // Said before those that wait for passage go on: none of them may ask in vain.
    if (end === 'recovered') {
      everReached = true;
      options.onUp(clock.monotonic() - noticed);
    } else if (!options.stop.aborted) {
      options.onGivenUp(error);
    }
    return end;
  }

  return {
    suspect: async (error) => {
      investigation ??= investigate(error).finally(() => {
        investigation = null;
      });
      return await investigation;
    },
    reached: () => {
      everReached = true;
    },
    succeeded: () => {
      lastSuccess = clock.monotonic();
    },
    passage: async () => {
      firstUsed ??= clock.monotonic();
      if (outage !== null) await outage;
    },
  };
}

async function waitForRecovery(
  { policy, clock, stop, isUp }: CircuitBreakerOptions,
  {
    deadline,
    hasAnswered,
  }: { readonly deadline: () => number; readonly hasAnswered: () => boolean },
): Promise<OutageEnd> {
  let pause = policy.firstProbeMs;
  for (;;) {
    const left = deadline() - clock.monotonic();
    if (left <= 0 || stop.aborted) return 'given-up';
    await clock.sleep(Math.min(pause, left), stop);
    if (stop.aborted) return 'given-up';
    if (hasAnswered() || (await isUp()) === true) return 'recovered';
    pause = Math.min(1.5 * pause, policy.maxProbeMs);
  }
}
