import { z } from 'zod';
import { estimateSchema } from '../domain/estimate.ts';
import { jsonSchema } from '../domain/json.ts';
import { aggregateSchema } from '../domain/jury.ts';
import { MISSING_REASONS } from '../ports/run-archive.ts';
import { humanScaleSchema } from './human-scale-report.ts';

/** Which part of the questions a figure is about; empty means all of them. */
const sliceSchema = z.strictObject({
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

const boundsSchema = z.strictObject({ low: z.number(), high: z.number() });

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

const sliceEstimateSchema = z.strictObject({
  ...seriesShape,
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

/** A variant's mean minus its baseline's, over the questions that both have ratings of. */
const baselineDifferenceSchema = z.strictObject({
  ...seriesShape,
  baseline: z.string(),
  by: sliceSchema,
  estimate: estimateSchema,
});
export type BaselineDifference = z.infer<typeof baselineDifferenceSchema>;

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

const componentSchema = z.strictObject({ raw: z.number(), variance: z.number() });

/** What makes ratings vary; only of runs that ask or judge more than once. */
const componentsSchema = z.strictObject({
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
const juryComponentsSchema = z.strictObject({
  question: z.number(),
  answer: z.number().nullable(),
  judge: z.number(),
  questionByJudge: z.number().nullable(),
  residual: z.number(),
  judging: z.number().nullable(),
  questions: z.int(),
  answers: z.int(),
  judges: z.int(),
  judgings: z.number(),
});

/** A jury: several judges taken as one series, under its name as the judge's. */
const juryShape = {
  jury: z.string(),
  judges: z.array(z.string()),
  aggregate: aggregateSchema,
  excludeOwnFamily: z.boolean(),
  panels: z.array(
    z.strictObject({
      ...seriesShape,
      seats: z.array(z.string()),
      /** Panel ratings: one an answer and judging trial. */
      planned: z.int(),
      complete: z.int(),
      /** Why the others are not there, judge by judge; one can lack several. */
      lacking: z.array(
        z.strictObject({ judge: z.string(), reason: z.enum(MISSING_REASONS), count: z.int() }),
      ),
      /** Of complete answers, every judge's ratings apart; null below two questions. */
      components: juryComponentsSchema.nullable(),
      /** Shares of the variance of the panel's mean that doubling each would take away. */
      saves: z
        .strictObject({
          questions: z.number(),
          answers: z.number().nullable(),
          judges: z.number(),
          judgings: z.number().nullable(),
          best: z.enum(['questions', 'answers', 'judges', 'judgings']),
        })
        .nullable(),
    }),
  ),
  /** Answers whose ratings lie farthest apart, at most 20. */
  disagreements: z.array(
    z.strictObject({
      ...seriesShape,
      item: z.string(),
      culture: z.string(),
      category: z.string(),
      ratings: z.array(z.strictObject({ judge: z.string(), rating: z.number() })),
      range: z.number(),
      sd: z.number(),
    }),
  ),
};
const jurySchema = z.strictObject(juryShape);
export type JurySummary = z.infer<typeof jurySchema>;

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
  /** Means on the human scale beside the judge's, by judge; only where people rated answers. */
  humanScale: z.array(humanScaleSchema).optional(),
  /** Summaries of earlier versions lack it. */
  languages: z.array(languageAnswersSchema).optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
