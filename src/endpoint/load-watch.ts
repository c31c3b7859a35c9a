import type PQueue from 'p-queue';
import type { ChatModel } from '../ports/chat-model.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConcurrencyControl } from './concurrency.ts';

/**
 * Looks are close together at first: where a generation takes half a minute, growing by what comes
 * back would leave the server idle for as long.
 */
const FIRST_MS = 50;
const EVERY_MS = 2000;
/** A server that says nothing this often has nothing to say. */
const MOST_MISSES = 3;

export interface LoadWatchOptions {
  readonly chatModel: ChatModel;
  readonly clock: Clock;
  readonly queue: PQueue;
  readonly control: ConcurrencyControl;
  readonly adjust: () => void;
}

/** Asks a busy server now and then how it copes. What it does not say, or says wrong, costs nothing. */
export function watchLoad({ chatModel, clock, queue, control, adjust }: LoadWatchOptions) {
  const ending = new AbortController();
  const { signal } = ending;

  async function look(): Promise<boolean> {
    const load = await chatModel.load(signal);
    if (load === null) return false;
    control.observe(load, queue.pending >= control.limit());
    adjust();
    return true;
  }

  async function watch(): Promise<void> {
    let rhythm: Rhythm | null = { misses: 0, pauseMs: FIRST_MS };
    while (rhythm !== null) {
      await clock.sleep(rhythm.pauseMs, signal);
      if (signal.aborted) return;
      if (queue.pending > 0) rhythm = afterLook(rhythm, await look());
    }
  }

  const watching = watch().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  // Looked at in `end`; until then a failure must not count as unhandled.
  watching.catch(() => undefined);
  return {
    end: async (): Promise<void> => {
      ending.abort();
      await watching;
    },
  };
}

interface Rhythm {
  /** Looks in a row that told nothing. */
  readonly misses: number;
  readonly pauseMs: number;
}

/** null once enough looks have told nothing. */
function afterLook({ misses, pauseMs }: Rhythm, told: boolean): Rhythm | null {
  if (told) return { misses: 0, pauseMs: Math.min(2 * pauseMs, EVERY_MS) };
  return misses + 1 < MOST_MISSES ? { misses: misses + 1, pauseMs: EVERY_MS } : null;
}
