import type { ConcurrencyHistory } from '../domain/concurrency-history.ts';
import type { Item } from '../domain/item.ts';
import type { Json } from '../domain/json.ts';
import type { Judgment, JudgmentStatus } from '../domain/judgment.ts';
import type { ModelResponse, ResponseStatus } from '../domain/model-response.ts';
import type { RuleJudgment, RuleStatus } from '../domain/rule-judgment.ts';
import type { RunDefinition } from '../domain/run-definition.ts';
import type { Shard } from '../domain/shard.ts';
import type { Spending } from '../domain/spending.ts';
import type { TokenEvidence } from '../domain/token-evidence.ts';
import type { AnswerLanguageStore } from './answer-languages.ts';
import type { BatchStore } from './batch-store.ts';
import type { PlannedProbe, Rewrite, StoredAudit, StoredProbe } from './extra-judgments.ts';
import type { JudgmentMeta, ResponseMeta } from './outcome-meta.ts';

/** One planned answer with its planned judgments. Positions point into the run's definition. */
export interface PlannedResponse {
  readonly model: number;
  readonly style: number;
  readonly trial: number;
  readonly key: string;
  /** Present for answers made elsewhere: they are stored as they are and never asked for. */
  readonly recorded: { readonly response: ModelResponse; readonly meta: ResponseMeta } | null;
  readonly judgments: readonly PlannedJudgment[];
  /** Positions of the run's scorers that score it by a rule; empty for questions that a judge rates. */
  readonly scorers: readonly number[];
}

export interface PlannedJudgment {
  readonly judge: number;
  readonly trial: number;
  readonly key: string;
}

export interface PlannedItem {
  readonly item: Item;
  readonly responses: readonly PlannedResponse[];
}

/** A planned answer that still needs a call, or whose answer still needs judging. */
export interface PendingUnit {
  /** Grows along the plan; a page begins behind the last one's. */
  readonly position: number;
  readonly item: Item;
  readonly style: number;
  readonly trial: number;
  readonly responseId: number;
  /** What names the call in any store. */
  readonly key: string;
  /** Text to judge when the answer is already there; null while it has to be asked for. */
  readonly answer: string | null;
  readonly judgments: readonly {
    readonly id: number;
    readonly key: string;
    readonly judge: number;
    readonly trial: number;
    /** How often the judge has been asked; 0 for a judgment that is pending. */
    readonly asks: number;
  }[];
  /** Token probabilities that came with the answer. */
  readonly evidence: TokenEvidence | null;
  /** Positions of the scorers that have not scored it. */
  readonly scorers: readonly number[];
}

export interface PendingQuery {
  readonly model: number;
  readonly after: number;
  readonly limit: number;
  /** Also what ended without a rating, content filters excepted. */
  readonly retryMissing: boolean;
  /** Also judgments whose verdict had no rating: a judge may be asked again. */
  readonly unparsed?: boolean;
}

/** Counts of a run's planned calls by how they stand. */
export interface RunCounts {
  readonly responses: Readonly<Record<ResponseStatus | 'pending', number>>;
  readonly judgments: Readonly<Record<JudgmentStatus | 'pending', number>>;
  /** Pending judgments whose answer gave nothing to judge: no call will be made for them. */
  readonly unjudgeable: number;
  /** Answers scored by rules. */
  readonly rules: Readonly<Record<RuleStatus | 'pending', number>>;
  /** Pending ones of these whose answer gave nothing to score. */
  readonly unscorable: number;
  /** Pending ones whose answer is there. */
  readonly scorable: number;
  /** Rated judgments whose verdict holds different ratings: the last one counts. */
  readonly conflicting: number;
}

export interface TrackCount {
  readonly role: 'model' | 'judge';
  /** Position in the run's models or judges. */
  readonly position: number;
  readonly planned: number;
  readonly stored: number;
}

