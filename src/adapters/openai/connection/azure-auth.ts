import { OperatorError } from '../../../domain/errors.ts';
import type { AttemptOutcome } from '../../../ports/chat-model.ts';
import { errorCode } from '../reply/exchange.ts';

export type TokenFailure = Extract<AttemptOutcome, { kind: 'retryable' | 'fatal' }>;

/** Gets a new token for a scope; the default asks Azure's own credential chain. */
export type GetToken = (
  scope: string,
) => Promise<{ readonly token: string; readonly expiresOnTimestamp: number }>;

/** Entra tokens, kept until they are about to expire. Rejects with the credential's own error. */
export interface TokenSource {
  token(): Promise<string>;
  /** A token in place of one the endpoint refused; callers that come together share one request. */
  renew(refused: string): Promise<string>;
}

export function createTokenSource(scope: string, getToken?: GetToken): TokenSource {
  let provider: Promise<() => Promise<string>> | null = null;
  let renewal: Promise<string> | null = null;
  let current: string | null = null;

  async function token(): Promise<string> {
    provider ??= createProvider(scope, getToken);
    current = await (await provider)();
    return current;
  }

  return {
    token,
    renew(refused) {
      if (current !== refused) return token();
      renewal ??= startRenewal();
      return renewal;
    },
  };

  async function startRenewal(): Promise<string> {
    try {
      // A provider keeps its token for as long as it looks valid: only a new one asks again.
      provider = null;
      return await token();
    } finally {
      renewal = null;
    }
  }
}

/** @azure/identity takes a third of a second to load: only an endpoint that uses Entra pays it. */
async function createProvider(scope: string, getToken?: GetToken): Promise<() => Promise<string>> {
  const { DefaultAzureCredential, getBearerTokenProvider } = await loadIdentity();
  const credential =
    getToken === undefined ? new DefaultAzureCredential() : { getToken: () => getToken(scope) };
  return getBearerTokenProvider(credential, scope);
}

/** An optional peer: the package and what it needs would be a third of an installation. */
async function loadIdentity() {
  try {
    return await import('@azure/identity');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'))
      throw error;
    throw new OperatorError(
      'auth: { entra: {} } needs the package @azure/identity. Install it beside care-judge: npm install @azure/identity',
      { cause: error },
    );
  }
}

/**
 * Judges a token that could not be had. Without any credential nothing will help but signing in; a
 * token service that is busy or out of reach holds back the endpoint and fails no item.
 */
export function classifyTokenFailure(error: unknown, scope: string): TokenFailure {
  if (error instanceof OperatorError)
    return {
      kind: 'fatal',
      error: { kind: 'auth', message: error.message, status: null, code: null },
    };
  const said = error instanceof Error ? error.message : String(error);
  const message = `no Entra token for ${scope}: ${said}`;
  const status = statusOf(error);
  const callError = { kind: 'auth', message, status, code: errorCode(error) } as const;
  return isFinal(error)
    ? {
        kind: 'fatal',
        error: { ...callError, message: `${message}; sign in (az login) or set up a credential` },
      }
    : { kind: 'retryable', error: callError, waitMs: null, holds: 'endpoint' };
}

/** Told by name: the classes would have to be loaded to compare with. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'AggregateAuthenticationError' && 'errors' in error) {
    return Array.isArray(error.errors) && error.errors.every(isFinal);
  }
  if (error.name === 'AuthenticationError') {
    const status = statusOf(error);
    return status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429;
  }
  return (
    error.name === 'CredentialUnavailableError' || error.name === 'AuthenticationRequiredError'
  );
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  return Number.isInteger(error.statusCode) ? Number(error.statusCode) : null;
}
