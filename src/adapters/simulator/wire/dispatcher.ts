import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type JudgePlanInput, judgePlanSchema } from '../../../domain/simulated-judge.ts';
import { BatchDesk, type DeskOptions, type DeskRequest } from '../batch/desk.ts';
import type { BatchFaultName } from '../batch/faults/index.ts';
import { type FaultCounts, FaultInjector } from '../faults/fault-injector.ts';
import { type FaultPlanInput, faultPlanSchema } from '../faults/faults.ts';
import { uniform } from '../minds/draws.ts';
import { castJudges } from '../minds/planned-judge.ts';
import { QuestionIndex, type Reference } from '../minds/question-index.ts';
import {
  admit,
  fulfil,
  type Offer,
  type Received,
  replyBody,
  strayReply,
  streamRefusal,
} from '../minds/responder.ts';
import type { Generated } from './completions.ts';
import { refuseCredentials } from './credentials.ts';
import { embeddingsReply } from './embeddings.ts';
import { healthReply, metricsReply, modelsReply, tokenReply, versionReply } from './health.ts';
import { findRoute, generates } from './routes.ts';
import { reset, Transmission } from './transmission.ts';
import { jsonReply, SURFACE_HEADERS, type WireReply } from './wire-reply.ts';

/** Milliseconds before a reply: the same for all, or spread over a range by what is asked. */
export type Latency = number | { readonly min: number; readonly max: number };

/** A request as it came in, for tests. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Undefined where the body is no JSON. */
  readonly body: unknown;
  readonly raw: Buffer;
}

export interface DispatcherOptions {
  /** What the simulated models half know and the simulated judges compare with. May be empty. */
  readonly references: Iterable<Reference>;
  readonly latencyMs?: Latency;
  /** Where set, a request without it gets the 401 of its route. */
  readonly apiKey?: string;
  /** The only names served; any name where left out. */
  readonly models?: readonly string[];
  readonly faults?: FaultPlanInput;
  /** Judges with known effects, and models that sign their answers. */
  readonly judging?: JudgePlanInput;
  readonly onRequest?: (request: SeenRequest) => void;
}

/** Running figures. `requests` counts by route; `inFlight` runs to the reply's last byte. */
export interface SimulatorCounts {
  readonly requests: Record<string, number>;
  readonly faults: FaultCounts;
  readonly batchFaults: Partial<Record<BatchFaultName, number>>;
  /** Calls that batches made. */
  batchLines: number;
  inFlight: number;
  peakInFlight: number;
}

/** Bytes of a request's body; more than any context window holds. A file of a batch may be larger. */
const LARGEST_REQUEST = 32 * 1024 * 1024;
const LARGEST_UPLOAD = 210 * 1024 * 1024;

/** Gives the whole body, or null for one that is too large. */
function takeBody(request: IncomingMessage, take: (raw: Buffer | null) => void): void {
  const chunks: Buffer[] = [];
  const largest = /\/files$|\/files\?/.test(request.url ?? '') ? LARGEST_UPLOAD : LARGEST_REQUEST;
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    // What is too much is read and dropped: a client that still sends would miss the 413.
    if (bytes <= largest) chunks.push(chunk);
    else chunks.length = 0;
  });
  request.on('end', () => {
    const whole = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    take(bytes > largest ? null : whole);
  });
}

function tooLarge(): WireReply {
  const message = `The request is larger than the ${LARGEST_REQUEST / 1024 / 1024} MB that the simulator takes.`;
  return jsonReply(413, {
    error: { message, type: 'invalid_request_error', param: null, code: 'request_too_large' },
  });
}

/** Takes requests in and sees replies out. */
export class Dispatcher {
  readonly counts: SimulatorCounts = {
    requests: {},
    faults: {},
    batchFaults: {},
    batchLines: 0,
    inFlight: 0,
    peakInFlight: 0,
  };
  readonly #offer: Offer;
  readonly #latency: { readonly min: number; readonly max: number };
  readonly #injector: FaultInjector | null;
  readonly #desk: BatchDesk;
  readonly #onRequest: DispatcherOptions['onRequest'];
  readonly #transmission = new Transmission();
  #promptTokens = 0;
  #generationTokens = 0;

