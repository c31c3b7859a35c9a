import { AzureOpenAI, type ClientOptions, OpenAI } from 'openai';
import type { RemoteEndpoint } from '../../domain/endpoint.ts';
import type { Exchange } from './exchange.ts';
import { createTransport, type Transport, type WireRequest } from './transport.ts';

interface Call {
  /** Null keeps a header out that the client would send of its own. */
  readonly headers: { readonly [name: string]: string | null };
  readonly signal: AbortSignal;
}

/** One base URL that can be asked. Rejects only for an aborted signal and bugs. */
export interface Client {
  /** Origin and path, fit to be shown. */
  readonly url: string;
  post(path: string, body: object, call: Call): Promise<Exchange>;
  get(path: string, call: Call): Promise<Exchange>;
}

export interface Clients {
  readonly clients: readonly Client[];
  close(): Promise<void>;
}

/** Sockets beyond the calls in flight: probes and listings must not wait for a generation to end. */
const SPARE_CONNECTIONS = 2;
/** One client a base URL, all on one pool of sockets. */
export function createClients(endpoint: RemoteEndpoint): Clients {
  const { concurrency, timeouts } = endpoint;
  const transport = createTransport(concurrency + SPARE_CONNECTIONS, timeouts);
  // Everything the client would else read from OPENAI_* and AZURE_* variables is given here. The
  // real key comes with each request, where OPENAI_CUSTOM_HEADERS cannot override it.
  const options = {
    apiKey: 'sent-with-each-request',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
  } as const satisfies ClientOptions;
  const clients = baseUrls(endpoint).map((baseURL) => {
    const client =
      endpoint.kind === 'azure' && endpoint.apiVersion !== 'v1'
        ? new AzureOpenAI({ ...options, baseURL, apiVersion: endpoint.apiVersion })
        : new OpenAI({ ...options, baseURL });
    return createClient(client, transport);
  });
  return { clients, close: transport.close };
}

function baseUrls(endpoint: RemoteEndpoint): readonly string[] {
  switch (endpoint.kind) {
    case 'vllm':
      return endpoint.baseUrl;
    case 'openai':
      return [endpoint.baseUrl];
    case 'azure': {
      const resource = endpoint.endpoint.replace(/\/+(?:openai(?:\/v1)?\/*)?$/, '');
      return [endpoint.apiVersion === 'v1' ? `${resource}/openai/v1` : `${resource}/openai`];
    }
    default:
      return endpoint satisfies never;
  }
}

/**
 * The openai client builds each request (route, api-version, deployment); sending and judging is done
 * here. Its own way out adds timers, signals and response objects that are half the cost of a call,
 * and loses the text of most error bodies.
 */
function createClient(client: OpenAI, transport: Transport): Client {
  const { origin, pathname } = new URL(client.baseURL);
  const exchange = async (
    method: 'get' | 'post',
    path: string,
    { headers, signal, body }: Call & { readonly body?: object },
  ) => {
    const { req, url } = await client.buildRequest({ method, path, headers, body });
    return await transport.send(wireRequest(url, req), signal);
  };
  return {
    url: `${origin}${pathname}`,
    post: (path, body, call) => exchange('post', path, { ...call, body }),
    get: (path, call) => exchange('get', path, call),
  };
}

type BuiltRequest = Awaited<ReturnType<OpenAI['buildRequest']>>['req'];

function wireRequest(url: string, { method, headers, body }: BuiltRequest): WireRequest {
  return {
    url,
    method: method?.toUpperCase() === 'GET' ? 'GET' : 'POST',
    headers: new Headers(headers),
    body: typeof body === 'string' ? body : null,
  };
}
