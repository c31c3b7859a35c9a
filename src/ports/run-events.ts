import type { TokenEstimate, Usage } from '../domain/call.ts';
import type { JudgmentStatus } from '../domain/judgment.ts';
import type { ResponseStatus } from '../domain/model-response.ts';

/** What a run tells while it works; the display decides what to show of it. */
export type RunEvent =
  /** The plan is being written; a large one takes minutes. */
  | { readonly kind: 'planning'; readonly questions: number; readonly of: number }
  /** The plan is known. Counts are calls of this execution; what the store has already is `stored`. */
  | { readonly kind: 'planned'; readonly tracks: readonly Track[] }
  | {
      readonly kind: 'answered';
      /** Position in the run's models. */
      readonly model: number;
      readonly status: ResponseStatus;
      readonly usage: Usage | null;
      /** Tokens by length, of a reply without `usage`. */
      readonly estimated: TokenEstimate | null;
      /** It came out of a batch. */
      readonly batched?: true;
    }
  | {
      readonly kind: 'judged';
      /** Position in the run's judges. */
      readonly judge: number;
      readonly status: JudgmentStatus;
      readonly usage: Usage | null;
      /** Tokens by length, of a reply without `usage`. */
      readonly estimated: TokenEstimate | null;
      /** It came out of a batch. */
      readonly batched?: true;
    }
  /** A judgment beside the plan: of an anchor, or of an audit. */
  | {
      readonly kind: 'probed';
      /** Position in the run's judges. */
      readonly judge: number;
      readonly status: JudgmentStatus;
      readonly usage: Usage | null;
      /** Tokens by length, of a reply without `usage`. */
      readonly estimated: TokenEstimate | null;
      /** It came out of a batch. */
      readonly batched?: true;
    }
  /** A request went out; `call` names it until it has come back. */
  | { readonly kind: 'sent'; readonly call: string; readonly model: string }
  | { readonly kind: 'returned'; readonly call: string }
  /** Something a person should know once: an endpoint that stopped, a limit that was met. */
  | { readonly kind: 'notice'; readonly level: 'warning' | 'error'; readonly message: string };

/** Progress of one model or judge. */
export interface Track {
  readonly role: 'model' | 'judge';
  readonly position: number;
  readonly label: string;
  readonly planned: number;
  readonly stored: number;
}

export type RunListener = (event: RunEvent) => void;
