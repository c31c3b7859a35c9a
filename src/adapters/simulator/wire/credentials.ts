import type { IncomingHttpHeaders } from 'node:http';
import { azureWrongKey, azureWrongToken, vllmUnauthorized } from '../faults/error-replies.ts';
import type { Route } from './routes.ts';
import type { WireReply } from './wire-reply.ts';

/** The 401 that a wrong or missing key earns on this route; null where the request may pass. */
export function refuseCredentials(
  headers: IncomingHttpHeaders,
  route: Route,
  apiKey: string | undefined,
): WireReply | null {
  if (apiKey === undefined || isOpen(route)) return null;
  const bearer = headers.authorization;
  if (bearer === `Bearer ${apiKey}`) return null;
  if (route.surface === 'vllm') return vllmUnauthorized();
  if (headers['api-key'] === apiKey) return null;
  // A bearer token on Azure is an Entra token, refused in the gateway's other voice.
  return bearer !== undefined && headers['api-key'] === undefined
    ? azureWrongToken()
    : azureWrongKey();
}

/** vLLM guards what is under /v1 alone: probes and metrics are open to anyone. */
function isOpen({ kind }: Route): boolean {
  return kind === 'health' || kind === 'version' || kind === 'metrics' || kind === 'token';
}
