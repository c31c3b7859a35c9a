import { z } from 'zod';
import { estimateSchema } from '../../domain/estimate.ts';
import { AGREEMENT_MEASURES } from '../../stats/agreement/table-agreement.ts';
import { humanScaleSchema } from './human-scale/schema.ts';

const placeSchema = z.strictObject({
  culture: z.string().optional(),
  category: z.string().optional(),
});

/** Measures by name; where one is undefined its value is null and its method says why. */
const figuresSchema = z.partialRecord(z.enum(AGREEMENT_MEASURES), estimateSchema);
export type AgreementFigures = z.infer<typeof figuresSchema>;

/**
 * `pooled`: all pairs in one heap, as the CARE paper has it. `within`: inside every culture × model,
 * then averaged. `question`: over the answers of different models to one question, then averaged.
 * `system`: over the models' means.
 */
export const AGREEMENT_LEVELS = ['pooled', 'within', 'question', 'system'] as const;
export type AgreementLevel = (typeof AGREEMENT_LEVELS)[number];

const levelSchema = z.strictObject({
  level: z.enum(AGREEMENT_LEVELS),
  /** What `units` counts: pairs, cells, questions or models. */
  units: z.int(),
  figures: figuresSchema,
});
export type LevelFigures = z.infer<typeof levelSchema>;

const sliceSchema = z.strictObject({
  by: placeSchema,
  pairs: z.int(),
  answers: z.int(),
  questions: z.int(),
  missing: z.int(),
  /** All four for the whole and for cultures, pooled alone for other slices. */
  levels: z.array(levelSchema),
});
export type AgreementSlice = z.infer<typeof sliceSchema>;

/** Shares of a side's variance that lie between groups (η², 0 to 1); null where it does not vary. */
const sharesSchema = z.strictObject({
  culture: z.number().nullable(),
  system: z.number().nullable(),
});
export type BetweenShares = z.infer<typeof sharesSchema>;

const countSchema = z.strictObject({
  culture: z.string().nullable(),
  side: z.enum(['first', 'second']),
  /** 7 holds ratings from 6.5 to below 7.5. */
  rating: z.int(),
  count: z.int(),
});
export type SideCount = z.infer<typeof countSchema>;

const curvePointSchema = z.strictObject({
  culture: z.string().nullable(),
  /** The first side's rating, to the nearest whole. */
  rating: z.int(),
  /** Mean of the second side's ratings there. */
  estimate: estimateSchema,
});
export type CurvePoint = z.infer<typeof curvePointSchema>;

const raterPairSchema = z.strictObject({
  raters: z.tuple([z.string(), z.string()]),
  /** Answers that both rated. */
  answers: z.int(),
  figures: figuresSchema,
});
export type RaterPair = z.infer<typeof raterPairSchema>;

const agreementSchema = z.strictObject({
  kind: z.enum(['judge-human', 'human-human', 'judge-judge']),
  /** The judge, or the two judges, by label; people are `people`. */
  first: z.string(),
  second: z.string(),
  raters: z.int(),
  systems: z.int(),
  /** The whole first, then cultures, categories and cells. */
  slices: z.array(sliceSchema),
  /** How much of the variance lies between cultures and between models, on either side. */
  between: z.strictObject({ first: sharesSchema, second: sharesSchema }),
  /** Why the levels differ here, or that they do not. */
  explanation: z.array(z.string()),
  distribution: z.array(countSchema),
  curve: z.array(curvePointSchema),
  /** Between people: each two raters, at most the 20 with most answers in common. */
  raterPairs: z.array(raterPairSchema).optional(),
});
export type Agreement = z.infer<typeof agreementSchema>;

/** agreement.json. */
export const agreementReportSchema = z.strictObject({
  version: z.literal(1),
  runs: z.array(z.string()),
  seed: z.int(),
  resamples: z.int(),
  human: z.strictObject({
    ratings: z.int(),
    answers: z.int(),
    raters: z.int(),
    /** Rated answers that the runs have, and others. */
    linked: z.int(),
    outside: z.int(),
    /** Ratings that were given on another scale and mapped onto 1–10. */
    rescaled: z.int(),
    sources: z.array(z.string()),
  }),
  agreements: z.array(agreementSchema),
  /** Means on the human scale, by judge. */
  humanScale: z.array(humanScaleSchema),
});
export type AgreementReport = z.infer<typeof agreementReportSchema>;
