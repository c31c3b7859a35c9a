import { z } from 'zod';
import { estimateSchema } from '../../../domain/estimate.ts';

const testSchema = z.strictObject({
  /** Whose residuals: a model’s under the curve of the others, or a culture’s. */
  field: z.enum(['model', 'culture']),
  name: z.string(),
  labels: z.int(),
  /** Mean of people less the calibrated judge. */
  residual: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  p: z.number(),
  /** By Holm over all tests of the judge. */
  adjusted: z.number(),
});
export type TransferTest = z.infer<typeof testSchema>;

const transferSchema = z.strictObject({
  method: z.enum(['affine', 'isotonic']),
  labels: z.int(),
  /** Models with labels enough to be tested. */
  models: z.int(),
  /** Each culture has a curve of its own. */
  byCulture: z.boolean(),
  /** `unchecked`: fewer than two labelled models. */
  status: z.enum(['supported', 'contradicted', 'unchecked']),
  /** Variance of a further model’s mean beyond the curve; the intervals hold it. */
  between: z.number(),
  tests: z.array(testSchema),
});
export type Transfer = z.infer<typeof transferSchema>;

const rowSchema = z.strictObject({
  model: z.string(),
  variant: z.string().nullable(),
  style: z.string(),
  judge: z.string(),
  by: z.strictObject({ culture: z.string().optional() }),
  /** Mean over the judge’s ratings as they are. */
  raw: z.number().nullable(),
  /** On the human scale; n counts questions. A refusal has no value and says why in `method`. */
  estimate: estimateSchema,
  /** `labels`: from ratings of the model’s own answers (PPI++). `carried`: by the curve of other models. */
  basis: z.enum(['labels', 'carried', 'refused']),
  /** Questions whose answers people rated. */
  labels: z.int(),
  /** λ of PPI++ by culture: 0 leaves the judge aside, 1 takes it for a person but for its bias. */
  lambda: z.array(z.number()),
  /** How many times as many labels alone would be as exact; null unless from labels. */
  gain: z.number().nullable(),
  /** p that the rated answers are like the others in the judge’s eyes; small: they are no random part. */
  randomP: z.number().nullable(),
});
export type HumanScaleRow = z.infer<typeof rowSchema>;

/** Means on the human scale, of one judge. */
export const humanScaleSchema = z.strictObject({
  judge: z.string(),
  rows: z.array(rowSchema),
  /** null where nothing is carried. */
  transfer: transferSchema.nullable(),
});
export type HumanScale = z.infer<typeof humanScaleSchema>;
