/** An answer that may enter training data: whole, with a text, and rated. */
export interface Candidate {
  readonly text: string;
  /** Mean over raters or judgings, 1 to 10. */
  readonly rating: number;
  /** Ratings that it is the mean of. */
  readonly ratings: number;
  /** Who gave it; several where they gave the same text; empty where nobody knows. */
  readonly models: readonly string[];
  /** null for answers that no run has. */
  readonly run: string | null;
}

/** A question with the answers that can be compared. */
export interface RatedQuestion {
  /** Its content as a key. */
  readonly key: string;
  readonly id: string | null;
  readonly question: string;
  readonly reference: string | null;
  readonly culture: string | null;
  readonly category: string | null;
  readonly language: string | null;
  readonly association: string | null;
  readonly cluster: string | null;
  readonly candidates: readonly Candidate[];
}

/** Why an answer of a run is no candidate. */
export const EXCLUSIONS = [
  'truncated',
  'empty',
  'filtered',
  'failed',
  'pending',
  'unrated',
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/** What pairs are made of. */
export interface RatedQuestions {
  readonly ratings: 'judge' | 'human';
  /** The judge's name; null for human ratings. */
  readonly judge: string | null;
  readonly runs: readonly string[];
  readonly questions: readonly RatedQuestion[];
  readonly excluded: Readonly<Record<Exclusion, number>>;
  /** Why the answers measure nothing; null for real ones. */
  readonly simulated: string | null;
}

/** One text of a training row. */
export interface Side {
  readonly text: string;
  /** null for a reference, which nobody rated. */
  readonly rating: number | null;
  readonly models: readonly string[];
  readonly run: string | null;
  readonly source: 'answer' | 'reference';
}

export interface PreferencePair {
  readonly question: RatedQuestion;
  readonly chosen: Side;
  readonly rejected: Side;
  /** Rating of chosen less that of rejected; null against a reference. */
  readonly gap: number | null;
  /** Pairs that tied with this one and were not chosen. */
  readonly tied: number;
}

/** A completion by itself: desirable or not for KTO, desirable for SFT. */
export interface LabelledCompletion {
  readonly question: RatedQuestion;
  readonly completion: Side;
  readonly desirable: boolean;
}

export function sideOf({ text, rating, models, run }: Candidate): Side {
  return { text, rating, models, run, source: 'answer' };
}

/** The human reference as a completion; null for a question without one. */
export function referenceSide({ reference }: RatedQuestion): Side | null {
  if (reference === null) return null;
  return { text: reference, rating: null, models: [], run: null, source: 'reference' };
}

export const characters = (text: string): number => [...text].length;
