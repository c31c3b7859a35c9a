import type { LanguageVerdict } from '../domain/answer-language.ts';
import type { Item } from '../domain/item.ts';
import type { Json } from '../domain/json.ts';
import type { JudgmentStatus } from '../domain/judgment.ts';
import type { ResponseStatus } from '../domain/model-response.ts';

/** An answer of a run without its texts. */
export interface AnswerRow {
  /** The planned answer; grows along the plan. */
  readonly id: number;
  readonly model: number;
  readonly style: number;
  /** An ItemLabels position. */
  readonly item: number;
  readonly trial: number;
  /** The stored answer: runs that share it name it alike. */
  readonly response: number;
  readonly status: ResponseStatus | 'pending';
  /** 1: it holds what reads like a verdict. */
  readonly suspect: number;
  /** Length in code points; null without a text. */
  readonly characters: number | null;
  /** null: not looked at. */
  readonly language: LanguageVerdict | null;
}

/** One planned judgment without its texts. */
export interface JudgmentRow {
  /** An AnswerRow id. */
  readonly answer: number;
  readonly judge: number;
  readonly status: JudgmentStatus | 'pending';
  readonly rating: number | null;
  /** 1: the verdict holds ratings that differ. */
  readonly conflicting: number;
}

/** A page behind an id. */
export interface AnswerPage {
  readonly after: number;
  readonly limit: number;
}

/** A span of answers, both ends included. */
export interface AnswerSpan {
  readonly first: number;
  readonly last: number;
}

/** What a search looks through. */
export interface SearchedText {
  readonly answer: number;
  readonly text: string;
}

/** An item's texts by its ItemLabels position. */
export interface QuestionTexts {
  readonly position: number;
  readonly question: string;
  readonly reference: string;
}

/** What a list shows of an answer. */
export interface AnswerBeginning {
  readonly id: number;
  readonly question: string;
  readonly language: string;
  /** null where there is none. */
  readonly answer: string | null;
  readonly detected: string | null;
}

/** What is kept of a call besides its text; null where it was not made or not recorded. */
export interface CallFacts {
  readonly servedModel: string | null;
  readonly systemFingerprint: string | null;
  readonly finishReason: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly estimatedPromptTokens: number | null;
  readonly estimatedCompletionTokens: number | null;
  readonly attempts: number | null;
  readonly latencyMs: number | null;
  /** Epoch milliseconds. */
  readonly endedAt: number | null;
  readonly notes: readonly string[];
}

/** A call's words and how it ended. */
export interface StoredCall {
  readonly status: string;
  readonly text: string | null;
  readonly reasoning: string | null;
  /** Why there is no text or rating, as it was recorded. */
  readonly detail: Json;
  readonly call: CallFacts;
}

export interface StoredJudgment extends StoredCall {
  readonly judge: number;
  readonly trial: number;
  readonly rating: number | null;
  readonly parse: string | null;
  readonly conflicting: boolean;
  readonly expectedRating: number | null;
}

/** One answer with all that the store has about it. */
export interface StoredAnswer {
  readonly id: number;
  readonly model: number;
  readonly style: number;
  readonly trial: number;
  readonly item: Item;
  readonly response: StoredCall;
  readonly suspect: boolean;
  readonly language: LanguageVerdict | null;
  readonly detected: string | null;
  readonly judgments: readonly StoredJudgment[];
}

/** What one person gave to an answer. */
export interface PersonRating {
  readonly rater: string;
  readonly occasion: number;
  /** On the scale 1 to 10. */
  readonly rating: number;
  readonly note: string | null;
  readonly source: string;
  /** Epoch milliseconds; null for imported ratings. */
  readonly ratedAt: number | null;
}

/** Reads a run's answers as they stand, in pages, so that a run may be going on. */
export interface AnswerReader {
  /** Changes when another connection has written to the store. */
  version(): number;
  /** In the order of the plan. */
  answers(run: string, page: AnswerPage): AnswerRow[];
  /** Of the run's answers in a span; by answer, then judge. */
  judgments(run: string, span: AnswerSpan): JudgmentRow[];
  /** Texts of the run's answers in a span. */
  answerTexts(run: string, span: AnswerSpan): SearchedText[];
  verdictTexts(run: string, span: AnswerSpan): SearchedText[];
  /** The run's items by position, with their questions and references. */
  questions(run: string): QuestionTexts[];
  /** At most `characters` of each text, in the order of the ids. */
  beginnings(ids: readonly number[], characters: number): AnswerBeginning[];
  /** null where the run has no such answer. */
  answer(run: string, id: number): StoredAnswer | null;
  /** Human ratings of an answer, by its content. */
  ratingsOf(question: string, answer: string): PersonRating[];
  /** Executions that have not ended: one that works, or one that was killed. */
  openSessions(run: string): number;
}
