import { z } from 'zod';
import { estimateSchema } from '../domain/estimate.ts';
import { scaleSchema } from '../domain/solution.ts';

/** Which part of the questions a figure is about; empty means all of them. */
export const sliceSchema = z.strictObject({
  culture: z.string().optional(),
  category: z.string().optional(),
  scope: z.string().optional(),
});
export type Slice = z.infer<typeof sliceSchema>;

/** Whose answers, asked in which way, rated by whom. */
export const seriesShape = {
  model: z.string(),
  variant: z.string().nullable(),
  style: z.string(),
  judge: z.string(),
};

export const boundsSchema = z.strictObject({ low: z.number(), high: z.number() });

/** How the ratings of a slice spread: a mean near the ceiling says little by itself. */
const spreadSchema = z.strictObject({
  /** Standard deviation over questions; null for one. */
  sd: z.number().nullable(),
  /** Shares of questions at the scale's top, and at 3 or below. */
  top: z.number(),
  atMost3: z.number(),
  /** Share of the commonest rating. */
  modal: z.number(),
  /** Effective number of rating levels, exp of the entropy: 1 where all ratings are the same. */
  levels: z.number(),
});
export type Spread = z.infer<typeof spreadSchema>;

export const sliceEstimateSchema = z.strictObject({
  ...seriesShape,
  /** Of the figures: ratings 1–10, or shares of right answers 0–1. Summaries of earlier versions lack it. */
  scale: scaleSchema.default('rating'),
  by: sliceSchema,
  /** Over rated questions, as the paper averages. */
  estimate: estimateSchema,
  /** Mean of the category means (of all culture × category means for the whole run); null for single cells. */
  macro: z.number().nullable(),
  /**
   * Whether the series cannot be told apart from the best of its judge and prompting style in this
   * slice (`ties` says by what test); the best is tied with itself. null for scopes, without a rating,
   * and where the models were not asked the same questions.
   */
  tiedWithBest: z.boolean().nullable(),
  /**
   * It has the highest mean while the paired test puts another ahead on the questions that both have,
   * or it is that other: the order is made by what is missing, and both are tied.
   */
  missingDecides: z.literal(true).optional(),
  /** The same among the styles and variants of its own model; only of runs with several styles. */
  tiedWithBestWay: z.boolean().nullable().optional(),
  /**
   * 95 % interval for these very questions, where only answering and judging again would vary: for
   * "did I reproduce the figure". null unless questions were answered at least twice.
   */
  frozen: boundsSchema.nullable(),
  spread: spreadSchema.nullable(),
});
export type SliceEstimate = z.infer<typeof sliceEstimateSchema>;

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

const componentSchema = z.strictObject({ raw: z.number(), variance: z.number() });

/** What makes ratings vary; only of runs that ask or judge more than once. */
export const componentsSchema = z.strictObject({
  ...seriesShape,
  question: componentSchema,
  /** null where the design cannot tell it: then the level above holds it too. */
  answer: componentSchema.nullable(),
  judging: componentSchema.nullable(),
  questions: z.int(),
  answersPerQuestion: z.number(),
  judgingsPerAnswer: z.number(),
  reliability: z.number().nullable(),
});
export type SeriesComponents = z.infer<typeof componentsSchema>;
