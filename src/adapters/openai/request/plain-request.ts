/** Names in lower case; null: without this header. */
export interface RequestHeaders {
  readonly [name: string]: string | null;
}

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: RequestHeaders;
  readonly body: string | null;
}

/** What is asked; `path` is below the base URL, or a whole URL. */
interface RequestParts {
  readonly method: WireRequest['method'];
  readonly path: string;
  readonly body: object | undefined;
  readonly headers: RequestHeaders;
}

/** Turns what is asked into the request as it goes over the wire. */
export type BuildRequest = (parts: RequestParts) => WireRequest | Promise<WireRequest>;

/** Requests of servers that speak the plain OpenAI protocol. */
export function plainRequest(baseUrl: string): BuildRequest {
  return ({ method, path, body, headers }) => ({
    url: urlBelow(baseUrl, path),
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

/** A query of the base URL goes along: some gateways want one. */
function urlBelow(baseUrl: string, path: string): string {
  if (!path.startsWith('/')) return path;
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/+$/, '') + path;
  return url.toString();
}
