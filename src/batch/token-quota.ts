import type { TrackedBatch } from '../domain/batch.ts';
import { abandon } from './end-batch.ts';
import type { BatchWorks, StepEnd } from './works.ts';

/**
 * The quota of tokens that wait in batches is full. With none of our own under way that could end, a
 * batch that is refused a second time is too large by itself, and its calls go out in smaller ones.
 */
export async function waitForTokens(
  batch: TrackedBatch,
  works: BatchWorks,
  reason: string,
): Promise<StepEnd> {
  const wait = () => {
    const facts = { reason, batchId: null };
    works.store.step(batch.id, { state: 'uploaded', at: works.clock.now(), facts });
  };
  const others = works.store
    .list(batch.run)
    .filter(({ endpoint, model, state }) => {
      return state === 'submitted' && endpoint === batch.endpoint && model === batch.model;
    })
    .filter(({ id }) => id !== batch.id);
  if (others.length > 0 || batch.facts.reason == null) {
    wait();
    return 'waits';
  }
  if (batch.requests === 1) {
    works.tell('error', `Endpoint "${batch.endpoint}" has no room for a single call: ${reason}`);
    works.closed.add(batch.endpoint);
    wait();
    return 'waits';
  }
  const quotaTokens = Math.floor(batch.promptTokens / 2);
  return await abandon(batch, works, { reason, quotaTokens });
}
