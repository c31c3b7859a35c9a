import type { Injector } from '../minds/injection.ts';
import { healthReply } from '../wire/health.ts';
import { jsonReply, type WireReply } from '../wire/wire-reply.ts';
import { vllmBadRequest } from './error-replies.ts';

const EMPTY_500: WireReply = { status: 500, headers: {}, body: '' };
const SCALING = jsonReply(503, {
  error: 'The model is currently scaling. Please try again later.',
});

/** LiteLLM, its upstream gone. */
const GATEWAY_500 = jsonReply(500, {
  error: {
    message:
      'litellm.InternalServerError: InternalServerError: Hosted_vllmException - Cannot connect to host',
    type: 'internal_server_error',
    param: null,
    code: '500',
  },
});
const LOADING = jsonReply(503, {
  error: { message: 'Loading model', type: 'unavailable_error', code: 503 },
});

/** The 400 for an id whose first request is still alive. */
export function duplicateIdReply(requestId: string | null): WireReply {
  return vllmBadRequest(`Request id ${requestId ?? ''} already running.`);
}

export const SOCKET_FAULTS = {
  // A kept-alive socket is reset on reuse, as after five idle seconds.
  'stale-socket': ({ socketReused }) => (socketReused ? { kind: 'reset' } : null),
  // RST before any byte of the reply.
  'connection-reset': () => ({ kind: 'reset' }),
  // FIN before any byte of the reply.
  'closed-early': () => ({ kind: 'hang-up' }),
  // Nothing for `ms`, then the answer.
  'late-headers': ({ ms = 60_000 }) => ({ kind: 'late', ms, holdsId: false }),
  // Headers and half a body, then silence for `ms`, then the end.
  'stalled-body': ({ ms = 120_000 }) => ({ kind: 'half', framing: 'length', ms }),
  // Half of the promised content-length, then FIN.
  'truncated-length': () => ({ kind: 'half', framing: 'length', ms: 0 }),
  // Half a chunked body, then FIN.
  'truncated-chunked': () => ({ kind: 'half', framing: 'chunked', ms: 0 }),
  // The answer after `ms`; its id stays taken until then, hung up or not.
  'slow-success': ({ ms = 5000 }) => ({ kind: 'late', ms, holdsId: true }),
  // 400: the request id is already running.
  'duplicate-id': ({ requestId }) => ({ kind: 'reply', reply: duplicateIdReply(requestId) }),
  // 500s with /health 503 for `ms`, calls in flight reset, then recovery.
  'engine-death': ({ ms = 3000 }) => ({
    kind: 'outage',
    ms,
    reply: EMPTY_500,
    health: healthReply(false),
    everywhere: false,
    dropsInFlight: true,
  }),
  // Headers, then a byte now and then, without an end.
  drip: ({ ms = 500 }) => ({ kind: 'drip', ms }),
  // 102 Processing again and again, without an end.
  'interim-responses': ({ ms = 500 }) => ({ kind: 'interim', ms }),
  // 500s of a gateway whose model is gone for `ms`, while its other routes answer.
  'backend-down': ({ ms = 3000 }) => ({
    kind: 'outage',
    ms,
    reply: GATEWAY_500,
    health: healthReply(true),
    everywhere: false,
    dropsInFlight: false,
  }),
  // 503 on every route for `ms`, while a llama.cpp loads its model.
  'model-loading': ({ ms = 3000 }) => ({
    kind: 'outage',
    ms,
    reply: LOADING,
    health: LOADING,
    everywhere: true,
    dropsInFlight: false,
  }),
  // A 500, then connections are refused for `ms`, then recovery.
  'engine-restart': ({ ms = 3000 }) => ({ kind: 'restart', ms, reply: EMPTY_500 }),
  // 503 on every route for `ms` (elastic expert parallelism).
  scaling: ({ ms = 60_000 }) => ({
    kind: 'outage',
    ms,
    reply: SCALING,
    health: SCALING,
    everywhere: true,
    dropsInFlight: false,
  }),
} as const satisfies Readonly<Record<string, Injector>>;
