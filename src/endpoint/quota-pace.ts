import type { QuotaReading, QuotaState } from '../ports/chat-model.ts';
import type { Clock } from '../ports/clock.ts';

/** Slows calls down as a deployment's quota runs out, by what its replies say is left. */
export interface QuotaPace {
  learn(model: string, reading: QuotaReading): void;
  /** 0: the call may go, and is counted. Else the milliseconds after which to ask again. */
  admit(model: string, tokens: number): number;
}

/** Quotas are per minute: what was left a minute ago says nothing. */
const GOOD_FOR_MS = 60_000;
/** With more than this share left there is nothing to save. */
const PLENTY = 0.5;
/** The pace never falls below this share of the quota: it grows back meanwhile. */
const SLOWEST = 0.25;
/** Replies that come in meanwhile may say that there is room again. */
const LOOK_AGAIN_MS = 1000;

interface Meter {
  readonly limit: number;
  /** As the last reply said, less what has gone since. */
  remaining: number;
  readonly readAt: number;
  nextFree: number;
}

/**
 * Above half of the quota calls go freely. Below, they go at the quota's own pace times twice the
 * share that is left, so use settles where it meets what grows back, before a 429. Each model has its
 * own quota, as deployments have. It only ever slows down: the config's limits hold beside it.
 */
export function createQuotaPace(clock: Clock): QuotaPace {
  const meters = new Map<string, { requests: Meter | null; tokens: Meter | null }>();

  function next(state: QuotaState | null, before: Meter | null): Meter | null {
    if (state === null) return before;
    return { ...state, readAt: clock.monotonic(), nextFree: before?.nextFree ?? -Infinity };
  }

  return {
    learn: (model, { requests, tokens }) => {
      const before = meters.get(model);
      meters.set(model, {
        requests: next(requests, before?.requests ?? null),
        tokens: next(tokens, before?.tokens ?? null),
      });
    },
    admit: (model, tokens) => {
      const known = meters.get(model);
      if (known === undefined) return 0;
      const now = clock.monotonic();
      const bills = [
        { meter: known.requests, units: 1 },
        { meter: known.tokens, units: tokens },
      ].flatMap(({ meter, units }) =>
        meter !== null && now - meter.readAt < GOOD_FOR_MS ? [{ meter, units }] : [],
      );
      const wait = Math.max(0, ...bills.map(({ meter }) => waitFor(meter, now)));
      if (wait > 0) return Math.min(wait, LOOK_AGAIN_MS);
      for (const { meter, units } of bills) take(meter, units, now);
      return 0;
    },
  };
}

function waitFor(meter: Meter, now: number): number {
  return isScarce(meter) ? meter.nextFree - now : 0;
}

function take(meter: Meter, units: number, now: number): void {
  if (isScarce(meter)) {
    const share = Math.max(SLOWEST, meter.remaining / meter.limit / PLENTY);
    const unitsPerMs = (share * meter.limit) / GOOD_FOR_MS;
    meter.nextFree = Math.max(meter.nextFree, now) + units / unitsPerMs;
  }
  meter.remaining = Math.max(0, meter.remaining - units);
}

function isScarce({ limit, remaining }: Meter): boolean {
  return remaining < PLENTY * limit;
}
