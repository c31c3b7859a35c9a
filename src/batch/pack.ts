import { type BatchedCall, batchFileName, isInFlight, type TrackedBatch } from '../domain/batch.ts';
import type { BatchSetting } from '../domain/batch-setting.ts';
import type { BatchFolder, LineWriter } from '../ports/batch-folder.ts';
import { type BatchCall, type BatchGroup, groupOf, tokensOf } from './batch-call.ts';
import type { BatchWorks } from './works.ts';

export interface PackOptions {
  readonly runId: string;
  /** A new id for a batch. */
  readonly newId: () => string;
  /** Whether the budget has room for a call; what it takes is then taken. */
  readonly afford: (call: BatchedCall) => boolean;
}

interface OpenFile {
  readonly id: string;
  readonly group: BatchGroup;
  readonly writer: LineWriter;
  readonly calls: BatchedCall[];
  readonly adaptations: Record<string, readonly string[]>;
  bytes: number;
  promptTokens: number;
  completionTokens: number;
}

/** Room of one deployment. */
interface Room {
  batches: number;
  /** Prompt tokens that may still be put into batches; Infinity without a quota. */
  tokens: number;
  /** Prompt tokens of one file. */
  readonly fileTokens: number;
}

/**
 * Writes calls into files within what the settings and the endpoint's quota allow, and each file with
 * its calls into the store, before anything goes out. What finds no room stays planned.
 */
export async function packCalls(
  calls: AsyncIterable<BatchCall>,
  works: BatchWorks,
  options: PackOptions,
): Promise<void> {
  const packer = createPacker(works, options);
  try {
    for await (const call of calls) {
      if (works.stop.aborted || !(await packer.add(call))) break;
    }
    await packer.closeAll();
  } finally {
    await packer.drop();
  }
}

function createPacker(works: BatchWorks, { runId, newId, afford }: PackOptions) {
  const { store, folder, clock } = works;
  const files = new Map<string, OpenFile>();
  const rooms = new Map<string, Room>();
  const known = store.list(runId);

  function roomOf(group: BatchGroup, setting: BatchSetting): Room {
    const name = `${group.endpoint}\n${group.model}`;
    const room = rooms.get(name) ?? freeRoom(known, group, setting);
    rooms.set(name, room);
    return room;
  }

  async function close(file: OpenFile): Promise<void> {
    files.delete(keyOf(file.group));
    const written = await file.writer.end();
    const { id, group, calls, adaptations, promptTokens, completionTokens } = file;
    const batch = { ...group, ...written, id, run: runId, transport: 'api' as const };
    const sums = { requests: calls.length, promptTokens, completionTokens, adaptations };
    store.add({ ...batch, ...sums }, calls, clock.now());
  }

  /** The file that has room for a call; null where the deployment has none. */
  async function fileFor(
    group: BatchGroup,
    size: Size,
    { setting, room }: { readonly setting: BatchSetting; readonly room: Room },
  ): Promise<OpenFile | 'new' | null> {
    const open = files.get(keyOf(group));
    if (open && fits(open, size, { setting, room })) return open;
    if (open) await close(open);
    return room.batches < 1 || room.tokens < 1 ? null : 'new';
  }

  return {
    /** false: the budget is spent, nothing more will go. */
    add: async (call: BatchCall): Promise<boolean> => {
      const line = works.lines.get(call.endpoint);
      if (!line || works.closed.has(call.endpoint)) return true;
      const group = groupOf(call, line.setting);
      const room = roomOf(group, line.setting);
      const { text, changes } = line.endpoint.line(call.key, call.request);
      const size = { ...tokensOf(call.request), bytes: Buffer.byteLength(text) + 1 };
      const found = await fileFor(group, size, { setting: line.setting, room });
      const { key, role, position } = call;
      const batched = { key, role, position, ...size };
      if (found === null) return true;
      if (!afford(batched)) return false;
      const file = found === 'new' ? openFile(newId(), group, folder) : found;
      if (found === 'new') room.batches -= 1;
      files.set(keyOf(group), file);
      await file.writer.add(text);
      addTo(file, batched, { bytes: size.bytes, changes });
      room.tokens -= size.promptTokens;
      return true;
    },
    closeAll: async () => {
      for (const file of [...files.values()]) await close(file);
    },
    drop: async () => {
      for (const { writer } of files.values()) await writer.drop();
    },
  };
}

function openFile(id: string, group: BatchGroup, folder: BatchFolder): OpenFile {
  return {
    id,
    group,
    writer: folder.write(batchFileName(id)),
    calls: [],
    adaptations: {},
    bytes: 0,
    promptTokens: 0,
    completionTokens: 0,
  };
}

function addTo(
  file: OpenFile,
  call: BatchedCall,
  { bytes, changes }: { readonly bytes: number; readonly changes: readonly string[] },
): void {
  if (changes.length > 0) file.adaptations[`${call.role} ${call.position}`] = changes;
  file.calls.push(call);
  file.bytes += bytes;
  file.promptTokens += call.promptTokens;
  file.completionTokens += call.completionTokens;
}

function keyOf({ endpoint, model, api, wave }: BatchGroup): string {
  return [endpoint, model, api, wave].join('\n');
}

interface Size {
  readonly bytes: number;
  readonly promptTokens: number;
}

function fits(
  file: OpenFile,
  size: Size,
  { setting, room }: { readonly setting: BatchSetting; readonly room: Room },
): boolean {
  return (
    file.calls.length < setting.requests &&
    file.bytes + size.bytes <= setting.megabytes * 1e6 &&
    file.promptTokens + size.promptTokens <= room.fileTokens &&
    size.promptTokens <= room.tokens
  );
}

/** What a deployment has room for beside the batches that are under way. */
function freeRoom(
  known: readonly TrackedBatch[],
  { endpoint, model }: BatchGroup,
  { inFlight, tokens = Number.POSITIVE_INFINITY }: BatchSetting,
): Room {
  const own = known.filter((batch) => batch.endpoint === endpoint && batch.model === model);
  const underWay = own.filter(isInFlight);
  const enqueued = underWay.reduce((sum, { promptTokens }) => sum + promptTokens, 0);
  const found = own.findLast(({ facts }) => facts.quotaTokens != null)?.facts.quotaTokens;
  return {
    batches: inFlight - underWay.length,
    tokens: tokens - enqueued,
    fileTokens: Math.min(tokens, found ?? Number.POSITIVE_INFINITY),
  };
}
