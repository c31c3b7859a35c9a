import type { HumanRating } from '../domain/human-rating.ts';

/** Whose answer to which question a rating is of, where its text is not given. */
export interface AnswerQuery {
  readonly question: string;
  readonly model: string;
  /** null: any. */
  readonly variant: string | null;
  readonly style: string | null;
  readonly run: string | null;
}

/** What saving ratings did. */
export interface SavedRatings {
  readonly added: number;
  /** Known before with another rating, which is gone. */
  readonly changed: number;
  readonly unchanged: number;
  /** Ratings of answers that a run of the store has, and of others. */
  readonly linked: number;
  readonly outside: number;
}

/** Where human ratings are written. */
export interface HumanRatingStore {
  /** Questions of the items with this id; several where runs use one id for different questions. */
  questionsOf(itemId: string): string[];
  /** Distinct texts that answer the query; `models` are those with an answer to the question. */
  answersOf(query: AnswerQuery): { readonly texts: string[]; readonly models: string[] };
  /** All or none. The same ratings again change nothing. */
  save(ratings: readonly HumanRating[]): SavedRatings;
  close(): void;
}

/** An answer that people rated. */
export interface HumanRatedAnswer {
  readonly key: string;
  readonly questionKey: string;
  readonly culture: string | null;
  readonly category: string | null;
  readonly ratings: readonly { readonly rater: string; readonly rating: number }[];
}

/** The same with its texts, whether a run has it or not. */
export interface HumanRatedText extends Pick<HumanRatedAnswer, 'key' | 'culture' | 'category'> {
  readonly question: string;
  readonly answer: string;
  /** Mean over raters, each of their own mean; and how many raters. */
  readonly rating: number;
  readonly raters: number;
}

/** One answer of a run under one judge. */
export interface JudgedResponse {
  /** The stored answer: runs that share it name it alike. */
  readonly response: number;
  readonly model: number;
  readonly style: number;
  /** An ItemLabels position. */
  readonly item: number;
  readonly judge: number;
  /** Mean over judgment trials; null where none gave a rating. */
  readonly rating: number | null;
}

/** Reads human ratings and the answers they are of. */
export interface HumanRatingArchive {
  /** Files and names that ratings came from, with their counts. */
  sources(): { readonly source: string; readonly ratings: number; readonly rescaled: number }[];
  /** A rater's several ratings of one answer as their mean. */
  ratedAnswers(): HumanRatedAnswer[];
  ratedTexts(): IterableIterator<HumanRatedText>;
  judgedResponses(runId: string): IterableIterator<JudgedResponse>;
  /** The key of every answer of the run to a question that people rated answers to. */
  answerKeys(runId: string): ReadonlyMap<number, string>;
}

/** What a person gives to an answer on a page. */
export interface GivenRating {
  readonly question: string;
  readonly answer: string;
  readonly culture: string;
  readonly category: string;
  readonly rater: string;
  /** 1 to 10. */
  readonly rating: number;
  readonly note: string | null;
  /** Epoch milliseconds. */
  readonly ratedAt: number;
  /** Where it was given; a rater has one rating of an answer per source. */
  readonly source: string;
}

/** Names a rating that was given on a page. */
export type GivenRatingName = Pick<GivenRating, 'question' | 'answer' | 'rater' | 'source'>;

/** Writes single ratings while others read the store, or a run writes to it. */
export interface RatingDesk {
  /** Takes the place of the rater's earlier rating from this source. */
  rate(rating: GivenRating): void;
  /** Whether there was one. */
  withdraw(name: GivenRatingName): boolean;
  close(): void;
}