  /** `interrupt` refuses connections for so many milliseconds. */
  constructor(options: DispatcherOptions, interrupt: (ms: number) => void) {
    const { references, apiKey, models, latencyMs = 0, faults, onRequest } = options;
    const cast = castJudges(judgePlanSchema.parse(options.judging ?? {}));
    this.#offer = { index: new QuestionIndex(references), apiKey, models, cast };
    this.#latency = typeof latencyMs === 'number' ? { min: latencyMs, max: latencyMs } : latencyMs;
    const means = { transmission: this.#transmission, counts: this.counts.faults, interrupt };
    const plan = faults ? faultPlanSchema.parse(faults) : null;
    this.#injector = plan ? new FaultInjector(plan, means) : null;
    this.#desk = new BatchDesk({
      faults: plan?.batch ?? [],
      call: (line, surface) => this.#callLine(line, surface),
      onFault: (fault) => {
        this.counts.batchFaults[fault] = (this.counts.batchFaults[fault] ?? 0) + 1;
      },
    });
    this.#onRequest = onRequest;
  }

  receive(request: IncomingMessage, response: ServerResponse): void {
    this.counts.inFlight++;
    this.counts.peakInFlight = Math.max(this.counts.peakInFlight, this.counts.inFlight);
    response.once('close', () => {
      this.counts.inFlight--;
    });
    takeBody(request, (raw) => {
      if (raw === null) {
        this.#transmission.send(response, tooLarge());
        return;
      }
      const path = request.url ?? '/';
      const { headers } = request;
      const route = findRoute(request.method ?? 'GET', path);
      this.counts.requests[route.name] = (this.counts.requests[route.name] ?? 0) + 1;
      this.#onRequest?.({
        method: request.method ?? 'GET',
        path,
        headers,
        body: parseOrNothing(raw),
        raw,
      });
      for (const [name, value] of Object.entries(SURFACE_HEADERS[route.surface])) {
        response.setHeader(name, value);
      }
      if (generates(route)) this.#generate({ route, headers, raw }, response);
      else this.#probe({ route, headers, raw }, response);
    });
  }

  close(): void {
    this.#transmission.close();
  }

  #generate(received: Received, response: ServerResponse): void {
    const admission = admit(received, this.#offer);
    if ('refusal' in admission) {
      this.#transmission.send(response, admission.refusal);
      return;
    }
    const { ask, drawKey } = admission;
    const generated = fulfil(ask, drawKey, this.#offer);
    const body = (changed: Generated) => replyBody(changed, received, admission);
    if (this.#injector?.takesOver(received, response, { ask, generated, body })) return;
    if (ask.stream) {
      this.#transmission.send(response, streamRefusal());
      return;
    }
    this.#promptTokens += generated.promptTokens;
    this.#generationTokens += generated.completionTokens;
    const reply = jsonReply(200, body(generated));
    const latency = this.#latencyOf(drawKey);
    if (latency <= 0) this.#transmission.send(response, reply);
    else
      this.#transmission.after(latency, response, () => this.#transmission.send(response, reply));
  }

  /** A line is answered as a request of its own would be, and known by its custom_id. */
  #callLine(
    { customId, url, body }: Parameters<DeskOptions['call']>[0],
    surface: Parameters<DeskOptions['call']>[1],
  ): WireReply {
    this.counts.batchLines += 1;
    const path = surface === 'azure' ? `/openai${url}` : url;
    const route = findRoute('POST', path);
    const headers = { 'content-type': 'application/json', 'x-request-id': customId };
    const received = { route, headers, raw: Buffer.from(JSON.stringify(body)) };
    if (!generates(route)) return strayReply(route);
    const admission = admit(received, { ...this.#offer, apiKey: undefined });
    if ('refusal' in admission) return admission.refusal;
    const { ask, drawKey } = admission;
    const generated = fulfil(ask, drawKey, this.#offer);
    const answer = {
      ask,
      generated,
      body: (changed: Generated) => replyBody(changed, received, admission),
    };
    return this.#injector?.spoiltLine(received, answer) ?? jsonReply(200, answer.body(generated));
  }

  #serveBatch(request: DeskRequest, response: ServerResponse): void {
    const refused = refuseCredentials(request.headers, request.route, this.#offer.apiKey);
    const reply = refused ?? this.#desk.reply(request);
    if (reply === 'lost') reset(response);
    else this.#transmission.send(response, reply);
  }

  #probe(received: Received, response: ServerResponse): void {
    if (this.#injector?.takesOver(received, response, null)) return;
    const { route, headers, raw } = received;
    if (route.batch !== undefined) {
      this.#serveBatch({ route: { ...route, batch: route.batch }, headers, raw }, response);
      return;
    }
    this.#transmission.send(response, this.#probeReply(received));
  }

  #probeReply({ route, headers, raw }: Received): WireReply {
    const { apiKey, models } = this.#offer;
    switch (route.kind) {
      case 'models':
        return refuseCredentials(headers, route, apiKey) ?? modelsReply(models, route.surface);
      case 'embeddings':
        return refuseCredentials(headers, route, apiKey) ?? embeddingsReply(raw, route, models);
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
}

function parseOrNothing(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}
