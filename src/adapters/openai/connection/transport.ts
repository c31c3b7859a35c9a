import type { EventEmitter } from 'node:events';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { request } from 'undici';
import type { RemoteEndpoint } from '../../../domain/endpoint.ts';
import { type Exchange, errorCode, headerValue, type WireHeaders } from '../reply/exchange.ts';
import type { RequestHeaders, WireRequest } from '../request/plain-request.ts';
import { createAbortRelay } from './abort-relay.ts';
import { createDispatcher, inMs } from './dispatcher.ts';
import { proxyRefusal } from './proxy.ts';
import { readText } from './reply-text.ts';
import { createTurns } from './turns.ts';

/** A list of models needs no generation, so it need not have a generation's patience. */
const LISTING_SECONDS = 30;
/** What the openai client adds to these of its own, or from OPENAI_CUSTOM_HEADERS, is not sent. */
const SENT_HEADERS = ['authorization', 'api-key', 'content-type', 'x-request-id'] as const;
/** There is one event loop, so all endpoints stand in one queue: apart, they get in each other's way. */
const turns = createTurns(2);

export interface Transport {
  /** Rejects only for an aborted signal and bugs; every failure of the wire is an exchange. */
  readonly send: (request: WireRequest, signal: AbortSignal) => Promise<Exchange>;
  close(): Promise<void>;
}

/** A pooled HTTP/1.1 transport that reads whole bodies, up to the endpoint's size and time for one. */
export function createTransport(endpoint: RemoteEndpoint): Transport {
  const { timeouts } = endpoint;
  const largest = endpoint.maxReplyMb * 1024 * 1024;
  const { dispatcher, bytesAtError } = createDispatcher(endpoint, largest);
  const patience = {
    headersTimeout: inMs(timeouts.response),
    bodyTimeout: inMs(timeouts.stall),
  };
  const listing = {
    ...patience,
    headersTimeout: inMs(Math.min(timeouts.response, LISTING_SECONDS)),
  };
  const totalMs = inMs(timeouts.total ?? timeouts.connect + timeouts.response + timeouts.stall);
  const relay = createAbortRelay();

  async function exchange(wire: WireRequest, emitter: EventEmitter): Promise<Exchange> {
    let stage: 'request' | 'reply' = 'request';
    try {
      const { statusCode, headers, body } = await request(wire.url, {
        dispatcher,
        method: wire.method,
        headers: sentHeaders(wire.headers, endpoint.headers),
        body: wire.body,
        signal: emitter,
        ...(wire.method === 'GET' ? listing : patience),
      });
      stage = 'reply';
      const bytes = Buffer.from(await body.arrayBuffer());
      const plain = isEncoded(headers) ? decompress(bytes, headers, largest) : bytes;
      return { kind: 'reply', status: statusCode, headers, ...readText(plain, headers) };
    } catch (error) {
      if (isBug(error)) throw error;
      return { kind: 'failure', stage, error, reusedSocket: bytesRead(error, bytesAtError) > 0 };
    }
  }

  async function send(wire: WireRequest, signal: AbortSignal): Promise<Exchange> {
    const { emitter, detach } = relay.attach(signal);
    let late = false;
    // undici's own limits start anew with every byte, and with every interim response.
    const deadline = setTimeout(() => {
      late = true;
      emitter.emit('abort');
    }, totalMs);
    try {
      const end = await exchange(wire, emitter);
      if (end.kind === 'failure' && signal.aborted) throw end.error;
      // A failure, too, after the replies that came before it: what they say of the endpoint is known first.
      await turns.next();
      return end.kind === 'failure' && late ? { ...end, error: OVERDUE } : end;
    } finally {
      clearTimeout(deadline);
      detach();
    }
  }

  return { send, close: () => dispatcher.destroy() };
}

const OVERDUE = Object.assign(new Error('the call took too long'), { code: 'CALL_OVERDUE' });

/** A request that could never be sent is this program's mistake and no failure of the wire. */
function isBug(error: unknown): boolean {
  const code = errorCode(error);
  if (proxyRefusal(error) !== null) return false;
  return code === 'UND_ERR_INVALID_ARG' || (code === null && error instanceof TypeError);
}

export function sentHeaders(
  given: RequestHeaders,
  own: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'user-agent': 'care-judge',
  };
  for (const name of SENT_HEADERS) {
    const value = given[name] ?? null;
    if (value !== null) headers[name] = value;
  }
  return Object.assign(headers, own);
}

function isEncoded(headers: WireHeaders): boolean {
  const encoding = headerValue(headers, 'content-encoding');
  return encoding !== undefined && encoding !== 'identity';
}

/** We ask for no compression, but gateways have been seen to compress their error pages anyway. */
function decompress(bytes: Buffer, headers: WireHeaders, maxOutputLength: number): Buffer {
  if (bytes.length === 0) return bytes;
  const limit = { maxOutputLength };
  switch (headerValue(headers, 'content-encoding')?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(bytes, limit);
    case 'deflate':
      return inflateSync(bytes, limit);
    case 'br':
      return brotliDecompressSync(bytes, limit);
    default:
      return bytes;
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
