import type { ConcurrencyHistory } from '../domain/concurrency-history.ts';
import type { Item } from '../domain/item.ts';
import type { Json } from '../domain/json.ts';
import type { Judgment, JudgmentStatus, VerdictFormat } from '../domain/judgment.ts';
import type { ResponseStatus } from '../domain/model-response.ts';
import type { RunDefinition } from '../domain/run-definition.ts';
import type { Spending } from '../domain/spending.ts';
import type { AnswerLanguageTally } from './answer-languages.ts';
import type { AnswerReader } from './answer-reader.ts';
import type { BatchArchive } from './batch-store.ts';
import type { ProbeArchive } from './extra-judgments.ts';
import type { HumanRatingArchive } from './human-ratings.ts';
import type { RatingPartitions, RatingRow } from './rating-partitions.ts';
import type { RuleArchive } from './rule-archive.ts';

/** A run as a list of runs shows it. */
export interface RunListing {
  readonly id: string;
  readonly name: string;
  readonly planned: number;
  readonly rated: number;
  /** Epoch milliseconds of the newest call; null before the first. */
  readonly lastCallAt: number | null;
}

/** One execution of a run as it was recorded. */
export interface SessionRecord {
  readonly provenance: Json;
  readonly endedAt: number | null;
  readonly outcome: string | null;
  readonly calls: number | null;
  /** How many calls the endpoints were given at once; empty for a session that was killed. */
  readonly limits: readonly ConcurrencyHistory[];
  readonly spending: readonly Spending[];
}

/** Names that endpoints gave for what they served, with the number of calls. */
export interface ServedModel {
  readonly role: 'model' | 'judge';
  readonly label: string;
  readonly servedModel: string | null;
  readonly systemFingerprint: string | null;
  readonly calls: number;
}

export interface StoredRun {
  readonly definition: RunDefinition;
  readonly sessions: readonly SessionRecord[];
  readonly served: readonly ServedModel[];
}

/** What a planned judgment that gave no rating is counted under. */
export const MISSING_REASONS = [
  'response_empty',
  'response_filtered',
  'response_failed',
  'judgment_unparsed',
  'judgment_out_of_range',
  'judgment_filtered',
  'judgment_failed',
  'not_called',
] as const;
export type MissingReason = (typeof MISSING_REASONS)[number];

/** Labels of one item of a run; `position` is what scores refer to. */
export interface ItemLabels {
  readonly position: number;
  /** Hash of the item's content: equal keys are the same question, in any run and store. */
  readonly key: string;
  readonly id: string;
  readonly culture: string;
  readonly language: string;
  readonly category: string;
  readonly scope: string | null;
  readonly association: string | null;
  readonly cluster: string | null;
}

/** One question's ratings under one model, style and judge, trials put together. */
export interface QuestionScore {
  readonly model: number;
  readonly style: number;
  readonly judge: number;
  /** An ItemLabels position. */
  readonly item: number;
  /**
   * Mean over judgment trials, then over response trials; for a model with `best`, the highest over
   * its answers. null where nothing was rated.
   */
  readonly rating: number | null;
  /** Judgments of all its answers, those of a `best` model too. */
  readonly planned: number;
  readonly rated: number;
}

/** The same of expected ratings, with what the tokens said about them. */
export interface ExpectedScore extends QuestionScore {
  /** Sums over the question's judgments that have an expected rating, whatever its mass. */
  readonly told: number;
  readonly massSum: number;
  readonly entropySum: number;
}

/** One rating with its place among the trials; ratings that are missing are left out. */
export interface TrialRating {
  readonly model: number;
  readonly style: number;
  readonly judge: number;
  /** An ItemLabels position. */
  readonly item: number;
  /** Response trial; judgment trials of one answer share it. */
  readonly trial: number;
  readonly rating: number;
}

/** One answer's mean rating by one judge; answers without a rating are left out. */
export interface AnswerRating {
  /** The answer's key by content: equal in all runs that have it. */
  readonly answer: string;
  /** A place at which the run has it. */
  readonly response: number;
  readonly model: number;
  readonly judge: number;
  /** An ItemLabels position. */
  readonly item: number;
  readonly rating: number;
  /** Ratings that it is the mean of. */
  readonly ratings: number;
  /** Length in characters (code points). */
  readonly characters: number;
}

/** Planned and missing judgments of one cell. */
export interface CoverageRow {
  readonly model: number;
  readonly style: number;
  readonly judge: number;
  readonly culture: string;
  readonly category: string;
  readonly planned: number;
  readonly rated: number;
  readonly missing: Readonly<Record<MissingReason, number>>;
  /** Rated answers that had hit max_tokens. */
  readonly truncated: number;
}

/** Verdicts that hold ratings that differ. */
export interface Contradictions {
  /** The last `Rating: [[n]]` counts. */
  readonly rated: number;
  /** Bare `[[n]]`: none counts. */
  readonly unrated: number;
}

/** Judgments without a rating for one cause; names as the run has them. */
export interface MissingCause {
  readonly model: string;
  readonly variant: string | null;
  /** null where the answer gave nothing to judge. */
  readonly judge: string | null;
  readonly reason: MissingReason;
  /** In words: `400 bad-request: …`. */
  readonly cause: string;
  readonly count: number;
}

