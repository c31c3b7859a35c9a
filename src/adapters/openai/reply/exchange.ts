/** Header names in lower case, as the socket gave them. */
export type WireHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A whole HTTP reply with its body as text, before anybody judged it. */
export interface WireReply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: WireHeaders;
  readonly bodyText: string;
  /** Where the body was no clean UTF-8: how it was read. */
  readonly encodingNote?: string;
}

/** A request that brought no whole reply. */
export interface WireFailure {
  readonly kind: 'failure';
  /** `reply`: the status line had come and the body broke off. */
  readonly stage: 'request' | 'reply';
  readonly error: unknown;
  /** Whether the socket had carried an earlier reply: then it may have been closed while idle. */
  readonly reusedSocket: boolean;
}

/** What one request over the socket came to. */
export type Exchange = WireReply | WireFailure;

/** Who was asked for what: the nouns of the messages a person reads. */
export interface Target {
  /** Origin and path, without userinfo or query. */
  readonly url: string;
  readonly model: string;
  readonly noun: 'model' | 'deployment';
  /** What to check when the endpoint refuses the caller. */
  readonly authAdvice: string;
}

/** The first value of a header. */
export function headerValue(headers: WireHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** The `code` that Node and undici put on their errors. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
