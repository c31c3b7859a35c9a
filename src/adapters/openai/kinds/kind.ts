import type { BuildRequest } from '../request/plain-request.ts';

/** What proves who asks, to be sent with each request. */
export type Credentials =
  /** Empty: no header goes out at all, as some servers refuse an empty one. */
  | { readonly kind: 'bearer'; readonly key: string }
  | { readonly kind: 'api-key'; readonly key: string }
  | { readonly kind: 'entra'; readonly scope: string };

export interface Base {
  readonly baseUrl: string;
  readonly build: BuildRequest;
}

/** What is special about one kind of endpoint; everything else is the same for all. */
export interface EndpointKind {
  /** What a model's name is the name of. */
  readonly noun: 'model' | 'deployment';
  /** URLs of the config that may hold a name and password. */
  readonly urls: readonly string[];
  readonly credentials: Credentials;
  /** Each can be asked. What builds its requests is loaded here and not before. */
  readonly bases: () => Promise<readonly Base[]>;
  /** Why it cannot list its models; null where it can. */
  readonly unlisted: string | null;
  /**
   * Where, for a client's URL, the inference engine itself is asked: /health, /metrics, /version. null
   * where there is no engine to ask, and any reply has to do as a sign of life.
   */
  readonly engine: ((clientUrl: string) => string) | null;
}
