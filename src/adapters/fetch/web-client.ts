import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { OperatorError } from '../../domain/errors.ts';

export interface WebReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Dispatcher.ResponseData['body'];
}

export interface WebRequest {
  readonly headers?: Readonly<Record<string, string>>;
  /** Bearer token for the host of the first URL; a redirect to another host does not get it. */
  readonly token?: string | null;
}

export interface WebClient {
  /** Follows redirects. Rejects where the wire fails; every status is a reply. */
  get(url: string, request?: WebRequest): Promise<WebReply>;
  close(): Promise<void>;
}

const REDIRECTS = [301, 302, 303, 307, 308];
const MAX_REDIRECTS = 5;
const PATIENCE_MS = 30_000;

/** A client that goes through the proxies that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name. */
export function createWebClient(
  environment: Readonly<Record<string, string | undefined>>,
): WebClient {
  const variable = (name: string) =>
    environment[name.toLowerCase()] ?? environment[name.toUpperCase()] ?? '';
  const dispatcher = new EnvHttpProxyAgent({
    // Empty, not absent: an absent one would be read from the process instead.
    httpProxy: proxyUrl('HTTP_PROXY', variable('HTTP_PROXY')),
    httpsProxy: proxyUrl('HTTPS_PROXY', variable('HTTPS_PROXY')),
    noProxy: variable('NO_PROXY'),
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
    connect: { timeout: PATIENCE_MS / 3 },
  });

  async function get(url: string, { headers = {}, token = null }: WebRequest = {}) {
    const { origin } = new URL(url);
    let at = new URL(url);
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const mayKnow = token !== null && token !== '' && at.origin === origin;
      const reply = await request(at, {
        dispatcher,
        headers: {
          // Encoded bytes could not be resumed, and would have to be bounded.
          'accept-encoding': 'identity',
          'user-agent': 'care-judge',
          ...headers,
          ...(mayKnow && { authorization: `Bearer ${token}` }),
        },
      });
      const { statusCode: status, headers: replied, body } = reply;
      const location = replied['location'];
      if (!REDIRECTS.includes(status) || typeof location !== 'string')
        return { status, headers: replied, body };
      await body.dump();
      at = redirected(at, location);
    }
    throw new OperatorError(`${url}: was redirected more than ${MAX_REDIRECTS} times`);
  }

  return { get, close: () => dispatcher.destroy() };
}

function redirected(from: URL, location: string): URL {
  const to = URL.parse(location, from.href);
  if (to === null || !/^https?:$/.test(to.protocol))
    throw new OperatorError(`${from.href}: is redirected to what is no http address`);
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw new OperatorError(
      `${from.href}: is redirected from https to http, which is not followed`,
    );
  return to;
}

function proxyUrl(name: string, value: string): string {
  const text = value.trim();
  if (text === '' || /^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new OperatorError(
    `${name} is no proxy that can be used here: write it as http://HOST:PORT`,
  );
}
