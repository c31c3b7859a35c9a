import { z } from 'zod';

/** A figure with what is needed to believe it: interval, number of rated questions, missing count. */
export const estimateSchema = z.strictObject({
  /** null where nothing was rated: never 0. */
  value: z.number().nullable(),
  /** Bounds of the 95 % interval; null where the method gives none at this n. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Questions with at least one rating. */
  n: z.int().nonnegative(),
  /** Planned judgments without a rating. */
  missing: z.int().nonnegative(),
  /** How value and interval were made, for example `mean, t interval`. */
  method: z.string(),
});
export type Estimate = z.infer<typeof estimateSchema>;
