import { z } from 'zod';

/** Tokens as the endpoint counted them. */
export const usageSchema = z.strictObject({
  promptTokens: z.int().nonnegative(),
  completionTokens: z.int().nonnegative(),
  cachedTokens: z.int().nonnegative().nullable(),
  reasoningTokens: z.int().nonnegative().nullable(),
});
export type Usage = z.infer<typeof usageSchema>;

/** Why a call gave nothing, in words that a table of missing figures can count by. */
const CALL_ERROR_KINDS = [
  'timeout',
  'connection',
  'rate-limit',
  'server',
  'protocol',
  'context-length',
  'bad-request',
  'auth',
  'not-found',
  'quota',
] as const;

export const callErrorSchema = z.strictObject({
  kind: z.enum(CALL_ERROR_KINDS),
  /** What the endpoint or the socket said, keys taken out. */
  message: z.string(),
  /** HTTP status; null where no response came. */
  status: z.int().nullable(),
  /** The endpoint's own code, such as `DeploymentNotFound`. */
  code: z.string().nullable(),
});
export type CallError = z.infer<typeof callErrorSchema>;

/** Tokens of a call whose endpoint counted none, estimated from the length of its texts. */
export interface TokenEstimate {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** What is kept of every call beside its text. Times are epoch milliseconds. */
export const callMetaSchema = z.strictObject({
  /** The model as the endpoint names it in its reply. */
  servedModel: z.string().nullable(),
  systemFingerprint: z.string().nullable(),
  finishReason: z.string().nullable(),
  usage: usageSchema.nullable(),
  /** Present where a reply came without `usage`: budgets count by it. */
  estimated: z
    .strictObject({ promptTokens: z.int().nonnegative(), completionTokens: z.int().nonnegative() })
    .optional(),
  /** HTTP tries, the first included; 0 for recorded answers. */
  attempts: z.int().nonnegative(),
  latencyMs: z.number().nonnegative(),
  endedAt: z.int(),
  /** Anything else worth a line in the report: parameters that were dropped, filters that were off. */
  notes: z.array(z.string()),
});
export type CallMeta = z.infer<typeof callMetaSchema>;

/** A content filter's finding. */
export const filterSchema = z.strictObject({
  /** Whether the prompt or the generated text was blocked. */
  stage: z.enum(['prompt', 'completion']),
  /** Names of the categories that fired, with severity where given: `violence (medium)`. */
  categories: z.array(z.string()),
});
export type FilterFinding = z.infer<typeof filterSchema>;
