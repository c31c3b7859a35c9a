import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { Agent, buildConnector, request } from 'undici';
import type { Timeouts } from '../../../domain/endpoint.ts';
import { type Exchange, errorCode, headerValue, type WireHeaders } from '../reply/exchange.ts';
import type { RequestHeaders, WireRequest } from '../request/plain-request.ts';
import { createAbortRelay } from './abort-relay.ts';
import { createTurns } from './turns.ts';

/** vLLM closes a socket after 5 idle seconds without saying so: ours must go first. */
const KEEP_ALIVE_MS = 2_500;
/** A list of models needs no generation, so it need not have a generation's patience. */
const LISTING_SECONDS = 30;
const LARGEST_BODY = 256 * 1024 * 1024;
/** What the openai client adds to these of its own, or from OPENAI_CUSTOM_HEADERS, is not sent. */
const SENT_HEADERS = ['authorization', 'api-key', 'content-type', 'x-request-id'] as const;
/** There is one event loop, so all endpoints stand in one queue: apart, they get in each other's way. */
const turns = createTurns(2);

export interface Transport {
  /** Rejects only for an aborted signal and bugs; every failure of the wire is an exchange. */
  readonly send: (request: WireRequest, signal: AbortSignal) => Promise<Exchange>;
  close(): Promise<void>;
}

/** A pooled HTTP/1.1 transport that reads whole bodies; `connections` are sockets per replica. */
export function createTransport(connections: number, timeouts: Timeouts): Transport {
  const bytesAtError = new WeakMap<object, number>();
  const connector = buildConnector({ timeout: timeouts.connect * 1000, allowH2: false });
  const agent = new Agent({
    connections,
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    headersTimeout: timeouts.response * 1000,
    bodyTimeout: timeouts.stall * 1000,
    connect: (options, callback) =>
      connector(options, (...result) => {
        const [, socket] = result;
        socket?.on('error', (error) => bytesAtError.set(error, socket.bytesRead));
        callback(...result);
      }),
  });
  const listingMs = Math.min(timeouts.response, LISTING_SECONDS) * 1000;

  const relay = createAbortRelay();

  async function send(wire: WireRequest, signal: AbortSignal): Promise<Exchange> {
    let stage: 'request' | 'reply' = 'request';
    const aborts = relay.attach(signal);
    try {
      const { statusCode, headers, body } = await request(wire.url, {
        dispatcher: agent,
        method: wire.method,
        headers: sentHeaders(wire.headers),
        body: wire.body,
        signal: aborts.emitter,
        ...(wire.method === 'GET' ? { headersTimeout: listingMs } : {}),
      });
      stage = 'reply';
      const bodyText = isEncoded(headers)
        ? decode(Buffer.from(await body.arrayBuffer()), headers)
        : await body.text();
      await turns.next();
      return { kind: 'reply', status: statusCode, headers, bodyText };
    } catch (error) {
      if (signal.aborted || isBug(error)) throw error;
      // After replies that came before it: what they say of the endpoint is known first.
      await turns.next();
      return { kind: 'failure', stage, error, reusedSocket: bytesRead(error, bytesAtError) > 0 };
    } finally {
      aborts.detach();
    }
  }

  return { send, close: () => agent.destroy() };
}

/** A request that could never be sent is this program's mistake and no failure of the wire. */
function isBug(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'UND_ERR_INVALID_ARG' || (code === null && error instanceof TypeError);
}

function sentHeaders(given: RequestHeaders): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'user-agent': 'care-judge',
  };
  for (const name of SENT_HEADERS) {
    const value = given[name] ?? null;
    if (value !== null) headers[name] = value;
  }
  return headers;
}

function isEncoded(headers: WireHeaders): boolean {
  const encoding = headerValue(headers, 'content-encoding');
  return encoding !== undefined && encoding !== 'identity';
}

/** We ask for no compression, but gateways have been seen to compress their error pages anyway. */
function decode(bytes: Buffer, headers: WireHeaders): string {
  if (bytes.length === 0) return '';
  const limit = { maxOutputLength: LARGEST_BODY };
  switch (headerValue(headers, 'content-encoding')?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(bytes, limit).toString();
    case 'deflate':
      return inflateSync(bytes, limit).toString();
    case 'br':
      return brotliDecompressSync(bytes, limit).toString();
    default:
      return bytes.toString();
  }
}

/**
 * Bytes the failed socket had ever received. undici tells for the errors it makes itself; a reset
 * that Node reports carries nothing, so those are noted when the socket errs. A new socket that is
 * cut in the middle of its first status line looks reused: rare, and it costs one try too many.
 */
function bytesRead(error: unknown, bytesAtError: WeakMap<object, number>): number {
  if (typeof error !== 'object' || error === null) return 0;
  if (errorCode(error) === 'UND_ERR_SOCKET' && 'socket' in error) {
    const { socket } = error;
    if (typeof socket === 'object' && socket !== null && 'bytesRead' in socket) {
      return typeof socket.bytesRead === 'number' ? socket.bytesRead : 0;
    }
  }
  return bytesAtError.get(error) ?? 0;
}
