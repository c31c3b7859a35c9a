import { openBatchFolder } from '../../adapters/batch-files/folder.ts';
import { requestLine } from '../../adapters/openai/batch/request-line.ts';
import { rayRow } from '../../adapters/ray-data/rows.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { packCalls } from '../../batch/pack.ts';
import { batchFileName, type TrackedBatch } from '../../domain/batch.ts';
import { type BatchSetting, batchModel, batchSettingSchema } from '../../domain/batch-setting.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { LineComposer } from '../../ports/batch-endpoint.ts';
import type { PreparedRun } from '../../prepare/prepare.ts';
import { anchorProbes } from '../extra-judgments.ts';
import { lackingCalls } from './lacking-calls.ts';
import { type BatchCommandOptions, withPlannedRun } from './open-run.ts';
import { newBatchId } from './run-in-batches.ts';

export interface ExportOptions extends BatchCommandOptions {
  readonly folder: string;
  /** `openai`: what `vllm run-batch` and the batch APIs read. */
  readonly format: 'openai' | 'ray';
  /** Lines in a file at most. */
  readonly requests?: number | undefined;
  /** Only calls to this endpoint of the config. */
  readonly endpoint?: string | undefined;
}

export interface ExportedFile {
  readonly path: string;
  readonly batch: TrackedBatch;
}

/**
 * Writes the calls that a run lacks into files for an engine that reads files. They count as under way
 * until their results are imported. Throws OperatorError for a call that the format has no place for,
 * before anything is written: one bad line ends an engine's whole job.
 */
export async function exportCalls(options: ExportOptions): Promise<{
  readonly runId: string;
  readonly files: readonly ExportedFile[];
}> {
  return await withPlannedRun(options, async ({ prepared, store, runId }) => {
    const { program, anchors } = prepared;
    const takes = endpointFilter(prepared, options.endpoint);
    const lacking = {
      ...{ runId, program, store, takes },
      probes: anchorProbes(program, anchors),
    };
    const lines = linesOf(prepared, options);
    for await (const { key, endpoint, request } of lackingCalls(lacking)) {
      lines.get(endpoint)?.endpoint.line(key, request);
    }
    const folder = openBatchFolder(options.folder);
    const known = new Set(store.batches.list(runId).map(({ id }) => id));
    await packCalls(
      lackingCalls(lacking),
      {
        ...{ store: store.batches, folder, lines, clock: systemClock },
        ...{ closed: new Set(), stop: new AbortController().signal },
      },
      { runId, transport: 'files', newId: newBatchId, afford: () => true },
    );
    const made = store.batches.list(runId).filter(({ id }) => !known.has(id));
    const files = made.map((batch) => ({ batch, path: folder.path(batchFileName(batch.id)) }));
    return { runId, files };
  });
}

function endpointFilter({ config }: PreparedRun, wanted: string | undefined) {
  const names = Object.keys(config.endpoints);
  if (wanted !== undefined && !names.includes(wanted)) {
    throw new OperatorError(
      `--endpoint: the config has no "${wanted}"; it has: ${names.join(', ')}`,
    );
  }
  return (endpoint: string) => wanted === undefined || endpoint === wanted;
}

type Lines = Map<string, { readonly endpoint: LineComposer; readonly setting: BatchSetting }>;

function linesOf({ config }: PreparedRun, { format, requests }: ExportOptions): Lines {
  const unlimited = batchSettingSchema.parse({});
  return new Map(
    Object.entries(config.endpoints).map(([name, { kind, batch }]) => {
      const setting: BatchSetting = {
        ...unlimited,
        ...(batch?.deployment === undefined ? {} : { deployment: batch.deployment }),
        requests: requests ?? Number.POSITIVE_INFINITY,
        megabytes: Number.POSITIVE_INFINITY,
        inFlight: Number.POSITIVE_INFINITY,
      };
      const line: LineComposer['line'] = (customId, request) => {
        if (format === 'ray') return { text: rayRow(customId, request), changes: [] };
        if (kind === 'vllm' && request.api !== 'chat') throw noCompletions(request.model);
        return requestLine(customId, { ...request, model: batchModel(setting, request.model) });
      };
      return [name, { endpoint: { line }, setting }] as const;
    }),
  );
}

function noCompletions(model: string): OperatorError {
  return new OperatorError(
    `${model} has \`api: completions\`, which \`vllm run-batch\` does not know: a file with such a line would end its whole job. Use \`api: chat\`, or \`care-judge run\` without files.`,
  );
}
