import { z } from 'zod';
import { estimateSchema } from '../domain/estimate.ts';
import { jsonSchema } from '../domain/json.ts';
import { MISSING_REASONS } from '../ports/run-archive.ts';

/** Which part of the questions a figure is about; empty means all of them. */
export const sliceSchema = z.strictObject({
  culture: z.string().optional(),
  category: z.string().optional(),
  scope: z.string().optional(),
});
export type Slice = z.infer<typeof sliceSchema>;

/** Whose answers, asked in which way, rated by whom. */
const seriesShape = {
  model: z.string(),
  variant: z.string().nullable(),
  style: z.string(),
  judge: z.string(),
};

export const sliceEstimateSchema = z.strictObject({
  ...seriesShape,
  by: sliceSchema,
  /** Over rated questions, as the paper averages. */
  estimate: estimateSchema,
  /** Mean of the category means (of all culture × category means for the whole run); null for single cells. */
  macro: z.number().nullable(),
});
export type SliceEstimate = z.infer<typeof sliceEstimateSchema>;

export const cellCoverageSchema = z.strictObject({
  ...seriesShape,
  culture: z.string(),
  category: z.string(),
  planned: z.int(),
  rated: z.int(),
  truncated: z.int(),
  missing: z.record(z.enum(MISSING_REASONS), z.int()),
});
export type CellCoverage = z.infer<typeof cellCoverageSchema>;

/** What a config says about a model beside its name; charts and differences need it. */
export const summaryModelSchema = z.strictObject({
  model: z.string(),
  variant: z.string().nullable(),
  /** Variant of the same model that differences are taken from. */
  baseline: z.string().nullable(),
  /** Billions of parameters. */
  size: z.number().nullable(),
  /** Share of training data. */
  dataShare: z.number().nullable(),
});
export type SummaryModel = z.infer<typeof summaryModelSchema>;

/** summary.json: a run's figures with all that is needed to repeat it. */
export const runSummarySchema = z.strictObject({
  version: z.literal(1),
  run: z.strictObject({ id: z.string(), name: z.string(), provenance: jsonSchema }),
  /** In the order of the config. */
  models: z.array(summaryModelSchema).optional(),
  questions: z.int(),
  cultures: z.array(z.string()),
  categories: z.array(z.string()),
  scopes: z.array(z.string()),
  planned: z.int(),
  rated: z.int(),
  estimates: z.array(sliceEstimateSchema),
  coverage: z.array(cellCoverageSchema),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
