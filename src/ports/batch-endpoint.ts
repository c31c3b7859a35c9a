import type { CallError } from '../domain/call.ts';
import type { Decoding } from '../domain/model-spec.ts';
import type { AttemptOutcome, ChatRequest } from './chat-model.ts';

/** How one request about batches ended. */
export type BatchReply<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  /** There is no such file or batch. */
  | { readonly kind: 'absent'; readonly error: CallError }
  /** A quota is used up: files, or tokens that wait in batches. */
  | { readonly kind: 'quota'; readonly error: CallError }
  /** Nothing is known of what became of it, or it may work later. */
  | { readonly kind: 'unavailable'; readonly error: CallError; readonly waitMs: number | null }
  | { readonly kind: 'refused'; readonly error: CallError };

export interface RemoteFile {
  readonly id: string;
  readonly name: string;
  /** In lower case; null where the endpoint says nothing of it. */
  readonly status: string | null;
}

export interface RemoteBatch {
  readonly id: string;
  /** In lower case. */
  readonly status: string;
  readonly inputFileId: string | null;
  readonly outputFileId: string | null;
  readonly errorFileId: string | null;
  readonly errors: readonly { readonly code: string | null; readonly message: string }[];
  readonly counts: {
    readonly total: number | null;
    readonly completed: number | null;
    readonly failed: number | null;
  } | null;
  /** Epoch milliseconds. */
  readonly expiresAt: number | null;
}

/** One line of a result file. */
export type ReadLine =
  /** Not JSON, or without a custom_id. */
  | { readonly kind: 'unreadable' }
  | {
      readonly kind: 'answered';
      readonly customId: string;
      readonly outcome: AttemptOutcome;
      /** The reply of a refused request, for `learn`. */
      readonly refusal: { readonly status: number; readonly body: string } | null;
    }
  /** The call was not made: the batch ended before it. */
  | {
      readonly kind: 'not-called';
      readonly customId: string;
      readonly because: 'expired' | 'cancelled';
    };

/** A model's endpoint as a taker of files. Never throws but for bugs and an aborted signal. */
export interface BatchEndpoint {
  /** The `endpoint` of a new batch. */
  pathOf(request: Pick<ChatRequest, 'api'>): string;
  /** A line of an input file, with what was left out of the request. */
  line(
    customId: string,
    request: ChatRequest,
  ): { readonly text: string; readonly changes: readonly string[] };
  readLine(text: string, model: string): ReadLine;
  /** Whether a refusal shows how the model wants to be asked; `line` then asks so. */
  learn(
    request: {
      readonly model: string;
      readonly decoding: Decoding;
      readonly strictParams: boolean;
    },
    refusal: { readonly status: number; readonly body: string },
  ): boolean;
  upload(
    file: { readonly path: string; readonly name: string },
    signal: AbortSignal,
  ): Promise<BatchReply<RemoteFile>>;
  file(id: string, signal: AbortSignal): Promise<BatchReply<RemoteFile>>;
  filesNamed(name: string, signal: AbortSignal): Promise<BatchReply<readonly RemoteFile[]>>;
  removeFile(id: string, signal: AbortSignal): Promise<BatchReply<null>>;
  create(
    batch: { readonly fileId: string; readonly path: string },
    signal: AbortSignal,
  ): Promise<BatchReply<RemoteBatch>>;
  look(id: string, signal: AbortSignal): Promise<BatchReply<RemoteBatch>>;
  /** Batches made of an input file, the oldest first. */
  batchesOf(fileId: string, signal: AbortSignal): Promise<BatchReply<readonly RemoteBatch[]>>;
  cancel(id: string, signal: AbortSignal): Promise<BatchReply<null>>;
  /** Writes the content of a file to `path`: all of it or nothing. */
  download(
    file: { readonly id: string; readonly path: string },
    signal: AbortSignal,
  ): Promise<BatchReply<null>>;
  close(): Promise<void>;
}
