import {
  Agent,
  buildConnector,
  type Dispatcher,
  EnvHttpProxyAgent,
  Pool,
  ProxyAgent,
} from 'undici';
import type { RemoteEndpoint } from '../../../domain/endpoint.ts';
import { OperatorError } from '../../../domain/errors.ts';
import { PROXY_VARIABLES } from './proxy.ts';

/** vLLM closes a socket after 5 idle seconds without saying so: ours must go first. */
const KEEP_ALIVE_MS = 2_500;
/** Sockets beyond the calls in flight: probes and listings must not wait for a generation to end. */
const SPARE_CONNECTIONS = 2;

/** The client takes whole milliseconds only, and 0 for no limit at all. */
export function inMs(seconds: number): number {
  return Math.max(1, Math.round(seconds * 1000));
}

interface Sockets {
  readonly dispatcher: Dispatcher;
  /** Bytes that a socket had received when it failed. */
  readonly bytesAtError: WeakMap<object, number>;
}

/**
 * The sockets to one endpoint, straight or through a proxy; without a proxy nothing of it is on the
 * way of a call. `largest` is the most bytes of a body. Throws OperatorError for a proxy that is no URL.
 */
export function createDispatcher(endpoint: RemoteEndpoint, largest: number): Sockets {
  const bytesAtError = new WeakMap<object, number>();
  const connectMs = inMs(endpoint.timeouts.connect);
  const limits = {
    connections: endpoint.concurrency + SPARE_CONNECTIONS,
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    maxResponseSize: largest,
  };
  const usesProxy =
    endpoint.proxy === undefined
      ? PROXY_VARIABLES.some((name) => (process.env[name] ?? '') !== '')
      : endpoint.proxy !== 'none';
  const connector = buildConnector({ timeout: connectMs, allowH2: false });
  const direct = {
    ...limits,
    connect: (options: buildConnector.Options, callback: buildConnector.Callback) =>
      connector(options, (...result) => {
        const [, socket] = result;
        socket?.on('error', (error) => bytesAtError.set(error, socket.bytesRead));
        callback(...result);
      }),
  };
  const dispatcher = usesProxy
    ? throughProxy(endpoint.proxy, { limits, connectMs })
    : new Agent(direct);
  return { dispatcher, bytesAtError };
}

interface ProxyOptions {
  readonly limits: Pool.Options;
  readonly connectMs: number;
}

function throughProxy(proxy: string | undefined, { limits, connectMs }: ProxyOptions): Dispatcher {
  const options = {
    ...limits,
    connectTimeout: connectMs,
    // Plain http is forwarded through a pool that undici makes without any of the limits.
    factory: (origin: string | URL, own: object) => new Pool(origin, { ...limits, ...own }),
  };
  try {
    return proxy === undefined
      ? new EnvHttpProxyAgent(options)
      : new ProxyAgent({ ...options, uri: proxy });
  } catch (error) {
    // The value may hold a password, so it is not shown.
    const name = proxy === undefined ? 'HTTPS_PROXY or HTTP_PROXY' : 'proxy';
    throw new OperatorError(`${name} is not a usable proxy: write it as http://HOST:PORT`, {
      cause: error,
    });
  }
}
