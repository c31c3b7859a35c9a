import type { Clock } from '../ports/clock.ts';

/** Requests and tokens a minute; absent means unlimited. */
export interface RateLimits {
  readonly rpm: number | undefined;
  readonly tpm: number | undefined;
}

/** How far ahead of an even pace calls may run, so that a short pause is caught up with. */
const BURST_MS = 1000;

/**
 * Spreads calls evenly over the minute (the generic cell rate algorithm), because Azure enforces a
 * minute's quota in slices of a second. Every attempt counts: servers count rejected ones too.
 */
export function createPacer({ rpm, tpm }: RateLimits, clock: Clock) {
  const requests = rpm === undefined ? null : createLine(60_000 / rpm, clock);
  const tokens = tpm === undefined ? null : createLine(60_000 / tpm, clock);
  return {
    /** Takes one request and its tokens from the budget; gives the wait in milliseconds before it may go. */
    reserve(tokenEstimate: number): number {
      return Math.max(requests?.(1) ?? 0, tokens?.(tokenEstimate) ?? 0);
    },
  };
}

/** One budget: `costMs` is the time that a unit of it takes to grow back. */
function createLine(costMs: number, clock: Clock): (units: number) => number {
  let nextFree = -Infinity;
  const burst = Math.min(BURST_MS, Math.max(0, BURST_MS - costMs));
  return (units) => {
    const now = clock.monotonic();
    const start = Math.max(nextFree, now - burst);
    nextFree = start + units * costMs;
    return Math.max(0, start - now);
  };
}
