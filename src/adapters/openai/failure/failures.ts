import type { AttemptOutcome } from '../../../ports/chat-model.ts';
import { proxyRefusal } from '../connection/proxy.ts';
import { type Exchange, errorCode, type Target, type WireFailure } from '../reply/exchange.ts';

const TIMEOUTS: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'took too long to accept a connection (timeouts.connect)',
  ETIMEDOUT: 'took too long to accept a connection (timeouts.connect)',
  UND_ERR_HEADERS_TIMEOUT: 'took too long to begin its reply (timeouts.response)',
  CALL_OVERDUE: 'did not finish its reply in time (timeouts.total)',
  UND_ERR_BODY_TIMEOUT: 'stalled mid-response (timeouts.stall)',
};
const TOO_LARGE = 'sent a larger reply than is read (maxReplyMb)';
/** What is said of an error in place of its own message. */
const WORDS: Readonly<Record<string, string>> = {
  ...TIMEOUTS,
  UND_ERR_RES_EXCEEDED_MAX_SIZE: TOO_LARGE,
  ERR_BUFFER_TOO_LARGE: TOO_LARGE,
};
/** The connection never came to be: nothing was sent, and another replica may do. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
]);
const CUT_SOCKET = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);
/** A certificate does not become valid by trying again. */
const CERTIFICATE = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
const NOT_HTTP = /^(?:HPE_|Z_|ERR_Z|ERR_BUFFER_TOO_LARGE$|UND_ERR_(?:HEADERS_OVERFLOW|RES))/;

/** Whether the request never left, because nobody took the connection. */
function isUnreachable(exchange: Exchange): boolean {
  return (
    exchange.kind === 'failure' &&
    exchange.stage === 'request' &&
    UNREACHABLE.has(errorCode(exchange.error) ?? '')
  );
}

/**
 * Whether another replica may do better: this one is not there, its engine is dead, or it has not
 * loaded the model (an adapter may come later than on the others).
 */
export function wantsAnotherReplica(exchange: Exchange): boolean {
  return exchange.kind === 'reply'
    ? exchange.status === 404 || exchange.status === 429 || exchange.status >= 500
    : isUnreachable(exchange);
}

/** Judges a request that brought no whole reply. */
export function classifyFailure(failure: WireFailure, target: Target): AttemptOutcome {
  const code = errorCode(failure.error);
  const said = saidBy(failure.error, code);
  const refused = proxyRefusal(failure.error);
  if (refused !== null) return refusedByProxy(refused, target);
  const kind = isUnreachable(failure) ? 'connection' : failureKind(failure.error, code);
  const what = WORDS[code ?? ''] ?? brokenOff(failure, said);
  const error = { kind, message: `${target.url} ${what}`, status: null, code };
  if (code !== null && CERTIFICATE.test(code)) return { kind: 'fatal', error };
  const cut = CUT_SOCKET.has(code ?? '');
  return cut && failure.stage === 'request' && failure.reusedSocket
    ? { kind: 'stale-socket', error }
    : { kind: 'retryable', error, waitMs: null, holds: 'call' };
}

/**
 * A proxy that wants a password, or does not let anybody through to this host, will not change its
 * mind; one that cannot reach the host is like a host that cannot be reached.
 */
function refusedByProxy(status: number, { url }: Target): AttemptOutcome {
  const wantsPassword = status === 407;
  const what = wantsPassword
    ? 'is behind a proxy that wants a name and password: http://NAME:PASSWORD@HOST:PORT in HTTPS_PROXY or `proxy`'
    : `is behind a proxy that did not connect to it (${status}); check HTTPS_PROXY, NO_PROXY or \`proxy\``;
  const kind = wantsPassword ? 'auth' : 'connection';
  const error = { kind, message: `${url} ${what}`, status: null, code: `proxy-${status}` } as const;
  return status < 500
    ? { kind: 'fatal', error }
    : { kind: 'retryable', error, waitMs: null, holds: 'call' };
}

/** A host with several addresses fails with an AggregateError, whose own message is empty. */
function saidBy(error: unknown, code: string | null): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === '' ? (code ?? 'no reason given') : message;
}

function failureKind(error: unknown, code: string | null): 'timeout' | 'protocol' | 'connection' {
  if (code !== null && code in TIMEOUTS) return 'timeout';
  // undici gives its parser's errors a code for some faults and for others none.
  const unparsable = error instanceof Error && error.name === 'HTTPParserError';
  return unparsable || NOT_HTTP.test(code ?? '') ? 'protocol' : 'connection';
}

function brokenOff(failure: WireFailure, said: string): string {
  if (failure.stage === 'reply') return `broke off in the middle of its reply: ${said}`;
  return isUnreachable(failure) ? `cannot be reached: ${said}` : `gave no reply: ${said}`;
}
