import type { TrackedBatch } from '../domain/batch.ts';
import type { BatchSetting } from '../domain/batch-setting.ts';
import type { BatchEndpoint, BatchReply } from '../ports/batch-endpoint.ts';
import type { BatchFolder } from '../ports/batch-folder.ts';
import type { BatchStore, LineResult } from '../ports/batch-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunProgram } from '../prepare/program.ts';

/** An endpoint that takes batches, with its settings. */
export interface BatchLine {
  readonly endpoint: BatchEndpoint;
  readonly setting: BatchSetting;
  /** Its batches end with the process that serves them. */
  readonly simulated: boolean;
}

/** How requests about batches are tried again. */
export interface BatchPolicy {
  /** Tries of a request that changes nothing. */
  readonly tries: number;
  readonly firstBackoffMs: number;
  /** Looks at a file that is not ready, or a batch that has ended without saying where its results are. */
  readonly looks: number;
}

export const defaultBatchPolicy: BatchPolicy = { tries: 5, firstBackoffMs: 1000, looks: 5 };

/** What working on batches needs. */
export interface BatchWorks {
  readonly store: BatchStore;
  readonly folder: BatchFolder;
  readonly program: RunProgram;
  /** By the endpoint's name in the config. */
  readonly lines: ReadonlyMap<string, BatchLine>;
  readonly clock: Clock;
  readonly policy: BatchPolicy;
  /** Begin no further step. */
  readonly stop: AbortSignal;
  /** Break off what is in flight. */
  readonly abort: AbortSignal;
  /** Endpoints that are not asked any more in this session. */
  readonly closed: Set<string>;
  readonly tell: (level: 'warning' | 'error', message: string) => void;
  /** Takes in what was stored. */
  readonly onStored: (results: readonly LineResult[]) => void;
}

export function lineOf(
  { lines }: Pick<BatchWorks, 'lines'>,
  { endpoint }: TrackedBatch,
): BatchLine {
  const line = lines.get(endpoint);
  if (!line) throw new Error(`no endpoint ${endpoint} takes batches`);
  return line;
}

/** Asks again, after pauses, as long as nothing is known. For requests that may be repeated. */
export async function patiently<Value>(
  { clock, policy, stop }: Pick<BatchWorks, 'clock' | 'policy' | 'stop'>,
  ask: () => Promise<BatchReply<Value>>,
): Promise<BatchReply<Value>> {
  for (let attempt = 1; ; attempt += 1) {
    const reply = await ask();
    if (reply.kind !== 'unavailable' || attempt >= policy.tries || stop.aborted) return reply;
    const backoff = policy.firstBackoffMs * 2 ** (attempt - 1) * (0.5 + 0.5 * clock.random());
    await clock.sleep(Math.max(reply.waitMs ?? 0, backoff), stop);
  }
}

/** `moved`: there may be a next step at once. */
export type StepEnd = 'moved' | 'waits';
