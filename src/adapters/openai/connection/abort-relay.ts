import { EventEmitter } from 'node:events';

export interface AttachedCall {
  /** What undici takes for a signal; emits `abort`. */
  readonly emitter: EventEmitter;
  detach(): void;
}

/**
 * Passes the abort of a long-lived signal on to the calls in flight with one listener on the signal.
 * A listener a call is what everybody does, but EventTarget looks through all of them at each
 * addition, so that with hundreds of calls in flight it shows in a profile.
 */
export function createAbortRelay(): { attach(signal: AbortSignal): AttachedCall } {
  const callsOf = new WeakMap<AbortSignal, Set<EventEmitter>>();
  const callsUnder = (signal: AbortSignal): Set<EventEmitter> => {
    const known = callsOf.get(signal);
    if (known) return known;
    const calls = new Set<EventEmitter>();
    callsOf.set(signal, calls);
    signal.addEventListener(
      'abort',
      () => {
        for (const emitter of calls) emitter.emit('abort');
      },
      { once: true },
    );
    return calls;
  };
  return {
    attach: (signal) => {
      const emitter = new EventEmitter();
      if (signal.aborted) throw signal.reason;
      const calls = callsUnder(signal);
      calls.add(emitter);
      return { emitter, detach: () => calls.delete(emitter) };
    },
  };
}
