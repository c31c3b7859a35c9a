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

/** Requests of servers that speak the plain OpenAI protocol. A name in the URL is Basic authentication. */
export function plainRequest(baseUrl: string): BuildRequest {
  const basic = basicCredentials(baseUrl);
  const own = basic === null ? {} : { authorization: `Basic ${basic}` };
  return ({ method, path, body, headers }) => ({
    url: urlBelow(baseUrl, path),
    method,
    headers: {
      ...headers,
      ...own,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

/** The base64 form of `NAME:PASSWORD` in a URL; null where it holds neither. */
export function basicCredentials(url: string): string | null {
  const { username, password } = new URL(url);
  if (username === '' && password === '') return null;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return Buffer.from(pair).toString('base64');
}

/** A query of the base URL goes along: some gateways want one. */
function urlBelow(baseUrl: string, path: string): string {
  if (!path.startsWith('/')) return path;
  const url = new URL(baseUrl);
  url.username = '';
  url.password = '';
  url.pathname = url.pathname.replace(/\/+$/, '') + path;
  return url.toString();
}
