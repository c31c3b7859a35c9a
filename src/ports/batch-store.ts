import type {
  Batch,
  BatchedCall,
  BatchFacts,
  BatchProgress,
  BatchRole,
  TrackedBatch,
} from '../domain/batch.ts';
import type { Usage } from '../domain/call.ts';
import type { Judgment } from '../domain/judgment.ts';
import type { ModelResponse } from '../domain/model-response.ts';
import type { JudgmentMeta, ResponseMeta } from './outcome-meta.ts';

/** What became of one line. All but `stored` leave the call planned. */
export const LINE_FATES = [
  'stored',
  /** The store had it from elsewhere. */
  'known',
  /** An error that another try may not meet. */
  'retryable',
  /** All lines were refused in the same words: the setting is wrong, not the questions. */
  'refused',
  /** Its parameters were rejected; it goes out again without them. */
  'adapted',
  'expired',
  'cancelled',
  'absent',
] as const;
export type LineFate = (typeof LINE_FATES)[number];

/** One line as it was read; `ended` is there for what is to be stored. */
export interface LineResult {
  readonly key: string;
  readonly role: BatchRole;
  readonly position: number;
  readonly fate: LineFate;
  /** As the endpoint counted, or estimated. */
  readonly usage: Pick<Usage, 'promptTokens' | 'completionTokens' | 'cachedTokens'> | null;
  readonly ended:
    | { readonly kind: 'response'; readonly response: ModelResponse; readonly meta: ResponseMeta }
    | { readonly kind: 'judgment'; readonly judgment: Judgment; readonly meta: JudgmentMeta }
    | null;
}

/** Calls that are under way, by whose they are. */
export interface EnqueuedCalls {
  readonly role: 'model' | 'judge';
  readonly position: number;
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** Reads batches. */
export interface BatchArchive {
  /** In the order in which they were made; one run's or all. */
  list(runId: string | null): TrackedBatch[];
  find(batch: string): TrackedBatch | null;
  /** Whether a batch that has not been read holds this call. */
  isInFlight(key: string): boolean;
  /** What a run's batches in flight hold. */
  enqueued(runId: string): EnqueuedCalls[];
  /** The call of a line; null for an unknown custom_id. */
  call(batch: string, key: string): BatchedCall | null;
  /** How often the judge was asked for a judgment whose verdict had no rating; 0 for all else. */
  asksOf(call: BatchedCall): number;
  /** How often lines of this call have ended with an error that was worth another try. */
  retries(key: string): number;
  /** Calls of which nothing has been read. */
  unread(batch: string): string[];
  /** Lines by what became of them. */
  fates(batch: string): ReadonlyMap<LineFate, number>;
}

/** Keeps batches. Nothing is ever changed or taken away: steps and results are added. */
export interface BatchStore extends BatchArchive {
  /** Writes a batch with its calls, as prepared; all of it or nothing. */
  add(batch: Batch, calls: Iterable<BatchedCall>, at: number): void;
  step(
    batch: string,
    step: { readonly state: BatchProgress; readonly at: number; readonly facts: BatchFacts },
  ): void;
  /**
   * Stores results in one transaction and returns those that were new: a line that was read before
   * is left as it is, however often it comes.
   */
  record(batch: string, results: readonly LineResult[]): LineResult[];
}
