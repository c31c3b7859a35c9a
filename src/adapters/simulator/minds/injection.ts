import type { CompletionBody, Generated } from '../wire/completions.ts';
import type { WireReply } from '../wire/wire-reply.ts';
import type { Ask } from './ask.ts';

/** What a fault does to one request. */
export type Injection =
  /** `reply` in place of the answer. */
  | { readonly kind: 'reply'; readonly reply: WireReply }
  /** The answer, but late. `holdsId` keeps the request id taken for so long, hung up or not. */
  | { readonly kind: 'late'; readonly ms: number; readonly holdsId: boolean }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang-up' }
  /** Headers, then a space every `ms`, for as long as anybody listens. */
  | { readonly kind: 'drip'; readonly ms: number }
  /** An interim response every `ms`, for as long as anybody listens. */
  | { readonly kind: 'interim'; readonly ms: number }
  /** Half of the answer, `ms` of silence, then FIN. */
  | { readonly kind: 'half'; readonly framing: 'length' | 'chunked'; readonly ms: number }
  /** For `ms` generation gets `reply` and /health gets `health`; other routes only if `everywhere`. */
  | {
      readonly kind: 'outage';
      readonly ms: number;
      readonly reply: WireReply;
      readonly health: WireReply;
      readonly everywhere: boolean;
      /** Resets the calls in flight as well. */
      readonly dropsInFlight: boolean;
    }
  /** `reply`, then no listening socket for `ms`. */
  | { readonly kind: 'restart'; readonly ms: number; readonly reply: WireReply };

/** The answer as it would be: a fault may change what was generated, or the body around it. */
export interface Answer {
  readonly ask: Ask;
  readonly generated: Generated;
  readonly body: (generated: Generated) => CompletionBody;
}

/** What a fault may look at. */
export interface FaultContext {
  /** null for routes that generate nothing. */
  readonly answer: Answer | null;
  readonly requestId: string | null;
  /** Whether the socket has carried a request before. */
  readonly socketReused: boolean;
  /** Generation requests of the last second, this one included. */
  readonly recentRequests: number;
  /** The rule's own duration. */
  readonly ms: number | undefined;
  readonly perSecond: number;
}

/** Decides what happens; null where the fault has nothing to bite on, and is not counted. */
export type Injector = (context: FaultContext) => Injection | null;

/** Always the same reply. */
export function always(reply: WireReply): Injector {
  return () => ({ kind: 'reply', reply });
}
