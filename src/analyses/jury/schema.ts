import { z } from 'zod';
import { aggregateSchema } from '../../domain/jury.ts';
import { MISSING_REASONS } from '../../ports/run-archive.ts';
import { seriesShape } from '../../series/schema.ts';

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
export const jurySchema = z.strictObject(juryShape);
export type JurySummary = z.infer<typeof jurySchema>;
