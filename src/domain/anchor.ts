import { z } from 'zod';
import { fingerprint } from './fingerprint.ts';
import { itemSchema } from './item.ts';
import { RATING_MAX, RATING_MIN } from './judgment.ts';

const frozenRatingSchema = z.strictObject({
  /** Key of the judge: all that decides its words. */
  judge: z.string(),
  name: z.string(),
  /** Mean of `judgings` ratings. */
  rating: z.number().min(RATING_MIN).max(RATING_MAX),
  judgings: z.int().min(1),
  /** Fingerprint of the rubric that it was rated with. */
  rubric: z.string(),
  servedModel: z.string().nullable(),
  systemFingerprint: z.string().nullable(),
});
export type FrozenRating = z.infer<typeof frozenRatingSchema>;

/** An answer with its frozen ratings, judged again to see whether its judges still are what they were. */
export const anchorSchema = z.strictObject({
  ...itemSchema.shape,
  answer: z.string(),
  ratings: z.array(frozenRatingSchema).min(1),
});
export type Anchor = z.infer<typeof anchorSchema>;

/** Identity by content: what the judge reads. */
export function anchorKey({ ratings: _ratings, id: _id, ...content }: Anchor): string {
  return fingerprint({ kind: 'anchor', ...content });
}

/** What a stored anchor judgment is held against. */
export const anchorSubjectSchema = z.strictObject({
  anchor: z.string(),
  culture: z.string(),
  /** Anchors of one question count as one draw. */
  cluster: z.string(),
  frozen: frozenRatingSchema,
});
export type AnchorSubject = z.infer<typeof anchorSubjectSchema>;
