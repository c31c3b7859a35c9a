import { z } from 'zod';
import { RATING_MAX, RATING_MIN } from './judgment.ts';

/** How answers to a question become scores: by a judge's rating, or by a rule where there is a right answer. */
export const SCORINGS = ['judge', 'choice', 'short-answer'] as const;
export type Scoring = (typeof SCORINGS)[number];
/** Those that need no judge. */
export type RuleScoring = Exclude<Scoring, 'judge'>;

/** A rating is 1–10, an accuracy the share of right answers, 0–1: the two are never averaged together. */
export const scaleSchema = z.enum(['rating', 'accuracy']);
export type Scale = z.infer<typeof scaleSchema>;

/** The lowest and highest score of a scale. */
export const SCALE_RANGES = {
  rating: { low: RATING_MIN, high: RATING_MAX },
  accuracy: { low: 0, high: 1 },
} as const satisfies Record<Scale, { readonly low: number; readonly high: number }>;

export const FEWEST_OPTIONS = 2;
export const MOST_OPTIONS = 10;

const text = z.string().refine((value) => value.trim() !== '', 'must not be blank');
const shared = {
  /** The task that the question belongs to: its accuracy is a series of its own. */
  task: text,
  /** A passage to be read before the question. */
  context: text.nullable(),
};

/** Spellings of one accepted answer, and how many people gave it. */
const acceptedAnswerSchema = z.strictObject({
  texts: z.array(text).min(1),
  votes: z.int().min(1),
});
export type AcceptedAnswer = z.infer<typeof acceptedAnswerSchema>;

const choiceSolutionSchema = z.strictObject({
  scoring: z.literal('choice'),
  ...shared,
  /** As the source orders them. */
  options: z.array(text).min(FEWEST_OPTIONS).max(MOST_OPTIONS),
  /** Position of the right one in `options`, from 0. */
  gold: z.int().nonnegative(),
});
export type ChoiceSolution = z.infer<typeof choiceSolutionSchema>;

const shortAnswerSolutionSchema = z.strictObject({
  scoring: z.literal('short-answer'),
  ...shared,
  /** Most votes first; equal ones as the source orders them. */
  answers: z.array(acceptedAnswerSchema).min(1),
});

/** What makes an answer to a question right, for questions that need no judge. */
export const solutionSchema = z.discriminatedUnion('scoring', [
  choiceSolutionSchema,
  shortAnswerSolutionSchema,
]);
export type Solution = z.infer<typeof solutionSchema>;
