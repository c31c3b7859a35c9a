import { z } from 'zod';
import { fingerprint } from './fingerprint.ts';
import { solutionSchema } from './solution.ts';

const text = z.string().refine((value) => value.trim() !== '', 'must not be blank');

/** One question of a test set. Texts are kept character for character, outer spaces included. */
export const itemSchema = z.strictObject({
  /** The dataset's own name for the question, or one derived from its content. */
  id: text,
  question: text,
  /** The human answer that the judge compares with; of a question with a right answer, that answer. */
  reference: text,
  culture: text,
  /** BCP 47 tag of question and reference: zh, ar, ja … */
  language: text,
  /** Chooses the rubric. */
  category: text,
  /** Geographic scope: Sub-nationwide, Nationwide, Continent-wide, Worldwide. */
  scope: text.nullable(),
  /** Associated culture: native, foreign, general. */
  association: text.nullable(),
  /** Questions that share a cluster (same passage, paraphrases) count as one draw in the statistics. */
  cluster: text.nullable(),
  /** Of questions that a rule scores; those that a judge rates have none. */
  solution: solutionSchema.exactOptional(),
});

export type Item = z.infer<typeof itemSchema>;

/** Identity by content: everything but the id, so that renamed rows stay the same question. */
export function itemKey(item: Item): string {
  const { id: _id, ...content } = item;
  return fingerprint(content);
}
