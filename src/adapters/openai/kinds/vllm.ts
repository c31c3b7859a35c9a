import type { RemoteEndpoint } from '../../../domain/endpoint.ts';
import type { EndpointKind } from './kind.ts';
import { openaiKind } from './openai.ts';

/** The engine is asked beside /v1, not below. */
export function vllmKind(endpoint: Extract<RemoteEndpoint, { kind: 'vllm' }>): EndpointKind {
  return {
    ...openaiKind(endpoint, endpoint.baseUrl),
    engine: (clientUrl) => clientUrl.replace(/\/+v1\/*$/, ''),
  };
}
