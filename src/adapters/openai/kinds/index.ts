import type { RemoteEndpoint } from '../../../domain/endpoint.ts';
import { azureKind } from './azure.ts';
import type { EndpointKind } from './kind.ts';
import { openaiKind } from './openai.ts';
import { vllmKind } from './vllm.ts';

/** The kinds of endpoints; nothing else asks which one it is. */
export function kindOf(endpoint: RemoteEndpoint): EndpointKind {
  switch (endpoint.kind) {
    case 'vllm':
      return vllmKind(endpoint);
    case 'azure':
      return azureKind(endpoint);
    case 'openai':
      return openaiKind(endpoint, [endpoint.baseUrl]);
    default:
      return endpoint satisfies never;
  }
}
