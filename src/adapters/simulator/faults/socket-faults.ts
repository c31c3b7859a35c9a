import type { Injector } from '../minds/injection.ts';
import { healthReply } from '../wire/health.ts';
import { jsonReply, type WireReply } from '../wire/wire-reply.ts';
import { vllmBadRequest } from './error-replies.ts';
import type { FaultName } from './faults.ts';

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
  'stale-socket': ({ socketReused }) => (socketReused ? { kind: 'reset' } : null),
  'connection-reset': () => ({ kind: 'reset' }),
  'closed-early': () => ({ kind: 'hang-up' }),
  'late-headers': ({ ms = 60_000 }) => ({ kind: 'late', ms, holdsId: false }),
  'stalled-body': ({ ms = 120_000 }) => ({ kind: 'half', framing: 'length', ms }),
  'truncated-length': () => ({ kind: 'half', framing: 'length', ms: 0 }),
  'truncated-chunked': () => ({ kind: 'half', framing: 'chunked', ms: 0 }),
  'slow-success': ({ ms = 5000 }) => ({ kind: 'late', ms, holdsId: true }),
  'duplicate-id': ({ requestId }) => ({ kind: 'reply', reply: duplicateIdReply(requestId) }),
  'engine-death': ({ ms = 3000 }) => ({
    kind: 'outage',
    ms,
    reply: EMPTY_500,
    health: healthReply(false),
    everywhere: false,
    dropsInFlight: true,
  }),
  drip: ({ ms = 500 }) => ({ kind: 'drip', ms }),
  'interim-responses': ({ ms = 500 }) => ({ kind: 'interim', ms }),
  'backend-down': ({ ms = 3000 }) => ({
    kind: 'outage',
    ms,
    reply: GATEWAY_500,
    health: healthReply(true),
    everywhere: false,
    dropsInFlight: false,
  }),
  'model-loading': ({ ms = 3000 }) => ({
    kind: 'outage',
    ms,
    reply: LOADING,
    health: LOADING,
    everywhere: true,
    dropsInFlight: false,
  }),
  'engine-restart': ({ ms = 3000 }) => ({ kind: 'restart', ms, reply: EMPTY_500 }),
  scaling: ({ ms = 60_000 }) => ({
    kind: 'outage',
    ms,
    reply: SCALING,
    health: SCALING,
    everywhere: true,
    dropsInFlight: false,
  }),
} as const satisfies Partial<Record<FaultName, Injector>>;
