import { z } from 'zod';
import { type CallMeta, callErrorSchema, filterSchema } from '../../../domain/call.ts';
import {
  type ExpectedRating,
  JUDGMENT_STATUSES,
  type Judgment,
  judgmentSchema,
  verdictFormatSchema,
} from '../../../domain/judgment.ts';
import {
  type ModelResponse,
  modelResponseSchema,
  RESPONSE_STATUSES,
} from '../../../domain/model-response.ts';
import type { JudgmentMeta, ResponseMeta } from '../../../ports/outcome-meta.ts';
import { exactWords } from '../exact-text.ts';

const jsonText = z.string().transform((text): unknown => JSON.parse(text));

const callShape = {
  text: z.string().nullable(),
  reasoning: z.string().nullable(),
  exact: z.string().nullable(),
  detail: jsonText
    .pipe(
      z.strictObject({
        cause: z.string().optional(),
        value: z.number().optional(),
        filter: filterSchema.optional(),
        error: callErrorSchema.optional(),
      }),
    )
    .nullable(),
  served_model: z.string().nullable(),
  system_fingerprint: z.string().nullable(),
  finish_reason: z.string().nullable(),
  prompt_tokens: z.int().nullable(),
  completion_tokens: z.int().nullable(),
  cached_tokens: z.int().nullable(),
  reasoning_tokens: z.int().nullable(),
  attempts: z.int(),
  latency_ms: z.number(),
  ended_at: z.int(),
  notes: jsonText.pipe(z.array(z.string())).nullable(),
};

const responseRow = z.object({
  ...callShape,
  status: z.enum(RESPONSE_STATUSES),
  suspect: z.literal([0, 1]),
});

const judgmentRow = z.object({
  ...callShape,
  status: z.enum(JUDGMENT_STATUSES),
  rating: z.number().nullable(),
  parse: z.string().nullable(),
  conflicting: z.literal([0, 1]).nullable(),
  parser_version: z.int(),
  asks: z.int(),
  // Null in rows that are older than these columns.
  verdict_format: verdictFormatSchema.nullable(),
  expected_rating: z.number().nullable(),
  expected_mass: z.number().nullable(),
  expected_entropy: z.number().nullable(),
});

/** A row of `responses` as it was before it was stored. The file may come from anywhere: all is checked. */
export function responseFromRow(row: unknown): {
  readonly response: ModelResponse;
  readonly meta: ResponseMeta;
} {
  const columns = responseRow.parse(row);
  const { status, detail } = columns;
  const { text, reasoning } = exactWords(columns);
  const fields = {
    completed: { text, reasoning },
    truncated: { text, reasoning },
    empty: { reasoning, cause: detail?.cause },
    filtered: { text, filter: detail?.filter },
    failed: { error: detail?.error },
  }[status];
  return {
    response: modelResponseSchema.parse({ status, ...fields }),
    meta: { ...metaFrom(columns), suspect: columns.suspect === 1 },
  };
}

/** The same for a row of `judgments`. */
export function judgmentFromRow(row: unknown): {
  readonly judgment: Judgment;
  readonly meta: JudgmentMeta;
} {
  const columns = judgmentRow.parse(row);
  const { status, detail, rating, parse } = columns;
  const { text, reasoning } = exactWords(columns);
  const fields = {
    rated: { rating, parse, conflicting: columns.conflicting === 1, text, reasoning },
    'out-of-range': { value: detail?.value, text, reasoning },
    unparsed: { cause: detail?.cause, text, reasoning },
    filtered: { filter: detail?.filter },
    failed: { error: detail?.error },
  }[status];
  return {
    judgment: judgmentSchema.parse({ status, ...fields }),
    meta: {
      ...metaFrom(columns),
      parserVersion: columns.parser_version,
      asks: columns.asks,
      verdictFormat: columns.verdict_format ?? 'text',
      expected: expectedFrom(columns),
    },
  };
}

function expectedFrom(columns: z.infer<typeof judgmentRow>): ExpectedRating | null {
  const { expected_rating: value, expected_mass: mass, expected_entropy: entropy } = columns;
  if (value === null || mass === null || entropy === null) return null;
  return { value, mass, entropy };
}

type CallColumns = z.infer<z.ZodObject<typeof callShape>>;

function metaFrom(columns: CallColumns): CallMeta {
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = columns;
  return {
    servedModel: columns.served_model,
    systemFingerprint: columns.system_fingerprint,
    finishReason: columns.finish_reason,
    usage:
      promptTokens === null || completionTokens === null
        ? null
        : {
            promptTokens,
            completionTokens,
            cachedTokens: columns.cached_tokens,
            reasoningTokens: columns.reasoning_tokens,
          },
    attempts: columns.attempts,
    latencyMs: columns.latency_ms,
    endedAt: columns.ended_at,
    notes: columns.notes ?? [],
  };
}
