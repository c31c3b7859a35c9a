import { z } from 'zod';
import { estimateSchema } from '../../domain/estimate.ts';
import { jsonSchema } from '../../domain/json.ts';
import { MISSING_REASONS } from '../../ports/run-archive.ts';
import {
  boundsSchema,
  componentsSchema,
  seriesShape,
  sliceEstimateSchema,
  sliceSchema,
  summaryModelSchema,
} from '../../series/schema.ts';
import { accuracySchema } from '../accuracy/schema.ts';
import { humanScaleSchema } from '../agreement/human-scale/schema.ts';
import { baselineDifferenceSchema } from '../comparison/baseline-differences.ts';
import { jurySchema } from '../jury/schema.ts';

const cellCoverageSchema = z.strictObject({
  ...seriesShape,
  culture: z.string(),
  category: z.string(),
  planned: z.int(),
  rated: z.int(),
  truncated: z.int(),
  missing: z.record(z.enum(MISSING_REASONS), z.int()),
});
export type CellCoverage = z.infer<typeof cellCoverageSchema>;

/** Judgments without a rating for one cause; no judge where the answer gave nothing to judge. */
const missingCauseSchema = z.strictObject({
  model: z.string(),
  variant: z.string().nullable(),
  judge: z.string().nullable(),
  reason: z.enum(MISSING_REASONS),
  cause: z.string(),
  count: z.int(),
});

/** How many answers were cut short, by language: languages take different numbers of tokens. */
const languageAnswersSchema = z.strictObject({
  model: z.string(),
  variant: z.string().nullable(),
  style: z.string(),
  language: z.string(),
  answered: z.int(),
  truncated: z.int(),
});
export type LanguageTruncation = z.infer<typeof languageAnswersSchema>;

/** A scope's mean minus the reference scope's, within the same culture and category. */
const scopeContrastSchema = z.strictObject({
  ...seriesShape,
  scope: z.string(),
  /** The scope with most questions. */
  reference: z.string(),
  /** n counts the scope's questions in cells that the reference has too. */
  estimate: estimateSchema,
});
export type ScopeContrast = z.infer<typeof scopeContrastSchema>;

const missingnessSchema = z.strictObject({
  /** Worst and best case of the mean: all that is missing rated 1, and 10. Only where something is. */
  bounds: z.array(z.strictObject({ ...seriesShape, by: sliceSchema, ...boundsSchema.shape })),
  /** Does a series miss more questions of one culture than of another? Fisher's exact test. */
  cultures: z.array(
    z.strictObject({
      ...seriesShape,
      p: z.number(),
      counts: z.array(
        z.strictObject({ culture: z.string(), missing: z.int(), questions: z.int() }),
      ),
    }),
  ),
  /** Does a series miss other questions than the one that misses least? McNemar's exact test, Holm. */
  models: z.array(
    z.strictObject({
      ...seriesShape,
      against: z.strictObject(seriesShape),
      onlyThis: z.int(),
      onlyOther: z.int(),
      p: z.number(),
      adjusted: z.number(),
    }),
  ),
});
export type Missingness = z.infer<typeof missingnessSchema>;

/** How many answers are in the language they were asked in: an outcome beside the ratings. */
const answerLanguagesSchema = z.strictObject({
  model: z.string(),
  variant: z.string().nullable(),
  culture: z.string(),
  /** With a text; over all prompting styles and trials. */
  answers: z.int(),
  asAsked: z.int(),
  other: z.int(),
  /** Too short, too mixed, or written so that several languages are possible. */
  unclear: z.int(),
  /** Stored before languages were looked at. */
  unchecked: z.int(),
  /** Of `other` among those that could be told; n and missing count answers. */
  share: estimateSchema,
  /** What the others are in, as BCP 47 tags. */
  detected: z.array(z.strictObject({ language: z.string(), answers: z.int() })),
});
export type AnswerLanguages = z.infer<typeof answerLanguagesSchema>;
/** Expected ratings, from token probabilities: figures of their own, never mixed with parsed ratings. */
const expectedSchema = z.strictObject({
  /** An expected rating of less mass is left out and counted as missing. */
  leastMass: z.number(),
  estimates: z.array(
    z.strictObject({
      ...seriesShape,
      by: sliceSchema,
      estimate: estimateSchema,
      /** Means over all judgments that came with probabilities; null where none did. */
      mass: z.number().nullable(),
      entropy: z.number().nullable(),
      /** Judgments that came with probabilities, whatever their mass. */
      told: z.int(),
    }),
  ),
});
export type ExpectedSummary = z.infer<typeof expectedSchema>;

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
  /** What the intervals of `estimates` speak about, and how ties were tested. */
  estimand: z.string(),
  ties: z.string(),
  estimates: z.array(sliceEstimateSchema),
  /** Only of runs with baselines. */
  differences: z.array(baselineDifferenceSchema).optional(),
  scopeContrasts: z.array(scopeContrastSchema),
  components: z.array(componentsSchema),
  missingness: missingnessSchema,
  /** Summaries of the first version have none. */
  answerLanguages: z.array(answerLanguagesSchema).optional(),
  /** Only of runs with juries. */
  juries: z.array(jurySchema).optional(),
  /** Only of runs that asked a judge for token probabilities. */
  expected: expectedSchema.optional(),
  coverage: z.array(cellCoverageSchema),
  /** Why ratings are missing, the most frequent causes first; only where some are. */
  missingCauses: z.array(missingCauseSchema).optional(),
  /** Verdicts that hold ratings that differ; only where there are some. */
  contradictions: z.strictObject({ rated: z.int(), unrated: z.int() }).optional(),
  /** Means on the human scale beside the judge's, by judge; only where people rated answers. */
  humanScale: z.array(humanScaleSchema).optional(),
  /** Right answers; only of runs with questions that rules score. */
  accuracy: accuracySchema.optional(),
  /** Summaries of earlier versions lack it. */
  languages: z.array(languageAnswersSchema).optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
