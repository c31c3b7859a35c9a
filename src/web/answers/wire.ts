import type { Item } from '../../domain/item.ts';
import type { Json } from '../../domain/json.ts';
import type { Prompt } from '../../domain/prompt.ts';
import type { CallFacts, PersonRating } from '../../ports/answer-reader.ts';
import type { DimensionName } from './answer-table.ts';
import type { Status } from './query.ts';
import type { Tallies } from './select.ts';

/** A run as the list of runs has it. */
export interface RunName {
  readonly id: string;
  readonly name: string;
}

/** What the pages of a run show besides its answers. */
export interface RunFacts extends RunName {
  /** Why the figures measure nothing; null for runs on real endpoints. */
  readonly simulated: string | null;
  readonly judges: readonly string[];
  readonly labels: Readonly<Record<DimensionName, readonly string[]>>;
  /** Models asked in one way each, as addresses name them. */
  readonly series: readonly string[];
  readonly progress: Progress;
  /** Whether people may rate here. */
  readonly ratable: boolean;
}

/** How far a run is. */
export interface Progress {
  readonly answers: number;
  readonly answered: number;
  readonly judgments: number;
  readonly rated: number;
  /** Ended without a rating. */
  readonly missing: number;
  /** Calls have been stored in the last moments. */
  readonly live: boolean;
}

/** The ratings of an answer by one judge. */
export interface JudgeRatings {
  readonly judge: string;
  /** One per judging that gave a rating. */
  readonly ratings: readonly number[];
}

/** An answer in a list, its texts cut. */
export interface ListedAnswer {
  readonly id: number;
  readonly item: string;
  readonly model: string;
  readonly style: string;
  readonly trial: number;
  readonly culture: string;
  readonly category: string;
  readonly scope: string;
  readonly question: string;
  readonly language: string;
  readonly answer: string | null;
  /** The answer's language as it was found to be. */
  readonly detected: string | null;
  readonly rating: number | null;
  readonly byJudge: readonly JudgeRatings[];
  readonly people: number | null;
  readonly apart: number | null;
  readonly statuses: readonly Status[];
}

/** Which part of a list is shown. */
export interface PageOf {
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  /** Share of the texts that a search has looked through: 1 when it is done. */
  readonly searched: number;
}

export interface AnswerList extends PageOf {
  /** Answers of the run. */
  readonly of: number;
  readonly answers: readonly ListedAnswer[];
  readonly tallies: Tallies;
}

/** A question with one answer per side. */
export interface ListedPair {
  readonly item: string;
  readonly culture: string;
  readonly category: string;
  readonly question: string;
  readonly language: string;
  readonly sides: readonly (ListedAnswer | null)[];
  /** By side: of all its answers to the question. */
  readonly ratings: readonly (number | null)[];
  readonly difference: number | null;
}

/** What `compare` finds on the questions that a filter leaves. */
export interface PairedFigures {
  readonly first: string;
  readonly second: string;
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
  readonly means: readonly [number | null, number | null];
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  readonly n: number;
  readonly detectable: number | null;
}

export interface PairList extends PageOf {
  /** Questions that all sides were asked. */
  readonly of: number;
  readonly sides: readonly string[];
  /** Whose ratings are compared. */
  readonly judge: string;
  readonly pairs: readonly ListedPair[];
  /** First against every other; why not, where they cannot be compared. */
  readonly figures: readonly (PairedFigures | { readonly refused: string })[];
  readonly tallies: Tallies;
}

/** A call as a page shows it. */
export interface ShownCall {
  readonly status: string;
  readonly text: string | null;
  readonly reasoning: string | null;
  readonly detail: Json;
  readonly call: CallFacts;
  /** US dollars; null where the config has no price or tokens were not counted. */
  readonly usd: number | null;
  /** As it was sent; null for answers made elsewhere, and where nothing was sent. */
  readonly prompt: Prompt | null;
}

export interface ShownJudgment extends ShownCall {
  readonly judge: string;
  readonly trial: number;
  readonly rating: number | null;
  readonly parse: string | null;
  readonly conflicting: boolean;
  readonly expectedRating: number | null;
}

/** An answer with all that is known of it. */
export interface AnswerFacts {
  readonly id: number;
  readonly item: Item;
  readonly model: string;
  readonly style: string;
  readonly trial: number;
  readonly response: ShownCall;
  readonly detected: string | null;
  readonly statuses: readonly Status[];
  readonly judgments: readonly ShownJudgment[];
  readonly people: readonly PersonRating[];
}

/** An answer with its place in the list it was opened from. */
export interface AnswerView {
  readonly answer: AnswerFacts;
  /** From 0; null where the list does not have it. */
  readonly place: number | null;
  readonly total: number;
  readonly previous: number | null;
  readonly next: number | null;
  /** All answers to the same question. */
  readonly others: readonly OtherAnswer[];
}

export interface OtherAnswer {
  readonly id: number;
  readonly model: string;
  readonly style: string;
  readonly trial: number;
  readonly rating: number | null;
}
