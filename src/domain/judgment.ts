import { z } from 'zod';
import { callErrorSchema, filterSchema } from './call.ts';

export const RATING_MIN = 1;
export const RATING_MAX = 10;

export const JUDGMENT_STATUSES = [
  'rated',
  'unparsed',
  'out-of-range',
  'filtered',
  'failed',
] as const;
export type JudgmentStatus = (typeof JUDGMENT_STATUSES)[number];

/** How a judge is asked to give its verdict: `Rating: [[n]]` at the end of a text, or a JSON object. */
export const verdictFormatSchema = z.enum(['text', 'json']);
export type VerdictFormat = z.infer<typeof verdictFormatSchema>;

const rating = z.number().min(RATING_MIN).max(RATING_MAX);

/** What a verdict text says, by the parser alone. */
export const verdictSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('rated'),
    rating,
    /** `lenient`: `[[n]]` without the word Rating before it; nearly JSON, or JSON with other text around it. */
    parse: z.enum(['strict', 'lenient']),
    /** The text holds two different ratings; the last one counts. */
    conflicting: z.boolean(),
  }),
  z.strictObject({ status: z.literal('out-of-range'), value: z.number() }),
  z.strictObject({
    status: z.literal('unparsed'),
    /** `conflicting`: several `[[n]]` that differ, and nothing that says which of them is the rating. */
    cause: z.enum(['empty', 'no-rating', 'conflicting']),
  }),
]);
export type Verdict = z.infer<typeof verdictSchema>;

/** One judge's outcome on one response. `text` is the judge's whole reply, `reasoning` its thinking. */
export const judgmentSchema = z.discriminatedUnion('status', [
  verdictSchema.options[0].extend({ text: z.string(), reasoning: z.string().nullable() }),
  verdictSchema.options[1].extend({ text: z.string(), reasoning: z.string().nullable() }),
  verdictSchema.options[2].extend({ text: z.string(), reasoning: z.string().nullable() }),
  z.strictObject({ status: z.literal('filtered'), filter: filterSchema }),
  z.strictObject({ status: z.literal('failed'), error: callErrorSchema }),
]);
export type Judgment = z.infer<typeof judgmentSchema>;

/** What a judge's token probabilities say at the place of its rating. */
export interface ExpectedRating {
  /** Σ s p(s) / Σ p(s) over the ratings 1 to 10. */
  readonly value: number;
  /** Σ p(s): how much of the probability lay on ratings, 0 to 1. */
  readonly mass: number;
  /** -Σ q ln q over q(s) = p(s) / mass, in nats: 0 where one rating has it all, ln 10 at most. */
  readonly entropy: number;
}