/** Tokens of a run's ended calls, each call counted once however often it is planned. */
export interface UsageTotal {
  readonly role: 'model' | 'judge';
  readonly position: number;
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompt tokens. */
  readonly cachedTokens: number;
  /** By length, of replies without token counts. */
  readonly estimatedPromptTokens: number;
  readonly estimatedCompletionTokens: number;
  /** Calls with a reply that came without token counts. */
  readonly uncounted: number;
  /** Of the tokens above, those of calls that came out of batches. */
  readonly batchPromptTokens: number;
  readonly batchCompletionTokens: number;
  readonly batchCachedTokens: number;
}

/**
 * `budget`: the config's was spent. `waiting`: calls are in batches that have not ended. `broken-off`: an
 * error ended it, such as a full disk.
 */
export type SessionOutcome = 'finished' | 'stopped' | 'budget' | 'waiting' | 'broken-off';

/** One execution of a run: when, by what program, and how it ended. */
export interface SessionEnd {
  readonly endedAt: number;
  readonly outcome: SessionOutcome;
  readonly calls: number;
  /** How many calls the endpoints were given at once. */
  readonly limits: readonly ConcurrencyHistory[];
  readonly spending: readonly Spending[];
}

/**
 * Where runs are kept. Everything is synchronous but the saving of calls, which commits those that
 * end in the same moment together. Throws, or rejects with, OperatorError when the disk is full, the file is read-only or no store.
 */
export interface RunStore extends AnswerLanguageStore {
  /**
   * Creates the run, or finds it when a run with this plan key exists. A run that is found takes
   * over families and juries, which plan nothing, from the definition.
   */
  openRun(definition: RunDefinition): { readonly id: string; readonly planned: boolean };
  addToPlan(runId: string, items: readonly PlannedItem[]): void;
  /** Says that the plan is whole; a run without this is planned again from the start. */
  closePlan(runId: string): void;
  /** Shows from now on, of every plan, the part of one shard alone: pending calls, counts, tokens. */
  keepTo(shard: Shard): void;
  /** `position` in the order of the plan; pages of at most `limit`. */
  pendingUnits(runId: string, query: PendingQuery): PendingUnit[];
  /**
   * Writes an answer in the place of what is there; resolves when it is on file. A failure replaces
   * only a failure or nothing: what an earlier try brought stays. Attempts and tokens of all tries
   * add up.
   */
  saveResponse(responseId: number, response: ModelResponse, meta: ResponseMeta): Promise<void>;
  /** The same for a judgment. */
  saveJudgment(judgmentId: number, judgment: Judgment, meta: JudgmentMeta): Promise<void>;
  /** Writes how rules scored a planned answer, named by its position in the plan. */
  saveRuleJudgments(position: number, scored: readonly ScoredByRule[]): Promise<void>;
  countRun(runId: string): RunCounts;
  /** Planned and already ended calls of each model and judge. */
  trackCounts(runId: string): TrackCount[];
  usageTotals(runId: string): UsageTotal[];
  /** Whether anything tells of a judge's drift: anchors, or an endpoint that named several models. */
  tellsOfDrift(runId: string): boolean;
  beginSession(runId: string, provenance: Json): number;
  endSession(sessionId: number, end: SessionEnd): void;
  /** Judgments beside the plan. */
  readonly probes: ProbeStore;
  /** Calls that go out in files. */
  readonly batches: BatchStore;
  close(): void;
}

/** Keeps probes. What an earlier execution brought stays. */
export interface ProbeStore {
  /** Adds probes that are not there, and returns all of them as they stand. */
  plan(probes: readonly PlannedProbe[]): StoredProbe[];
  /** A failure replaces only a failure or nothing; resolves when it is on file. */
  save(id: number, judgment: Judgment, meta: JudgmentMeta): Promise<void>;
  saveAudit(audit: StoredAudit): void;
  saveRewrite(rewrite: Rewrite): void;
}

/** One scorer's outcome, and the version of the rule that made it. */
export interface ScoredByRule {
  /** Position in the run's scorers. */
  readonly scorer: number;
  readonly judgment: RuleJudgment;
  readonly version: number;
}
