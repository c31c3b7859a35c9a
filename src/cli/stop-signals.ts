import type { Progress } from './progress/progress.ts';
import { STOP_SIGNALS, type Terminal } from './terminal.ts';

export interface StopSignals {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP: start nothing more. */
  readonly stop: AbortSignal;
  /** Aborted by the second: break off what is in flight. */
  readonly abort: AbortSignal;
}

/** Turns Ctrl-C, SIGTERM and SIGHUP into two stages of stopping for as long as `work` lasts. */
export async function withStopSignals<Result>(
  { signals }: Terminal,
  progress: Progress,
  work: (stages: StopSignals) => Promise<Result>,
): Promise<Result> {
  const stop = new AbortController();
  const abort = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) {
      abort.abort();
      return;
    }
    progress.note('Stopping: waiting for the calls in flight. Press Ctrl-C again to give them up.');
    stop.abort();
  };
  for (const signal of STOP_SIGNALS) signals.on(signal, onSignal);
  try {
    return await work({ stop: stop.signal, abort: abort.signal });
  } finally {
    for (const signal of STOP_SIGNALS) signals.off(signal, onSignal);
  }
}
