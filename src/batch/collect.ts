import { batchFileName, type TrackedBatch } from '../domain/batch.ts';
import { giveUp } from './end-batch.ts';
import { readResults, resultFiles } from './read-results.ts';
import { type BatchWorks, lineOf, patiently, type StepEnd } from './works.ts';

/** Brings a batch's result files to the disk, and then their lines into the store. */
export async function collect(batch: TrackedBatch, works: BatchWorks): Promise<StepEnd> {
  const { store, clock } = works;
  if (batch.state === 'ended') return await download(batch, works);
  if (!(await isThere(batch, works))) {
    store.step(batch.id, { state: 'ended', at: clock.now(), facts: {} });
    return 'moved';
  }
  const refusal = await readResults(batch, works);
  store.step(batch.id, { state: 'read', at: clock.now(), facts: refusal ? { refusal } : {} });
  return 'moved';
}

async function isThere({ id, facts }: TrackedBatch, { folder }: BatchWorks): Promise<boolean> {
  const { output, errors } = resultFiles(id);
  return (
    (await folder.sha256(output)) === (facts.outputSha256 ?? null) &&
    (await folder.sha256(errors)) === (facts.errorSha256 ?? null)
  );
}

/** Both files: what failed is in the second alone. */
async function download(batch: TrackedBatch, works: BatchWorks): Promise<StepEnd> {
  const { outputFileId = null, errorFileId = null } = batch.facts;
  const { output, errors } = resultFiles(batch.id);
  const hashes: (string | null)[] = [];
  for (const { id, name } of [
    { id: outputFileId, name: output },
    { id: errorFileId, name: errors },
  ]) {
    if (id === null) {
      await works.folder.remove(name);
      hashes.push(null);
      continue;
    }
    const end = await fetchWhole({ id, name }, batch, works);
    if (end !== 'moved') return end;
    hashes.push(await works.folder.sha256(name));
  }
  const [outputSha256 = null, errorSha256 = null] = hashes;
  works.store.step(batch.id, {
    state: 'downloaded',
    at: works.clock.now(),
    facts: { outputSha256, errorSha256 },
  });
  return 'moved';
}

/** A file whose last line is cut is asked for again; what stays cut is read as far as it goes. */
async function fetchWhole(
  { id, name }: { readonly id: string; readonly name: string },
  batch: TrackedBatch,
  works: BatchWorks,
): Promise<StepEnd> {
  const { endpoint } = lineOf(works, batch);
  const { folder, policy, abort } = works;
  for (let attempt = 1; attempt <= policy.looks; attempt += 1) {
    const file = { id, path: folder.path(name) };
    const reply = await patiently(works, () => endpoint.download(file, abort));
    if (reply.kind === 'absent') {
      works.tell(
        'warning',
        `Endpoint "${batch.endpoint}" does not have the results of batch ${batch.id} (file ${id}: ${reply.error.message}). They are asked for again next time; if they are lost, \`care-judge batch cancel ${batch.id}\` puts its calls back.`,
      );
      return 'waits';
    }
    if (reply.kind !== 'done') return giveUp(batch, works, reply.error);
    if (!(await isCut(name, works))) break;
  }
  return 'moved';
}

async function isCut(name: string, { folder }: BatchWorks): Promise<boolean> {
  for await (const { cut } of folder.lines(name)) if (cut) return true;
  return false;
}

/** Deletes what a batch has at the endpoint and on the disk; the store has it all. */
export async function clean(batch: TrackedBatch, works: BatchWorks): Promise<StepEnd> {
  const { endpoint } = lineOf(works, batch);
  const { fileId, outputFileId, errorFileId } = batch.facts;
  for (const id of [fileId, outputFileId, errorFileId]) {
    if (id == null) continue;
    const reply = await patiently(works, () => endpoint.removeFile(id, works.abort));
    // It expires by itself; `batch clean` tries again.
    if (reply.kind !== 'done' && reply.kind !== 'absent') return 'waits';
  }
  await removeLocal(batch, works);
  works.store.step(batch.id, { state: 'cleaned', at: works.clock.now(), facts: {} });
  return 'waits';
}

async function removeLocal({ id }: TrackedBatch, { folder }: BatchWorks): Promise<void> {
  const { output, errors } = resultFiles(id);
  for (const name of [batchFileName(id), output, errors]) await folder.remove(name);
}
