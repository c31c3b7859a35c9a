import { z } from 'zod';

/**
 * Token probabilities that a choice is read from, as natural logarithms. `first-token`: what could have
 * stood at the start of the reply, the likeliest first. `options`: each option as it was shown, after the
 * prompt.
 */
export const tokenEvidenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('first-token'),
    tokens: z.array(z.strictObject({ text: z.string(), logprob: z.number() })),
  }),
  z.strictObject({
    kind: z.literal('options'),
    options: z.array(
      z.strictObject({
        logprob: z.number(),
        tokens: z.int().min(1),
        characters: z.int().min(1),
        bytes: z.int().min(1),
      }),
    ),
  }),
]);
export type TokenEvidence = z.infer<typeof tokenEvidenceSchema>;
