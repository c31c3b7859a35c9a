/** Time and chance, passed in so that tests decide both. */
export interface Clock {
  /** Milliseconds that only ever grow, whatever the wall clock does. */
  monotonic(): number;
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Uniform on [0, 1). */
  random(): number;
}
