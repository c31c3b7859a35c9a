import { z } from 'zod';
import type { RemoteBatch, RemoteFile } from '../../../ports/batch-endpoint.ts';

/** Absent is null, missing or "": Azure has been seen to send all three. */
const id = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => text || null);
const count = z.int().nullish().catch(null);
/** Epoch seconds, or ISO: Azure has been seen to send both. */
const time = z
  .union([z.number(), z.string()])
  .nullish()
  .catch(null)
  .transform((value) => {
    const ms = typeof value === 'number' ? value * 1000 : Date.parse(value ?? '');
    return Number.isFinite(ms) ? Math.round(ms) : null;
  });

export const fileSchema = z
  .looseObject({
    id: z.string().min(1),
    filename: z.string().nullish().catch(null),
    status: z.string().nullish().catch(null),
  })
  .transform(
    (file): RemoteFile => ({
      id: file.id,
      name: file.filename ?? '',
      status: file.status?.toLowerCase() ?? null,
    }),
  );

const problem = z.looseObject({
  code: z.string().nullish().catch(null),
  message: z.string().nullish().catch(null),
  line: z.int().nullish().catch(null),
});

export const batchSchema = z
  .looseObject({
    id: z.string().min(1),
    status: z.string(),
    input_file_id: id,
    output_file_id: id,
    error_file_id: id,
    errors: z
      .looseObject({ data: z.array(problem).nullish() })
      .nullish()
      .catch(null),
    request_counts: z
      .looseObject({ total: count, completed: count, failed: count })
      .nullish()
      .catch(null),
    expires_at: time,
  })
  .transform((batch): RemoteBatch => {
    const { request_counts: counts } = batch;
    return {
      id: batch.id,
      status: batch.status.toLowerCase(),
      inputFileId: batch.input_file_id,
      outputFileId: batch.output_file_id,
      errorFileId: batch.error_file_id,
      errors: (batch.errors?.data ?? []).map(({ code, message, line }) => ({
        code: code ?? null,
        message: `${line == null ? '' : `line ${line}: `}${message ?? 'no message'}`,
      })),
      counts: counts
        ? {
            total: counts.total ?? null,
            completed: counts.completed ?? null,
            failed: counts.failed ?? null,
          }
        : null,
      expiresAt: batch.expires_at,
    };
  });

/** A page of a list. */
export function pageSchema<Entry extends z.ZodType>(entry: Entry) {
  return z.looseObject({
    data: z.array(entry),
    has_more: z.boolean().nullish().catch(false),
    last_id: id,
  });
}
