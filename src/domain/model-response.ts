import { z } from 'zod';
import { callErrorSchema, filterSchema } from './call.ts';

export const RESPONSE_STATUSES = ['completed', 'truncated', 'empty', 'filtered', 'failed'] as const;
export type ResponseStatus = (typeof RESPONSE_STATUSES)[number];

/**
 * What a model under test produced for one item. `text` is the answer alone; thinking is kept in
 * `reasoning` and never reaches the judge.
 */
export const modelResponseSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('completed'),
    text: z.string(),
    reasoning: z.string().nullable(),
  }),
  /** Hit max_tokens; judged as it is. */
  z.strictObject({
    status: z.literal('truncated'),
    text: z.string(),
    reasoning: z.string().nullable(),
  }),
  /** No answer text: nothing at all, or thinking that used up the budget. */
  z.strictObject({
    status: z.literal('empty'),
    reasoning: z.string().nullable(),
    cause: z.enum(['no-text', 'reasoning-used-budget']),
  }),
  z.strictObject({
    status: z.literal('filtered'),
    /** What came through before the filter cut in; usually nothing. */
    text: z.string().nullable(),
    filter: filterSchema,
  }),
  z.strictObject({ status: z.literal('failed'), error: callErrorSchema }),
]);
export type ModelResponse = z.infer<typeof modelResponseSchema>;

/** The text the judge is to read, or null where there is nothing to judge. */
export function judgeableText(response: ModelResponse): string | null {
  return response.status === 'completed' || response.status === 'truncated' ? response.text : null;
}
