import { createHash } from 'node:crypto';

/** What one person gave to one answer. */
export interface HumanRating {
  readonly question: string;
  readonly answer: string;
  /** As the source says; null where it does not. */
  readonly culture: string | null;
  readonly category: string | null;
  readonly rater: string;
  /** 0 for the first rating of this answer by this rater in the source, 1 for the next. */
  readonly occasion: number;
  /** On the scale 1 to 10. */
  readonly rating: number;
  /** As it was given, and on which scale. */
  readonly given: number;
  readonly scale: RatingScale;
  readonly source: string;
}

export interface RatingScale {
  readonly min: number;
  readonly max: number;
}

/** Texts that tables and editors made a little different are the same text. */
export function plainText(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
}

function hashOf(...texts: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(texts.map(plainText)))
    .digest('hex');
}

/** Names an answer by its content: the same text to the same question, whoever gave it. */
export function answerKey(question: string, answer: string): string {
  return hashOf(question, answer);
}

export function questionKey(question: string): string {
  return hashOf(question);
}

/** Linear onto 1 to 10. */
export function onTenPoints(given: number, { min, max }: RatingScale): number {
  return min === 1 && max === 10 ? given : 1 + (9 * (given - min)) / (max - min);
}
