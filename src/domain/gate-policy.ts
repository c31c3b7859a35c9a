import { z } from 'zod';
import { RATING_MAX, RATING_MIN } from './judgment.ts';
import type { Scale } from './solution.ts';

const share = z.number().min(0).max(1);
const margin = z
  .number()
  .positive()
  .max(RATING_MAX - RATING_MIN);
const names = z.array(z.string().min(1)).min(1).optional();

const slice = {
  culture: z.string().min(1).optional(),
  category: z.string().min(1).optional(),
  scope: z.string().min(1).optional(),
};
const floorSchema = z.strictObject({
  ...slice,
  atLeast: z
    .number()
    .min(RATING_MIN)
    .max(RATING_MAX)
    .meta({ description: 'The low end of the candidate’s own 95 % interval must reach this.' }),
});
export type GateFloor = z.infer<typeof floorSchema>;

const shareMargin = z.number().positive().max(1);

/** The same of right answers, as shares: 0.03 is three points of a hundred. */
const accuracyPolicySchema = z
  .strictObject({
    margins: z
      .strictObject({
        total: shareMargin.default(0.03),
        culture: shareMargin.default(0.06),
        cultures: z.record(z.string(), shareMargin).default({}),
      })
      .prefault({}),
    minimalDrop: share.default(0.01),
    floors: z.array(z.strictObject({ ...slice, atLeast: share })).default([]),
  })
  .prefault({})
  .meta({
    description:
      'Margins, least drop and floors of right answers (`scoring: choice`, `short-answer`), as shares from 0 to 1.',
  });

/**
 * What a gate asks of a candidate. Margins and drops are rating points; the defaults are those whose
 * operating characteristics were simulated for 3 × 150 questions.
 */
export const gatePolicySchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1),
    alpha: z.number().gt(0).max(0.25).default(0.05).meta({
      description: 'One-sided level of the lower bounds, and family-wise of the alarms.',
    }),
    margins: z
      .strictObject({
        total: margin.default(0.35),
        culture: margin.default(0.65),
        cultures: z.record(z.string(), margin).default({}).meta({
          description: 'Margins of single cultures in place of `culture`.',
        }),
      })
      .prefault({})
      .meta({ description: 'Losses that are still tolerated.' }),
    minimalDrop: z.number().min(0).default(0.1).meta({
      description: 'A smaller drop never fails the gate, however certain it is.',
    }),
    correction: z.enum(['max-t', 'holm']).default('max-t').meta({
      description: 'How the p-values of the alarms are adjusted over total and cultures.',
    }),
    inconclusive: z.enum(['fail', 'warn']).optional().meta({
      description: 'Exit 1 or 0 (with a warning) where the data do not decide; left out: 4.',
    }),
    missing: z
      .strictObject({
        worstCaseAbove: share.default(0.02).meta({
          description: 'From this share on, missing ratings are also taken at their worst.',
        }),
        limit: share.default(0.1).meta({
          description: 'A side that misses more than this share cannot pass.',
        }),
      })
      .prefault({}),
    floors: z.array(floorSchema).default([]).meta({
      description: 'Absolute lower bounds for the candidate; without a slice, for all questions.',
    }),
    accuracy: accuracyPolicySchema,
    styles: names.meta({ description: 'Prompting styles to look at; left out: all.' }),
    judges: names.meta({
      description:
        'Judges and scorers to look at; left out: all judges, and the first scorer of each task.',
    }),
    seed: z.int().nonnegative().default(0).meta({ description: 'Seed of the sign-flips.' }),
  })
  .meta({ title: 'care-judge gate policy, version 1' });

export type GatePolicy = z.infer<typeof gatePolicySchema>;

/** What a policy asks of figures on a scale. */
export function policyFor(scale: Scale, policy: GatePolicy): GatePolicy {
  return scale === 'rating' ? policy : { ...policy, ...policy.accuracy };
}
