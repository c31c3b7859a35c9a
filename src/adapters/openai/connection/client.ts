import type { RemoteEndpoint } from '../../../domain/endpoint.ts';
import { kindOf } from '../kinds/index.ts';
import type { Exchange } from '../reply/exchange.ts';
import type { RequestHeaders } from '../request/plain-request.ts';
import { createTransport } from './transport.ts';

interface Call {
  readonly headers: RequestHeaders;
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

/** One client a base URL, all on one pool of sockets. */
export async function createClients(endpoint: RemoteEndpoint): Promise<Clients> {
  const bases = await kindOf(endpoint).bases();
  const transport = createTransport(endpoint);
  const clients = bases.map(({ baseUrl, build }): Client => {
    const { origin, pathname } = new URL(baseUrl);
    return {
      url: `${origin}${pathname}`,
      post: async (path, body, { headers, signal }) =>
        await transport.send(await build({ method: 'POST', path, body, headers }), signal),
      get: async (path, { headers, signal }) =>
        await transport.send(
          await build({ method: 'GET', path, body: undefined, headers }),
          signal,
        ),
    };
  });
  return { clients, close: transport.close };
}
