import { CREATED } from '../wire/completions.ts';
import type { Surface } from '../wire/routes.ts';
import type { BatchCourse } from './batch-fault.ts';
import type { InputLine } from './input-lines.ts';

export interface DeskFile {
  readonly id: string;
  readonly name: string;
  readonly content: Buffer;
  /** Seconds; null for a file that stays. */
  readonly expiresAfter: number | null;
  looks: number;
}

export interface DeskBatch {
  readonly id: string;
  readonly endpoint: string;
  readonly inputFileId: string;
  readonly lines: readonly InputLine[];
  course: BatchCourse;
  status: 'validating' | 'in_progress' | 'finalizing' | 'cancelling' | BatchCourse['end'];
  looks: number;
  outputFileId: string | null;
  errorFileId: string | null;
  counts: { readonly total: number; readonly completed: number; readonly failed: number };
}

/** Azure looks through a file before it may be used. */
export function fileObject(file: DeskFile, surface: Surface) {
  const { id, name, content, expiresAfter, looks } = file;
  return {
    id,
    object: 'file',
    purpose: name.startsWith('batch-') ? 'batch_output' : 'batch',
    filename: name,
    bytes: content.length,
    created_at: CREATED,
    ...(expiresAfter === null ? {} : { expires_at: CREATED + expiresAfter }),
    status: surface === 'azure' && looks < 2 ? 'pending' : 'processed',
  };
}

const DAY_SECONDS = 86_400;

/** Azure has been seen to write states with a capital, times as text, and absent ids as "". */
export function batchObject(batch: DeskBatch, surface: Surface) {
  const azure = surface === 'azure';
  const { id, endpoint, inputFileId, status, outputFileId, errorFileId, counts, course } = batch;
  const begun = status !== 'validating';
  const none = azure ? '' : null;
  return {
    id,
    object: 'batch',
    endpoint: azure && !begun ? null : endpoint,
    errors:
      status === 'failed'
        ? {
            object: 'list',
            data: course.errors.map(({ line, ...error }) => ({ ...error, line, param: null })),
          }
        : null,
    input_file_id: inputFileId,
    completion_window: '24h',
    status: azure && !begun ? 'Validating' : status,
    output_file_id: outputFileId ?? none,
    error_file_id: errorFileId ?? none,
    created_at: azure ? new Date(CREATED * 1000).toISOString() : CREATED,
    expires_at: CREATED + DAY_SECONDS,
    request_counts: azure && !begun ? { total: null, completed: null, failed: null } : counts,
    metadata: null,
  };
}
