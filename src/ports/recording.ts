import type { Judgment } from '../domain/judgment.ts';
import type { ModelResponse } from '../domain/model-response.ts';
import type { JudgmentMeta, ResponseMeta } from './outcome-meta.ts';

/** Which file calls are answered from, so that a report can name it. */
export interface RecordingOrigin {
  /** The file's name, without its folder. */
  readonly file: string;
  /** Of the file's bytes, as 64 hex digits; what `sha256sum` prints. */
  readonly sha256: string;
  /** Of the write-ahead log that lay beside it, which belongs to it; null where there was none. */
  readonly walSha256: string | null;
  /** Ids of the runs in it. */
  readonly runs: readonly string[];
  /** Some run in it was a rehearsal. */
  readonly rehearsal: boolean;
}

/** Calls that were made before, by the key that the plan gives them. Nothing here writes to it. */
export interface Recording {
  readonly origin: RecordingOrigin;
  /** null for a call that it does not hold, or that had not ended. */
  response(key: string): { readonly response: ModelResponse; readonly meta: ResponseMeta } | null;
  judgment(key: string): { readonly judgment: Judgment; readonly meta: JudgmentMeta } | null;
  close(): void;
}
