import { z } from 'zod';
import { boundsSchema, seriesShape, sliceSchema } from '../../series/schema.ts';

const share = z.number().min(0).max(1);

/** What stands beside a share of right answers; the share itself is among the summary's estimates. */
const figureSchema = z.strictObject({
  ...seriesShape,
  by: sliceSchema,
  /** Planned answers, and what became of them; an unread one is neither right nor wrong. */
  planned: z.int(),
  right: z.int(),
  wrong: z.int(),
  unread: z.int(),
  /** No answer came: failed, filtered, empty, or not called. */
  missing: z.int(),
  /** Mean of 1 / options over the questions; null where there are no options. */
  chance: share.nullable(),
  /** (accuracy − chance) / (1 − chance), interval likewise; null without chance level or accuracy. */
  corrected: z
    .strictObject({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })
    .nullable(),
  /** Smallest gain over this accuracy that two models on as many questions each show with 80 % power at 5 %. */
  detects: z.number().nullable(),
  /** All unread and missing answers wrong, and all right; null where there are none. */
  bounds: boundsSchema.nullable(),
  /** The interval's upper end lies under chance: the right options are likely read wrongly. */
  belowChance: z.boolean(),
});
export type AccuracyFigure = z.infer<typeof figureSchema>;

const unreadSchema = z.strictObject({ ...seriesShape, cause: z.string(), count: z.int() });

/** A wrong option that models chose, over all of them. */
const wrongOptionSchema = z.strictObject({
  id: z.string(),
  culture: z.string(),
  category: z.string(),
  judge: z.string(),
  chosen: z.string(),
  gold: z.string(),
  count: z.int(),
  /** Read answers to the question. */
  of: z.int(),
});
export type WrongOption = z.infer<typeof wrongOptionSchema>;

/** How the place of an option moved a model's choice, among questions with so many options. */
const positionBiasSchema = z.strictObject({
  ...seriesShape,
  options: z.int(),
  places: z.array(
    z.strictObject({
      /** From 0. */
      place: z.int(),
      /** Answers whose right option stood there. */
      golds: z.int(),
      recall: share.nullable(),
      /** Share of read answers that chose it. */
      chosen: share.nullable(),
    }),
  ),
  /** Standard deviation of recall over places (RStd); null below two places with right options. */
  rstd: z.number().nullable(),
  /** What it would be about if recall were the same everywhere. */
  expectedRstd: z.number().nullable(),
});
export type PositionBias = z.infer<typeof positionBiasSchema>;

/** Of questions asked in every order: right in all of them, and in any. */
const allOrdersSchema = z.strictObject({
  ...seriesShape,
  questions: z.int(),
  rightInAll: z.int(),
  rightInSome: z.int(),
});

/** Means of figures that scorers keep beside the score, such as the length of replies. */
const measureSchema = z.strictObject({
  ...seriesShape,
  measure: z.string(),
  mean: z.number(),
  n: z.int(),
});

/** Right answers of a run, beside its estimates of scale `accuracy`. */
export const accuracySchema = z.strictObject({
  scorers: z.array(
    z.strictObject({
      judge: z.string(),
      task: z.string(),
      scoring: z.string(),
      measure: z.string(),
    }),
  ),
  figures: z.array(figureSchema),
  unread: z.array(unreadSchema),
  wrongOptions: z.array(wrongOptionSchema),
  positions: z.array(positionBiasSchema),
  allOrders: z.array(allOrdersSchema),
  measures: z.array(measureSchema),
});
export type Accuracy = z.infer<typeof accuracySchema>;
