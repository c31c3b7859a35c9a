import type { BatchFacts, TrackedBatch } from '../domain/batch.ts';
import type { BatchReply, RemoteBatch } from '../ports/batch-endpoint.ts';
import { abandon, giveUp } from './end-batch.ts';
import { waitForTokens } from './token-quota.ts';
import { type BatchWorks, lineOf, patiently, type StepEnd } from './works.ts';

const ENDED = new Set(['completed', 'failed', 'expired', 'cancelled']);
const TOKEN_QUOTA = 'token_limit_exceeded';

/** Looks how far a batch is, and writes down what has changed. */
export async function lookAt(batch: TrackedBatch, works: BatchWorks): Promise<StepEnd> {
  const { endpoint } = lineOf(works, batch);
  const id = batch.facts.batchId ?? '';
  const reply = await patiently(works, () => endpoint.look(id, works.abort));
  if (reply.kind === 'absent') return await unknown(batch, works, reply.error.message);
  // A later look may do; only a refusal is worth a message.
  if (reply.kind === 'unavailable') return 'waits';
  if (reply.kind !== 'done') return giveUp(batch, works, reply.error);
  const remote = await whole(reply.value, batch, works);
  const facts = factsOf(remote);
  if (!ENDED.has(remote.status)) {
    if (hasChanged(batch.facts, facts)) note(works, batch, 'submitted', facts);
    return 'waits';
  }
  const reason = remote.errors
    .slice(0, 3)
    .map(({ code, message }) => `${code ?? 'error'}: ${message.replace(/\.$/, '')}`)
    .join('; ');
  if (remote.status !== 'failed' || facts.outputFileId || facts.errorFileId) {
    note(works, batch, 'ended', { ...facts, reason: reason || null });
    return 'moved';
  }
  if (remote.errors.some(({ code }) => code === TOKEN_QUOTA)) {
    return await waitForTokens(batch, works, reason);
  }
  works.tell(
    'error',
    `Batch ${batch.id} was refused by endpoint "${batch.endpoint}" as a whole: ${reason || 'no reason given'}. Its ${batch.requests} calls stay pending.`,
  );
  works.closed.add(batch.endpoint);
  return await abandon(batch, works, { ...facts, reason });
}

function note(
  works: BatchWorks,
  { id }: TrackedBatch,
  state: 'submitted' | 'ended',
  facts: BatchFacts,
) {
  works.store.step(id, { state, at: works.clock.now(), facts });
}

/** A simulated endpoint forgets with its process; a real one that does not know a batch is another one. */
async function unknown(batch: TrackedBatch, works: BatchWorks, message: string): Promise<StepEnd> {
  if (lineOf(works, batch).simulated) {
    return await abandon(batch, works, { reason: 'the simulator that had it has ended' });
  }
  works.tell(
    'error',
    `Endpoint "${batch.endpoint}" does not know batch ${batch.facts.batchId ?? ''} (${message}). Check that it is the same resource and key; if the batch is lost, \`care-judge batch cancel ${batch.id}\` puts its calls back.`,
  );
  return 'waits';
}

/** A batch that has ended may say so before it says where its results are. */
async function whole(
  first: RemoteBatch,
  batch: TrackedBatch,
  works: BatchWorks,
): Promise<RemoteBatch> {
  const { endpoint, setting } = lineOf(works, batch);
  let remote = first;
  for (let look = 1; look < works.policy.looks && lacksFiles(remote); look += 1) {
    await works.clock.sleep(Math.min(setting.lookSeconds, 5) * 1000, works.stop);
    const reply: BatchReply<RemoteBatch> = await endpoint.look(first.id, works.abort);
    if (reply.kind === 'done') remote = reply.value;
  }
  return remote;
}

function lacksFiles({ status, outputFileId, errorFileId }: RemoteBatch): boolean {
  return status === 'completed' && outputFileId === null && errorFileId === null;
}

function factsOf({
  status,
  outputFileId,
  errorFileId,
  counts,
  expiresAt,
}: RemoteBatch): BatchFacts {
  return { status, outputFileId, errorFileId, counts, expiresAt };
}

function hasChanged(before: BatchFacts, { status, counts }: BatchFacts): boolean {
  return before.status !== status || JSON.stringify(before.counts) !== JSON.stringify(counts);
}
