import type { RemoteEndpoint } from '../../../domain/endpoint.ts';
import type { Credentials, EndpointKind } from './kind.ts';

type AzureEndpoint = Extract<RemoteEndpoint, { kind: 'azure' }>;

/**
 * Azure's requests (deployment in the path, api-version) are the openai client's to build. For other
 * kinds it would add a third to a run's start and an eighth to each call, so it is loaded here alone.
 */
export function azureKind(endpoint: AzureEndpoint): EndpointKind {
  const { apiVersion } = endpoint;
  return {
    noun: 'deployment',
    urls: [],
    credentials: credentialsOf(endpoint),
    bases: async () => {
      const { azureBase } = await import('../request/azure-request.ts');
      return [azureBase(endpoint)];
    },
    unlisted: apiVersion === 'v1' ? null : `Azure's API version ${apiVersion} lists no deployments`,
    engine: null,
  };
}

function credentialsOf({ auth, apiVersion }: AzureEndpoint): Credentials {
  if ('entra' in auth) return { kind: 'entra', scope: auth.entra.scope };
  if (!('apiKey' in auth)) throw new Error('a key file is read before its endpoint is opened');
  // The v1 API takes a key as the plain client sends it; the dated one only in a header of its own.
  return { kind: apiVersion === 'v1' ? 'bearer' : 'api-key', key: auth.apiKey };
}
