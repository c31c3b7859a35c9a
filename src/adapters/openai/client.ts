import { AzureOpenAI, type ClientOptions, OpenAI } from 'openai';
import type { RemoteEndpoint } from '../../domain/endpoint.ts';
import type { Exchange } from './exchange.ts';
import { createTransport, RawResponse } from './fetch.ts';

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
/** The longest a timer can run: undici's timeouts bound every phase of a call, so this one must not. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;

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
    timeout: NO_TIMEOUT_MS,
    fetch: transport.fetch,
  } as const satisfies ClientOptions;
  const clients = baseUrls(endpoint).map((baseURL) => {
    const client =
      endpoint.kind === 'azure' && endpoint.apiVersion !== 'v1'
        ? new AzureOpenAI({ ...options, baseURL, apiVersion: endpoint.apiVersion })
        : new OpenAI({ ...options, baseURL });
    // The client's own step around `fetch` adds a timer and a composed signal to every call, a
    // fifth of its cost (46 of 203 µs); the transport needs neither. Without this line all works,
    // only slower.
    client.fetchWithTimeout = (url, init) => transport.fetch(url, init);
    return createClient(client);
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

function createClient(client: OpenAI): Client {
  const { origin, pathname } = new URL(client.baseURL);
  return {
    url: `${origin}${pathname}`,
    post: async (path, body, call) =>
      exchangeOf(await client.post(path, { ...call, body }).asResponse()),
    get: async (path, call) => exchangeOf(await client.get(path, call).asResponse()),
  };
}

function exchangeOf(response: Response): Exchange {
  if (response instanceof RawResponse) return response.exchange;
  throw new Error("the openai client returned a response that is not its fetch's");
}
