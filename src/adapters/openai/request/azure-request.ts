import { AzureOpenAI, type ClientOptions, OpenAI } from 'openai';
import type { RemoteEndpoint } from '../../../domain/endpoint.ts';
import type { BuildRequest } from './plain-request.ts';

/**
 * The openai client builds Azure's requests (route, api-version, deployment); sending and judging is
 * done here. Its own way out adds timers, signals and response objects that are half the cost of a
 * call, and loses the text of most error bodies.
 */
export function azureBase({ endpoint, apiVersion }: Extract<RemoteEndpoint, { kind: 'azure' }>): {
  readonly baseUrl: string;
  readonly build: BuildRequest;
} {
  const resource = endpoint.replace(/\/+(?:openai(?:\/v1)?\/*)?$/, '');
  const client =
    apiVersion === 'v1'
      ? new OpenAI({ ...OPTIONS, baseURL: `${resource}/openai/v1` })
      : new AzureOpenAI({ ...OPTIONS, baseURL: `${resource}/openai`, apiVersion });
  return {
    baseUrl: client.baseURL,
    build: async ({ method, path, body, headers }) => {
      const options = { method: method === 'GET' ? 'get' : 'post', path, headers } as const;
      const { req, url } = await client.buildRequest(body ? { ...options, body } : options);
      return {
        url,
        method,
        headers: Object.fromEntries(new Headers(req.headers)),
        body: typeof req.body === 'string' ? req.body : null,
      };
    },
  };
}

/**
 * Everything the client would else read from OPENAI_* and AZURE_* variables is given here. The real
 * key comes with each request, where OPENAI_CUSTOM_HEADERS cannot override it.
 */
const OPTIONS = {
  apiKey: 'sent-with-each-request',
  adminAPIKey: null,
  organization: null,
  project: null,
  webhookSecret: null,
  logLevel: 'off',
  maxRetries: 0,
} as const satisfies ClientOptions;
