import {
  type BatchFacts,
  type BatchProgress,
  batchFileName,
  type TrackedBatch,
} from '../domain/batch.ts';
import { clean, collect } from './collect.ts';
import { abandon, giveUp } from './end-batch.ts';
import { lookAt } from './look.ts';
import { waitForTokens } from './token-quota.ts';
import { type BatchWorks, lineOf, patiently, type StepEnd } from './works.ts';

/**
 * Takes a batch as far as it goes now. Each step writes down what it is about to do before a request
 * whose reply may be lost, and what it learned after it; so it can be broken off anywhere and taken
 * up again.
 */
export async function advance(id: string, works: BatchWorks): Promise<void> {
  let end: StepEnd = 'moved';
  while (end === 'moved' && !works.stop.aborted) {
    const batch = works.store.find(id);
    if (batch === null || works.closed.has(batch.endpoint)) return;
    end = await step(batch, works);
  }
}

async function step(batch: TrackedBatch, works: BatchWorks): Promise<StepEnd> {
  switch (batch.state) {
    case 'prepared':
      return await upload(batch, works);
    case 'uploading':
      return await findUpload(batch, works);
    case 'uploaded':
      return await submit(batch, works);
    case 'submitting':
      return await findSubmission(batch, works);
    case 'submitted':
      return await lookAt(batch, works);
    case 'ended':
    case 'downloaded':
      return await collect(batch, works);
    case 'read':
      return await clean(batch, works);
    case 'cleaned':
    case 'abandoned':
      return 'waits';
    default:
      return batch.state satisfies never;
  }
}

function note(
  { store, clock }: BatchWorks,
  { id }: TrackedBatch,
  state: BatchProgress,
  facts: BatchFacts = {},
): void {
  store.step(id, { state, at: clock.now(), facts });
}

async function upload(batch: TrackedBatch, works: BatchWorks): Promise<StepEnd> {
  const { folder, abort } = works;
  const name = batchFileName(batch.id);
  if ((await folder.sha256(name)) !== batch.sha256) {
    return await abandon(batch, works, {
      reason: `its file ${folder.path(name)} is gone or was changed`,
    });
  }
  note(works, batch, 'uploading');
  const reply = await lineOf(works, batch).endpoint.upload(
    { path: folder.path(name), name },
    abort,
  );
  switch (reply.kind) {
    case 'done':
      note(works, batch, 'uploaded', { fileId: reply.value.id, reason: null });
      return 'moved';
    case 'quota':
      works.tell(
        'warning',
        `Endpoint "${batch.endpoint}" takes no more files: ${reply.error.message} Delete those that are not needed; \`care-judge batch clean\` deletes this store's.`,
      );
      note(works, batch, 'prepared', { reason: reply.error.message });
      return 'waits';
    case 'unavailable':
      // It may have arrived all the same.
      return await findUpload({ ...batch, state: 'uploading', at: works.clock.now() }, works);
    case 'absent':
    case 'refused':
      note(works, batch, 'prepared', { reason: reply.error.message });
      return giveUp(batch, works, reply.error);
    default:
      return reply satisfies never;
  }
}

/** A request that was under way when its session ended may still be worked on. */
async function settle(batch: TrackedBatch, works: BatchWorks): Promise<void> {
  const { clock, stop } = works;
  const { setting, simulated } = lineOf(works, batch);
  const wait = batch.at + setting.lookSeconds * 1000 - clock.now();
  if (wait > 0 && !simulated) await clock.sleep(Math.min(wait, setting.lookSeconds * 1000), stop);
}

/** An upload whose reply is not known: it is there under its name, or it is not. */
async function findUpload(batch: TrackedBatch, works: BatchWorks): Promise<StepEnd> {
  const { endpoint } = lineOf(works, batch);
  await settle(batch, works);
  const name = batchFileName(batch.id);
  const found = await patiently(works, () => endpoint.filesNamed(name, works.abort));
  if (found.kind !== 'done') return giveUp(batch, works, found.error);
  const [file, ...others] = found.value;
  if (file === undefined) {
    note(works, batch, 'prepared');
    return 'moved';
  }
  for (const { id } of others) await endpoint.removeFile(id, works.abort);
  note(works, batch, 'uploaded', { fileId: file.id, reason: null });
  return 'moved';
}

async function submit(batch: TrackedBatch, works: BatchWorks): Promise<StepEnd> {
  const { endpoint } = lineOf(works, batch);
  const { fileId = '' } = batch.facts;
  const ready = await fileState(fileId, batch, works);
  if (ready.kind !== 'ready') return ready.end;
  const path = endpoint.pathOf(batch);
  note(works, batch, 'submitting', { path });
  const reply = await endpoint.create({ fileId, path }, works.abort);
  switch (reply.kind) {
    case 'done': {
      const { id, status, expiresAt } = reply.value;
      note(works, batch, 'submitted', { batchId: id, status, expiresAt, reason: null });
      return 'moved';
    }
    case 'quota':
      return await waitForTokens(batch, works, reply.error.message);
    case 'unavailable':
      return await findSubmission({ ...batch, state: 'submitting', at: works.clock.now() }, works);
    case 'absent':
    case 'refused':
      if (reply.error.kind === 'auth') {
        note(works, batch, 'uploaded', { reason: reply.error.message });
        return giveUp(batch, works, reply.error);
      }
      giveUp(batch, works, reply.error);
      return await abandon(batch, works, { reason: reply.error.message });
    default:
      return reply satisfies never;
  }
}

/** Azure takes a file for a batch only when it has looked through it. */
async function fileState(
  fileId: string,
  batch: TrackedBatch,
  works: BatchWorks,
): Promise<{ readonly kind: 'ready' } | { readonly kind: 'not'; readonly end: StepEnd }> {
  const { endpoint, setting } = lineOf(works, batch);
  for (let look = 0; look < works.policy.looks && !works.stop.aborted; look += 1) {
    const reply = await patiently(works, () => endpoint.file(fileId, works.abort));
    if (reply.kind === 'absent') {
      note(works, batch, 'prepared', { reason: 'its uploaded file is gone' });
      return { kind: 'not', end: 'moved' };
    }
    if (reply.kind !== 'done') return { kind: 'not', end: giveUp(batch, works, reply.error) };
    const { status } = reply.value;
    if (status === 'error' || status === 'failed') {
      const reason = 'the endpoint could not read its file';
      return { kind: 'not', end: await abandon(batch, works, { reason }) };
    }
    if (status !== 'pending' && status !== 'running' && status !== 'uploading')
      return { kind: 'ready' };
    await works.clock.sleep(Math.min(setting.lookSeconds, 5) * 1000, works.stop);
  }
  return { kind: 'not', end: 'waits' };
}

/** A submission whose reply is not known: a batch of its file is there, or it is not. */
async function findSubmission(batch: TrackedBatch, works: BatchWorks): Promise<StepEnd> {
  const { endpoint } = lineOf(works, batch);
  await settle(batch, works);
  const { fileId = '' } = batch.facts;
  const found = await patiently(works, () => endpoint.batchesOf(fileId, works.abort));
  if (found.kind !== 'done') return giveUp(batch, works, found.error);
  const [first, ...others] = found.value.filter(({ status }) => status !== 'failed');
  if (first === undefined) {
    note(works, batch, 'uploaded');
    return 'moved';
  }
  for (const { id } of others) await endpoint.cancel(id, works.abort);
  note(works, batch, 'submitted', { batchId: first.id, status: first.status, reason: null });
  return 'moved';
}
