import type { RunEvent } from '../../ports/run-events.ts';

export interface Waiting {
  readonly model: string;
  /** Since the request went out. */
  readonly seconds: number;
}

/** While nothing returns for so long, an estimate of the time left would only grow. */
const SILENCE_MS = 30_000;

/** Knows which requests are out. Times are in ms of one clock. */
export function createWaiting(begun: number) {
  const out = new Map<string, { readonly model: string; readonly since: number }>();
  let lastReturn = begun;
  return {
    learn: (event: Extract<RunEvent, { kind: 'sent' | 'returned' }>, now: number): void => {
      if (event.kind === 'sent') out.set(event.call, { model: event.model, since: now });
      else {
        out.delete(event.call);
        lastReturn = now;
      }
    },
    /** The request that has been out longest; null while replies come in. */
    longest: (now: number): Waiting | null => {
      const [oldest] = out.values();
      if (oldest === undefined) return null;
      const silence = now - Math.max(lastReturn, oldest.since);
      if (silence < SILENCE_MS) return null;
      return { model: oldest.model, seconds: (now - oldest.since) / 1000 };
    },
  };
}
