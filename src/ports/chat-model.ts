import type { CallError, FilterFinding, Usage } from '../domain/call.ts';
import type { Api, Decoding } from '../domain/model-spec.ts';
import type { Prompt } from '../domain/prompt.ts';

/** One call to a model. */
export interface ChatRequest {
  readonly model: string;
  readonly api: Api;
  readonly prompt: Prompt;
  readonly decoding: Decoding;
  /** A parameter that the model rejects fails the call; otherwise it is left out, with a note. */
  readonly strictParams: boolean;
}

/** One token that could have stood at a place. */
export interface TokenChoice {
  readonly text: string;
  /** UTF-8; null where the server gives text alone, in which half a character is no longer itself. */
  readonly bytes: readonly number[] | null;
  /** Natural logarithm of its probability. */
  readonly logprob: number;
}

/** The token that stands at a place, and the likeliest for it, which mostly hold it too. */
export interface TokenLogprob extends TokenChoice {
  readonly top: readonly TokenChoice[];
}

/** What came back with a usable body. Texts are as on the wire. */
export interface ChatReply {
  /** The generated text; null where the server sent none. */
  readonly content: string | null;
  /** Thinking that the server keeps in a field of its own. */
  readonly reasoning: string | null;
  readonly finishReason: string | null;
  readonly servedModel: string | null;
  readonly systemFingerprint: string | null;
  readonly usage: Usage | null;
  /** Tokens of the reply with their probabilities, where they were asked for and given. */
  readonly logprobs: readonly TokenLogprob[] | null;
  readonly notes: readonly string[];
  /** Parameters that were left out or renamed because the model rejects them; true of all its calls. */
  readonly adaptations: readonly string[];
  /** URL of the replica that wrote it; absent where the endpoint has but one. */
  readonly replica?: string;
}

/** How one HTTP attempt ended, sorted by what the caller can do about it. */
export type AttemptOutcome =
  | { readonly kind: 'reply'; readonly reply: ChatReply }
  /** A content filter blocked the prompt or the whole completion: final for this item. */
  | {
      readonly kind: 'filtered';
      readonly filter: FilterFinding;
      readonly text: string | null;
      readonly servedModel: string | null;
    }
  /** The socket was stale and no byte came back: try again at once, not counted as an attempt. */
  | { readonly kind: 'stale-socket'; readonly error: CallError }
  /** Worth another try after `waitMs` (the server's own wish) or a backoff. */
  | {
      readonly kind: 'retryable';
      readonly error: CallError;
      readonly waitMs: number | null;
      /** `endpoint`: a rate limit, which holds back every call to this endpoint. */
      readonly holds: 'call' | 'endpoint';
    }
  /** Final for this item, other items may succeed: context overflow, a rejected request. */
  | { readonly kind: 'terminal'; readonly error: CallError }
  /** Final for the endpoint: wrong key, no such model, something that is no model server. */
  | { readonly kind: 'fatal'; readonly error: CallError };

export interface AttemptOptions {
  readonly signal: AbortSignal;
  /** Unique per attempt; sent as X-Request-Id. */
  readonly requestId: string;
  /** Told what an answer says about the quota, before the outcome is. A refusal names its own wait. */
  readonly onQuota?: (reading: QuotaReading) => void;
}

/** What a deployment allows in a minute, and what is left of it. */
export interface QuotaState {
  /** More than 0. */
  readonly limit: number;
  /** At most `limit`. */
  readonly remaining: number;
}

/** null where the endpoint does not say. */
export interface QuotaReading {
  readonly requests: QuotaState | null;
  readonly tokens: QuotaState | null;
}

/** A model endpoint that can be asked once. Never throws but for bugs and an aborted signal. */
export interface ChatModel {
  ask(request: ChatRequest, options: AttemptOptions): Promise<AttemptOutcome>;
  /** Names of the models the endpoint serves, or why it cannot say. */
  listModels(signal: AbortSignal): Promise<ModelListing>;
  /** Whether it answers at all: vLLM by its /health, others by any reply that is no 5xx. */
  isUp(signal: AbortSignal): Promise<boolean>;
  /** How busy the server says it is; null where it does not say. */
  load(signal: AbortSignal): Promise<EndpointLoad | null>;
  /** Versions that vLLM's replicas name; empty where the server names none. */
  versions(signal: AbortSignal): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** vLLM's gauges, summed over engines and replicas. */
export interface EndpointLoad {
  readonly running: number;
  /** In the server's own queue. */
  readonly waiting: number;
  /** Fullest cache of all engines, 0 to 1; null where not told. */
  readonly cacheUsage: number | null;
  /** Running requests thrown back into the queue, since the server began. */
  readonly preemptions: number;
}

export type ModelListing =
  | { readonly kind: 'models'; readonly names: readonly string[] }
  | { readonly kind: 'unlisted'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly error: CallError };

/** How a call ended, all its attempts over. */
export type EndedCall =
  | { readonly kind: 'reply'; readonly reply: ChatReply }
  | {
      readonly kind: 'filtered';
      readonly filter: FilterFinding;
      readonly text: string | null;
      readonly servedModel: string | null;
    }
  | { readonly kind: 'failed'; readonly error: CallError };
