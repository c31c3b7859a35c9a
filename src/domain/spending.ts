import { z } from 'zod';

/** Calls with what they took; tokens as the endpoints counted them. */
const spentSchema = z.strictObject({
  calls: z.int().nonnegative(),
  promptTokens: z.int().nonnegative(),
  completionTokens: z.int().nonnegative(),
  /** Calls with a reply that came without token counts: not in the sums of tokens. */
  uncounted: z.int().nonnegative(),
  /** Tokens of those by the length of their texts; their cost is in `usd`. Sessions of earlier versions lack it. */
  estimated: z
    .strictObject({ promptTokens: z.int().nonnegative(), completionTokens: z.int().nonnegative() })
    .optional(),
  /** Of the tokens above, those of calls that came out of batches, which have prices of their own. */
  batch: z
    .strictObject({
      promptTokens: z.int().nonnegative(),
      completionTokens: z.int().nonnegative(),
      cachedTokens: z.int().nonnegative(),
    })
    .optional(),
  /** Prompt tokens that the endpoint had in its cache, of `promptTokens`. */
  cachedTokens: z.int().nonnegative().optional(),
  /** null where the config has no price. */
  usd: z.number().nonnegative().nullable(),
});
export type Spent = z.infer<typeof spentSchema>;

/** What one model or judge of a run took: in this session, and what the store already had. */
export const spendingSchema = z.strictObject({
  role: z.enum(['model', 'judge']),
  /** Position in the run's models or judges. */
  position: z.int().nonnegative(),
  fresh: spentSchema,
  stored: spentSchema,
});
export type Spending = z.infer<typeof spendingSchema>;
