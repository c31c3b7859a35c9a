import { besideStore, openBatchFolder } from '../../adapters/batch-files/folder.ts';
import { openRunStore } from '../../adapters/sqlite/write/run-store.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { advance } from '../../batch/advance.ts';
import { clean } from '../../batch/collect.ts';
import { abandon } from '../../batch/end-batch.ts';
import { resultFiles } from '../../batch/read-results.ts';
import {
  type BatchLine,
  type BatchWorks,
  defaultBatchPolicy,
  lineOf,
  patiently,
} from '../../batch/works.ts';
import { batchFileName, isInFlight, type TrackedBatch } from '../../domain/batch.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { BatchEndpoint, RemoteFile } from '../../ports/batch-endpoint.ts';
import { prepareRun } from '../../prepare/prepare.ts';
import type { BatchCommandOptions } from './open-run.ts';

interface EndOptions extends BatchCommandOptions {
  readonly tell: BatchWorks['tell'];
}

/** What became of a batch that was to end. */
export interface EndedBatch {
  readonly batch: TrackedBatch;
  /** `cancelling`: the endpoint was told; what it had done by then is collected by `run --batch`. */
  readonly end: 'cancelling' | 'abandoned' | 'left';
}

/**
 * Ends batches of a store, those named or all that are under way. What has not been submitted is taken
 * back at once, and so are batches whose endpoint does not know them or their results any more.
 */
export async function cancelBatches(
  options: EndOptions & { readonly ids: readonly string[] },
): Promise<EndedBatch[]> {
  return await withBatches(options, async (works) => {
    const open = works.store.list(null).filter(isInFlight);
    const wanted = options.ids.length === 0 ? open : options.ids.map((id) => named(id, open));
    const ended: EndedBatch[] = [];
    for (const batch of wanted) ended.push(await cancel(batch, works));
    return ended;
  });
}

function named(id: string, open: readonly TrackedBatch[]): TrackedBatch {
  const found = open.find((batch) => batch.id === id);
  if (found) return found;
  const known = open.map((batch) => batch.id).join(', ') || 'none';
  throw new OperatorError(`no batch ${id} is under way in this store; there are: ${known}`);
}

async function cancel(batch: TrackedBatch, works: BatchWorks): Promise<EndedBatch> {
  if (batch.transport === 'files') return await takeBack(batch, works);
  if (!works.lines.has(batch.endpoint)) {
    throw new OperatorError(
      `batch ${batch.id} is at endpoint "${batch.endpoint}", which takes no batches in this config: name the config that it was sent with`,
    );
  }
  // A request that was under way when its process ended is cleared up first.
  if (batch.state === 'uploading' || batch.state === 'submitting' || batch.state === 'ended')
    await advance(batch.id, works);
  const now = works.store.find(batch.id) ?? batch;
  if (now.state === 'submitted') return await cancelThere(now, works);
  return isInFlight(now) ? await takeBack(now, works) : { batch: now, end: 'left' };
}

async function cancelThere(batch: TrackedBatch, works: BatchWorks): Promise<EndedBatch> {
  const { endpoint } = lineOf(works, batch);
  const id = batch.facts.batchId ?? '';
  const reply = await patiently(works, () => endpoint.cancel(id, works.abort));
  if (reply.kind === 'absent') return await takeBack(batch, works);
  if (reply.kind === 'done') {
    const facts = { status: 'cancelling' };
    works.store.step(batch.id, { state: 'submitted', at: works.clock.now(), facts });
    return { batch, end: 'cancelling' };
  }
  works.tell('error', `Batch ${batch.id} was not cancelled: ${reply.error.message}`);
  return { batch, end: 'left' };
}

async function takeBack(batch: TrackedBatch, works: BatchWorks): Promise<EndedBatch> {
  await abandon(batch, works, { reason: 'cancelled' });
  return { batch, end: 'abandoned' };
}

/** Deletes what batches that have ended left at their endpoints and on the disk. Gives the number of files. */
export async function cleanBatches(options: EndOptions): Promise<number> {
  return await withBatches(options, async (works) => {
    const over = works.store.list(null).filter((batch) => !isInFlight(batch));
    const names = new Set(over.map(({ id }) => batchFileName(id)));
    let deleted = 0;
    for (const [name, { endpoint }] of works.lines) {
      const found = await patiently(works, () =>
        endpoint.filesNamed((file) => names.has(file), works.abort),
      );
      if (found.kind === 'done') deleted += await removeAll(found.value, endpoint, works);
      else works.tell('error', `Endpoint "${name}" lists no files: ${found.error.message}`);
    }
    for (const batch of over) await cleanOne(batch, works);
    return deleted;
  });
}

async function removeAll(
  files: readonly RemoteFile[],
  endpoint: BatchEndpoint,
  works: BatchWorks,
): Promise<number> {
  let removed = 0;
  for (const { id } of files) {
    const reply = await patiently(works, () => endpoint.removeFile(id, works.abort));
    if (reply.kind === 'done') removed += 1;
  }
  return removed;
}

async function cleanOne(batch: TrackedBatch, works: BatchWorks): Promise<void> {
  if (batch.state === 'read' && works.lines.has(batch.endpoint)) await clean(batch, works);
  const { output, errors } = resultFiles(batch.id);
  for (const name of [batchFileName(batch.id), output, errors]) await works.folder.remove(name);
}

async function withBatches<Result>(
  { config, db, environment, tell }: EndOptions,
  work: (works: BatchWorks) => Promise<Result>,
): Promise<Result> {
  const prepared = await prepareRun(config, { environment });
  // Each step can be repeated, so Ctrl-C may end the process anywhere.
  const { signal } = new AbortController();
  const lines = new Map<string, BatchLine>();
  const { createBatchEndpoint } = await import('../../adapters/openai/batch/batch-endpoint.ts');
  for (const [name, endpoint] of Object.entries(prepared.config.endpoints)) {
    if (endpoint.kind === 'simulated' || endpoint.batch === undefined) continue;
    const opened = createBatchEndpoint(endpoint);
    lines.set(name, { endpoint: opened, setting: endpoint.batch, simulated: false });
  }
  const store = openRunStore(db);
  try {
    return await work({
      store: store.batches,
      folder: openBatchFolder(besideStore(db)),
      program: prepared.program,
      lines,
      clock: systemClock,
      policy: defaultBatchPolicy,
      stop: signal,
      abort: signal,
      closed: new Set(),
      stuck: new Set(),
      tell,
      onStored: () => undefined,
    });
  } finally {
    store.close();
    for (const { endpoint } of lines.values()) await endpoint.close();
  }
}
