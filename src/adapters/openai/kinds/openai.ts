import type { RemoteEndpoint } from '../../../domain/endpoint.ts';
import { plainRequest } from '../request/plain-request.ts';
import type { EndpointKind } from './kind.ts';

/** A request is its path, its JSON and its key. */
export function openaiKind(
  { apiKey }: Pick<Extract<RemoteEndpoint, { kind: 'openai' }>, 'apiKey'>,
  urls: readonly string[],
): EndpointKind {
  return {
    noun: 'model',
    urls,
    credentials: { kind: 'bearer', key: apiKey },
    bases: async () => urls.map((baseUrl) => ({ baseUrl, build: plainRequest(baseUrl) })),
    unlisted: null,
    engine: null,
  };
}