/** Answers of one model and style in one language. */
export interface LanguageAnswers {
  readonly model: number;
  readonly style: number;
  readonly language: string;
  /** With a text, whole or cut short. */
  readonly answered: number;
  /** Those that had hit max_tokens. */
  readonly truncated: number;
}

/** An answer that holds what reads like a verdict, with the rating it got. */
export interface Suspect {
  readonly model: string;
  readonly variant: string | null;
  readonly style: string;
  readonly item: string;
  readonly judge: string;
  readonly answer: string;
  /** null where it was not rated. */
  readonly rating: number | null;
}

/** How often a judge gave a rating. */
export interface RatingTally {
  readonly model: number;
  readonly style: number;
  readonly judge: number;
  readonly culture: string;
  readonly rating: number;
  readonly count: number;
}

/** Where a planned judgment stands, without its texts. */
export interface JudgmentOutcome {
  /** The planned answer; together with judge and trial it names the judgment. */
  readonly response: number;
  readonly judge: number;
  readonly trial: number;
  readonly responseTrial: number;
  readonly model: number;
  readonly style: number;
  /** An ItemLabels position. */
  readonly item: number;
  readonly responseStatus: ResponseStatus | 'pending';
  readonly status: JudgmentStatus | 'pending';
  readonly rating: number | null;
  readonly parse: 'strict' | 'lenient' | null;
  readonly conflicting: boolean;
}

/** Names one planned judgment. */
export type JudgmentPlace = Pick<JudgmentOutcome, 'response' | 'judge' | 'trial'>;

/** One planned judgment with all its texts. */
export interface JudgedAnswer {
  readonly outcome: JudgmentOutcome;
  readonly responseTrial: number;
  readonly item: Item;
  readonly answer: string | null;
  /** The answer's language as it was found to be (see AnswerLanguage); null where nothing was. */
  readonly detected: string | null;
  /** Why there is no answer, as it was recorded: a filter's categories, an endpoint's message. */
  readonly answerDetail: Json;
  readonly verdict: string | null;
  readonly verdictDetail: Json;
}

/** A stored verdict text, to be read again. */
export interface StoredVerdict {
  readonly id: number;
  readonly text: string;
  readonly reasoning: string | null;
  readonly status: string;
  readonly rating: number | null;
  readonly format: VerdictFormat;
}

/** Reads a store. Nothing here changes it, but `saveVerdict`. */
export interface RunArchive extends ProbeArchive, RatingPartitions, RuleArchive {
  /** The store's file, as messages name it. */
  readonly file: string;
  readonly humanRatings: HumanRatingArchive;
  readonly batches: BatchArchive;
  /** Answers one by one, for a viewer. */
  readonly answers: AnswerReader;
  listRuns(): RunListing[];
  /** Throws OperatorError for an unknown id, naming those that exist. */
  loadRun(id: string): StoredRun;
  itemLabels(runId: string): IterableIterator<ItemLabels>;
  questionScores(runId: string): IterableIterator<QuestionScore>;
  /**
   * Expected ratings of judges that were asked for token probabilities, as `questionScores` averages;
   * those of less mass than `leastMass` count as missing.
   */
  expectedScores(runId: string, leastMass: number): IterableIterator<ExpectedScore>;
  /** Every rating by itself, but those of models whose best answer counts. */
  trialRatings(runId: string): IterableIterator<TrialRating>;
  /** By answer, then judge. */
  answerRatings(runId: string): IterableIterator<AnswerRating>;
  coverage(runId: string): CoverageRow[];
  /** Why ratings are missing, the most frequent causes first. */
  missingCauses(runId: string): MissingCause[];
  /** Verdicts that hold ratings that differ, with a rating and without one. */
  contradictions(runId: string): Contradictions;
  languageAnswers(runId: string): LanguageAnswers[];
  ratingTallies(runId: string): RatingTally[];
  /** How many answers are in the language they were asked in, model by model and culture by culture. */
  answerLanguages(runId: string): AnswerLanguageTally[];
  /** Every planned judgment in the order of the plan: all of one item's stand together. */
  outcomes(runId: string): IterableIterator<JudgmentOutcome>;
  judgedAnswer(runId: string, place: JudgmentPlace): JudgedAnswer;
  /** Rows of the view `ratings`, one run's or all, in the order of the plan. */
  ratingColumns(): readonly string[];
  ratings(runId: string | null): IterableIterator<RatingRow>;
  item(runId: string, position: number): Item;
  /** Whether a planned answer with this key has ended, in any run. */
  isAnswered(key: string): boolean;
  /** The same for a judgment. */
  isJudged(key: string): boolean;
  /** Answers that may lead a judge astray, in the order of the plan. */
  suspects(runId: string): Suspect[];
  close(): void;
}

/** Reads stored verdicts again with another parser, without a call. */
export interface VerdictArchive {
  /** Verdicts with a text, in pages behind `after`; one run's or all. */
  verdicts(runId: string | null, after: number, limit: number): StoredVerdict[];
  saveVerdicts(
    changes: readonly { readonly id: number; readonly judgment: Judgment }[],
    parserVersion: number,
  ): void;
  close(): void;
}
