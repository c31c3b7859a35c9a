import type { BatchOperation } from '../wire/routes.ts';
import type { WireReply } from '../wire/wire-reply.ts';

/** One result line as it would be written. */
export interface ResultLine {
  readonly custom_id: string;
  readonly response: { readonly status_code: number; readonly body: unknown } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** How a batch is to go. */
export interface BatchCourse {
  readonly end: 'completed' | 'failed' | 'expired' | 'cancelled';
  /** Part of its lines whose calls are made. */
  readonly share: number;
  /** Looks that find it in progress. */
  readonly looks: number;
  readonly errors: readonly {
    readonly code: string;
    readonly message: string;
    readonly line: number | null;
  }[];
}

/** Something that goes wrong with files and batches. */
export interface BatchFault {
  readonly what: string;
  /** Another reply to a request; `lost`: it is carried out, and no reply comes. */
  readonly reply?: {
    readonly to: BatchOperation;
    readonly with: WireReply | 'lost';
  };
  /** Another course for a new batch. */
  readonly course?: Partial<BatchCourse>;
  /** Other results of a batch. */
  readonly results?: (lines: readonly ResultLine[]) => readonly ResultLine[];
  /** Another text of an output file. */
  readonly text?: (output: string) => string;
}
