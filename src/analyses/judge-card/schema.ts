import { z } from 'zod';
import { estimateSchema } from '../../domain/estimate.ts';
import { verdictFormatSchema } from '../../domain/judgment.ts';
import { MISSING_REASONS } from '../../ports/run-archive.ts';
import { humanScaleSchema } from '../agreement/human-scale/schema.ts';
import { agreementReportSchema } from '../agreement/schema.ts';
import { auditSchema } from '../audit/schema.ts';
import { driftSchema } from '../drift/drift.ts';
import { bridgeSchema } from '../equating/equating.ts';
import { runSummarySchema } from '../summary/schema.ts';

/** What ratings may be wanted for. */
const USES = [
  'within-culture',
  'across-cultures',
  'single-answers',
  'over-time',
  'other-judges',
] as const;
export type Use = (typeof USES)[number];

const useSchema = z.strictObject({
  use: z.enum(USES),
  /** `unknown`: not measured, or what was measured does not decide it. */
  may: z.enum(['yes', 'no', 'unknown']),
  /** Smaller differences, in points, may be the judge's; null where no size is known. */
  least: z.number().nullable(),
  /** Why, as part of a sentence. */
  because: z.string(),
  /** The command that would measure what is not known; null where nothing is to be measured. */
  measure: z.string().nullable(),
});
export type CardUse = z.infer<typeof useSchema>;

const { levels } = agreementReportSchema.shape.agreements.element.shape.slices.element.shape;
const { components, juries, expected } = runSummarySchema.shape;

/** judge-card.json holds one for each judge. */
export const judgeCardSchema = z.strictObject({
  version: z.literal(1),
  judge: z.strictObject({
    name: z.string(),
    /** Judge, decoding and rubrics as one hash. */
    key: z.string(),
    /** As its endpoint was asked for it, and what endpoints named. */
    model: z.string().nullable(),
    served: z.array(z.string()),
    family: z.string().nullable(),
    format: verdictFormatSchema,
    expectedRating: z.boolean(),
  }),
  runs: z.array(z.string()),
  /** Cultures of the runs. */
  cultures: z.array(z.string()),
  /** What its ratings may be used for, in plain sentences. */
  verdict: z.string(),
  uses: z.array(useSchema),
  /** What else a reader of its ratings should know. */
  cautions: z.array(z.string()),
  /** What nobody has measured, with the command that would. */
  unmeasured: z.array(z.strictObject({ what: z.string(), measure: z.string() })),
  coverage: z.strictObject({
    planned: z.int(),
    rated: z.int(),
    missing: z.partialRecord(z.enum(MISSING_REASONS), z.int()),
  }),
  /** With people; null without their ratings. */
  agreement: z
    .strictObject({
      pairs: z.int(),
      raters: z.int(),
      levels,
      /** Judge minus people, pooled in each culture. */
      cultures: z.array(z.strictObject({ culture: z.string(), bias: estimateSchema })),
    })
    .nullable(),
  /** Judge minus people on the same answers, by model and culture; n counts questions. */
  errors: z.array(
    z.strictObject({ model: z.string(), culture: z.string(), error: estimateSchema }),
  ),
  /** Two people's absolute difference on the same answer; null where no answer has two raters. */
  people: estimateSchema.nullable(),
  /** How much farther it is from a person than two people from each other; n counts answers. */
  singles: estimateSchema.nullable(),
  humanScale: humanScaleSchema.nullable(),
  components,
  juries: z.array(juries.unwrap().element.pick({ jury: true, judges: true, aggregate: true })),
  /** Of all questions; empty where no token probabilities were asked for. */
  expected: expected.unwrap().shape.estimates,
  drift: z.array(driftSchema),
  audits: z.array(auditSchema),
  /** From this judge to the others of the runs. */
  bridges: z.array(bridgeSchema),
  /** The runs' answers in another language than asked for, among those whose language could be told. */
  otherLanguage: z.strictObject({ other: z.int(), told: z.int() }),
});
export type JudgeCard = z.infer<typeof judgeCardSchema>;
