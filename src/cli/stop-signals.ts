import type { Progress } from './progress/progress.ts';
import type { Terminal } from './terminal.ts';

export interface StopSignals {
  /** Aborted by the first SIGINT or SIGTERM: start nothing more. */
  readonly stop: AbortSignal;
  /** Aborted by the second: break off what is in flight. */
  readonly abort: AbortSignal;
}

/** Turns Ctrl-C and SIGTERM into two stages of stopping for as long as `work` lasts. */
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
  signals.on('SIGINT', onSignal);
  signals.on('SIGTERM', onSignal);
  try {
    return await work({ stop: stop.signal, abort: abort.signal });
  } finally {
    signals.off('SIGINT', onSignal);
    signals.off('SIGTERM', onSignal);
  }
}
