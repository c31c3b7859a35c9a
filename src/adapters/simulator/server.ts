import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { refuseCredentials } from './credentials.ts';
import { uniform } from './draws.ts';
import { healthReply, metricsReply, modelsReply, tokenReply, versionReply } from './probes.ts';
import { QuestionIndex, type Reference } from './question-index.ts';
import { admit, fulfil, type Offer, type Received, replyBody, strayReply } from './responder.ts';
import { findRoute } from './routes.ts';
import { jsonReply, SURFACE_HEADERS, type WireReply } from './wire-reply.ts';

/** Milliseconds before a reply: the same for all, or spread over a range by what is asked. */
export type Latency = number | { readonly min: number; readonly max: number };

/** A request as it came in, for tests. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Undefined where the body is no JSON. */
  readonly body: unknown;
  readonly raw: Buffer;
}

export interface SimulatorOptions {
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** What the simulated models half know and the simulated judges compare with. May be empty. */
  readonly references: Iterable<Reference>;
  readonly latencyMs?: Latency;
  /** Where set, a request without it gets the 401 of its route. */
  readonly apiKey?: string;
  /** The only names served; any name where left out. */
  readonly models?: readonly string[];
  readonly onRequest?: (request: SeenRequest) => void;
}

/** Running figures. `requests` and `faults` count by name; `inFlight` runs to the reply's last byte. */
export interface SimulatorCounts {
  readonly requests: Record<string, number>;
  readonly faults: Record<string, number>;
  inFlight: number;
  peakInFlight: number;
}

export interface Simulator {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly url: string;
  readonly port: number;
  readonly counts: Readonly<SimulatorCounts>;
  /** Ends all sockets at once; resolves when the port is free. */
  close(): Promise<void>;
}

/** uvicorn's default: pooled clients must let go of an idle socket sooner. */
const KEEP_ALIVE_MS = 5000;

/**
 * Serves vLLM's and Azure OpenAI's routes with simulated answers and verdicts. Equal requests get
 * equal replies. Rejects where the port is taken.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const desk = new Desk(options);
  const server = createServer((request, response) => desk.receive(request, response));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.keepAliveTimeoutBuffer = 0;
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, options.port ?? 0, host);
  return {
    url: `http://${host}:${port}`,
    port,
    counts: desk.counts,
    close: () => {
      desk.close();
      return closeServer(server);
    },
  };
}

/** Takes requests in and sees replies out. */
class Desk {
  readonly counts: SimulatorCounts = { requests: {}, faults: {}, inFlight: 0, peakInFlight: 0 };
  readonly #offer: Offer;
  readonly #latency: { readonly min: number; readonly max: number };
  readonly #onRequest: SimulatorOptions['onRequest'];
  readonly #timers = new Set<NodeJS.Timeout>();
  #promptTokens = 0;
  #generationTokens = 0;

  constructor({ references, apiKey, models, latencyMs = 0, onRequest }: SimulatorOptions) {
    this.#offer = { index: new QuestionIndex(references), apiKey, models };
    this.#latency = typeof latencyMs === 'number' ? { min: latencyMs, max: latencyMs } : latencyMs;
    this.#onRequest = onRequest;
  }

  receive(request: IncomingMessage, response: ServerResponse): void {
    this.counts.inFlight++;
    this.counts.peakInFlight = Math.max(this.counts.peakInFlight, this.counts.inFlight);
    response.once('close', () => {
      this.counts.inFlight--;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const route = findRoute(request.method ?? 'GET', request.url ?? '/');
      this.counts.requests[route.name] = (this.counts.requests[route.name] ?? 0) + 1;
      const raw = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      const { headers } = request;
      this.#onRequest?.({ path: request.url ?? '/', headers, body: parseOrNothing(raw), raw });
      this.#serve({ route, headers, raw }, response);
    });
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #serve(received: Received, response: ServerResponse): void {
    const { kind, surface } = received.route;
    for (const [name, value] of Object.entries(SURFACE_HEADERS[surface])) {
      response.setHeader(name, value);
    }
    if (kind === 'chat' || kind === 'completions') this.#generate(received, response);
    else send(response, this.#probe(received));
  }

  #generate(received: Received, response: ServerResponse): void {
    const admission = admit(received, this.#offer);
    if ('refusal' in admission) {
      send(response, admission.refusal);
      return;
    }
    const generated = fulfil(admission.ask, admission.drawKey, this.#offer.index);
    this.#promptTokens += generated.promptTokens;
    this.#generationTokens += generated.completionTokens;
    const reply = jsonReply(200, replyBody(generated, received, admission));
    const latency = this.#latencyOf(admission.drawKey);
    if (latency <= 0) send(response, reply);
    else this.#after(latency, response, () => send(response, reply));
  }

  #probe({ route, headers }: Received): WireReply {
    const { apiKey, models } = this.#offer;
    switch (route.kind) {
      case 'models':
        return refuseCredentials(headers, route, apiKey) ?? modelsReply(models, route.surface);
      case 'health':
        return healthReply(true);
      case 'version':
        return versionReply();
      case 'metrics':
        return metricsReply({
          // The request that asks is none of the load.
          running: this.counts.inFlight - 1,
          promptTokens: this.#promptTokens,
          generationTokens: this.#generationTokens,
        });
      case 'token':
        return tokenReply(apiKey ?? 'simulated-token', Date.now());
      default:
        return strayReply(route);
    }
  }

  #latencyOf(drawKey: string): number {
    const { min, max } = this.#latency;
    return max > min ? min + (max - min) * uniform('latency', drawKey) : min;
  }

  /** Like a real server, stops working for a client that has hung up. */
  #after(ms: number, response: ServerResponse, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
    response.once('close', () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    });
  }
}

function send(response: ServerResponse, { status, headers, body }: WireReply): void {
  // uvicorn sends neither Connection nor Keep-Alive, so clients get no hint of its patience.
  response.removeHeader('connection');
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function parseOrNothing(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
