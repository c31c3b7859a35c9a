import { z } from 'zod';
import { EXCLUSIONS } from './candidates.ts';
import { SPLITS } from './split.ts';
import { METHODS } from './trainers/trainer.ts';

const share = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });

const lengthsSchema = z.strictObject({
  /** Mean characters (code points). */
  chosen: z.number(),
  rejected: z.number(),
  /** Share of pairs whose chosen text is longer, with Wilson's 95 % interval. */
  chosenLonger: share,
});

/** What a file of training rows is made of: the data card as figures. */
export const pairsCardSchema = z.strictObject({
  version: z.literal(1),
  method: z.enum(METHODS),
  trainer: z.string(),
  files: z.array(
    z.strictObject({
      name: z.string(),
      split: z.enum(SPLITS).nullable(),
      rows: z.int(),
      sha256: z.string(),
    }),
  ),
  runs: z.array(z.string()),
  simulated: z.string().nullable(),
  ratings: z.enum(['judge', 'human']),
  judge: z.string().nullable(),
  /** How rows were chosen, in words and as it was asked for. */
  rule: z.string(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  rows: z.int(),
  questions: z.int(),
  /** Questions that gave no row: too few answers, none that fits the rule, found in the test set. */
  without: z.strictObject({ single: z.int(), none: z.int(), excluded: z.int(), filtered: z.int() }),
  /** Answers that never enter, by reason. */
  answersExcluded: z.record(z.enum(EXCLUSIONS), z.int()),
  cultures: z.array(z.strictObject({ culture: z.string().nullable(), rows: z.int() })),
  models: z.array(z.strictObject({ model: z.string(), chosen: z.int(), rejected: z.int() })),
  /** Rows whose text is a human reference. */
  references: z.int(),
  /** Rows picked among equals. */
  tied: z.int(),
  /** Smallest, mean and largest rating gap; null without pairs of rated answers. */
  gap: z.strictObject({ min: z.number(), mean: z.number(), max: z.number() }).nullable(),
  /** null for rows that are no pairs. */
  lengths: lengthsSchema.nullable(),
  /** Desirable and undesirable rows; null but for KTO. */
  labels: z.strictObject({ desirable: z.int(), undesirable: z.int() }).nullable(),
  cautions: z.array(z.string()),
  usage: z.array(z.string()),
});
export type PairsCard = z.infer<typeof pairsCardSchema>;
