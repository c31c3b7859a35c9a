import type { LanguageVerdict } from '../domain/answer-language.ts';

/** An answer's text with the language it was asked in. */
export interface AskedAnswer {
  /** Grows from answer to answer; the next page begins behind the last one's. */
  readonly position: number;
  readonly response: number;
  /** The item's language, as its file says. */
  readonly language: string;
  readonly text: string;
}

/** What the answer's language was found to be. */
export interface AnswerLanguageRow {
  readonly response: number;
  readonly language: string;
  readonly verdict: LanguageVerdict;
  readonly detected: string | null;
}

export interface UnlabelledQuery {
  /** One run's, or all. */
  readonly run: string | null;
  /** The version of the method; what another one found is looked at again. */
  readonly version: number;
  readonly after: number;
  readonly limit: number;
  /** Planned answers to look through for them; -1 for all. */
  readonly scan: number;
}

/** Where answers are kept whose language is to be told. */
export interface AnswerLanguageStore {
  /** Answers with a text that no row of this version is about; one that is planned twice may come twice. */
  unlabelledAnswers(query: UnlabelledQuery): AskedAnswer[];
  saveAnswerLanguages(rows: readonly AnswerLanguageRow[], version: number): void;
}

/** The same in a store that no run is writing to. */
export interface AnswerLanguageArchive extends AnswerLanguageStore {
  close(): void;
}

/** Answers of one model and culture by what their language was found to be. */
export interface AnswerLanguageTally {
  readonly model: number;
  readonly culture: string;
  /** null: not looked at yet. */
  readonly verdict: LanguageVerdict | null;
  readonly detected: string | null;
  readonly answers: number;
}
