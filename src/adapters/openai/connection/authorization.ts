import type { RemoteEndpoint } from '../../../domain/endpoint.ts';
import { OperatorError } from '../../../domain/errors.ts';
import type { Redactor } from '../failure/redact.ts';
import { kindOf } from '../kinds/index.ts';
import { basicCredentials } from '../request/plain-request.ts';
import {
  classifyTokenFailure,
  createTokenSource,
  type GetToken,
  type TokenFailure,
} from './azure-auth.ts';
import { PROXY_VARIABLES } from './proxy.ts';

/** Request headers that say who asks; null keeps a header out, the client's own included. */
interface AuthHeaders {
  readonly authorization: string | null;
  readonly 'api-key': string | null;
}

type Sent<Answer> =
  | { readonly kind: 'sent'; readonly answer: Answer }
  | { readonly kind: 'no-token'; readonly outcome: TokenFailure };

/** How an endpoint's requests are authorized. Every secret is made known to the redactor. */
export interface Authorization {
  /** Sends with the credentials at hand; where they can be renewed, once more if they are refused. */
  send<Answer>(
    request: (headers: AuthHeaders) => Promise<Answer>,
    isRefusal: (answer: Answer) => boolean,
    signal: AbortSignal,
  ): Promise<Sent<Answer>>;
  /** What to check when access is refused. */
  readonly advice: string;
}

export function createAuthorization(
  endpoint: RemoteEndpoint,
  redactor: Redactor,
  getToken?: GetToken,
): Authorization {
  const { credentials, urls } = kindOf(endpoint);
  learnOtherSecrets(endpoint, urls, redactor);
  switch (credentials.kind) {
    case 'bearer':
      return keyAuthorization(bearer(credentials.key, redactor));
    case 'api-key':
      return keyAuthorization({
        authorization: null,
        'api-key': learned(credentials.key, redactor),
      });
    case 'entra':
      return entraAuthorization(credentials.scope, redactor, getToken);
    default:
      return credentials satisfies never;
  }
}

/** A value this short, under a name that speaks of no secret, is a word of every other message. */
const SHORT_VALUE = 8;
const SECRET_HEADER = /auth|key|token|secret|cookie|password|credential|signature/;

/** What custom headers and URLs hold; a proxy's password can come back in its error page. */
function learnOtherSecrets(
  { proxy, headers }: RemoteEndpoint,
  urls: readonly string[],
  redactor: Redactor,
): void {
  const proxies = [proxy ?? '', ...PROXY_VARIABLES.map((name) => process.env[name] ?? '')];
  for (const url of [...urls, ...proxies].filter((text) => URL.canParse(text))) {
    const { password } = new URL(url);
    redactor.learn(password);
    redactor.learn(decodeURIComponent(password));
    redactor.learn(basicCredentials(url) ?? '');
  }
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (SECRET_HEADER.test(name) || value.length >= SHORT_VALUE) redactor.learn(value);
    // `Bearer KEY` and the like: the key alone may be echoed.
    const [, key] = /^(?:basic|bearer)\s+(.+)$/i.exec(value) ?? [];
    if (key !== undefined) redactor.learn(key);
  }
}

function keyAuthorization(headers: AuthHeaders): Authorization {
  const hasKey = Object.values(headers).some((value) => value !== null);
  return {
    send: async (request) => ({ kind: 'sent', answer: await request(headers) }),
    advice: hasKey ? "check the endpoint's apiKey" : "it wants a key: set the endpoint's apiKey",
  };
}

function entraAuthorization(scope: string, redactor: Redactor, getToken?: GetToken): Authorization {
  const source = createTokenSource(scope, getToken);

  async function sendWith<Answer>(
    token: Promise<string>,
    request: (headers: AuthHeaders) => Promise<Answer>,
    signal: AbortSignal,
  ) {
    const got = await settled(token, scope, signal);
    if (got.kind === 'no-token') return got;
    const answer = await request(bearer(got.token, redactor));
    return { kind: 'sent', answer, token: got.token } as const;
  }

  return {
    async send(request, isRefusal, signal) {
      const first = await sendWith(source.token(), request, signal);
      if (first.kind === 'no-token' || !isRefusal(first.answer)) return first;
      return await sendWith(source.renew(first.token), request, signal);
    },
    advice: `check that the signed-in identity has the role Cognitive Services OpenAI User and that the scope ${scope} is the resource's audience`,
  };
}

/** Without a key no Authorization header goes out at all: some servers refuse an empty one. */
function bearer(key: string, redactor: Redactor): AuthHeaders {
  return {
    authorization: key === '' ? null : `Bearer ${learned(key, redactor)}`,
    'api-key': null,
  };
}

function learned(secret: string, redactor: Redactor): string {
  redactor.learn(secret);
  // Checked here because the message of the header's own check would show the key.
  if (!/^[\x20-\x7e]*$/.test(secret)) {
    throw new OperatorError('the API key holds characters that cannot be sent: copy it once more');
  }
  return secret;
}

/** The token, or why there is none; rejects with the signal's reason as soon as it is aborted. */
async function settled(
  token: Promise<string>,
  scope: string,
  signal: AbortSignal,
): Promise<{ kind: 'token'; token: string } | { kind: 'no-token'; outcome: TokenFailure }> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return { kind: 'token', token: await Promise.race([token, aborted]) };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'no-token', outcome: classifyTokenFailure(error, scope) };
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}
