import { type BatchFacts, batchFileName, type TrackedBatch } from '../domain/batch.ts';
import type { CallError } from '../domain/call.ts';
import { type BatchWorks, lineOf, type StepEnd } from './works.ts';

/** Takes a batch out of use: its calls are planned again. What lies at the endpoint goes as far as it can. */
export async function abandon(
  batch: TrackedBatch,
  works: BatchWorks,
  facts: BatchFacts,
): Promise<StepEnd> {
  const { store, folder, clock, abort } = works;
  store.step(batch.id, { state: 'abandoned', at: clock.now(), facts });
  const { fileId } = batch.facts;
  if (fileId !== undefined) await lineOf(works, batch).endpoint.removeFile(fileId, abort);
  await folder.remove(batchFileName(batch.id));
  return 'waits';
}

/** An endpoint that refuses is not asked any more in this session; its batches stay as they are. */
export function giveUp({ endpoint }: TrackedBatch, works: BatchWorks, error: CallError): StepEnd {
  if (!works.closed.has(endpoint)) {
    works.closed.add(endpoint);
    works.tell(
      'error',
      `Batches of endpoint "${endpoint}" are left as they are: ${error.message}. Fix this and run the same command again.`,
    );
  }
  return 'waits';
}
