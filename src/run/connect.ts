import type { BatchLine } from '../batch/works.ts';
import type { RunConfig } from '../config/schema.ts';
import type { Endpoint, RemoteEndpoint } from '../domain/endpoint.ts';
import type { Item } from '../domain/item.ts';
import { createLane, type Lane } from '../endpoint/call-queue.ts';
import { defaultOutagePolicy, type OutagePolicy } from '../endpoint/circuit-breaker.ts';
import type { LaneEvent } from '../endpoint/lane-options.ts';
import { defaultTrialPolicy, type TrialPolicy } from '../endpoint/model-trials.ts';
import { defaultRetryPolicy, type RetryPolicy } from '../endpoint/retry-policy.ts';
import type { ChatModel } from '../ports/chat-model.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunEvent, RunListener } from '../ports/run-events.ts';
import { type Reference, referenceOf } from '../prepare/references.ts';

export interface ConnectOptions {
  readonly config: RunConfig;
  /** What simulated endpoints answer from. */
  readonly items: () => AsyncIterable<Item>;
  /** Every endpoint becomes a simulated one. */
  readonly rehearse: boolean;
  readonly clock: Clock;
  readonly listener: RunListener;
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
  readonly policies: CallPolicies;
  /** Endpoints that take batches are opened for those, and have no lane. */
  readonly batches?: boolean;
}

/** How failed calls are tried again, and how long an endpoint that is down is waited for. */
export interface CallPolicies {
  readonly retry: RetryPolicy;
  readonly outages: OutagePolicy;
  readonly trials: TrialPolicy;
}

export const defaultPolicies: CallPolicies = {
  retry: defaultRetryPolicy,
  outages: defaultOutagePolicy,
  trials: defaultTrialPolicy,
};

export interface Connections {
  readonly lanes: ReadonlyMap<string, Lane>;
  /** Of endpoints that take batches. */
  readonly lines: ReadonlyMap<string, BatchLine>;
  close(): Promise<void>;
}

/** Opens what the config's models and judges ask; endpoints that nobody uses are left alone. */
export async function connect(options: ConnectOptions): Promise<Connections> {
  const { config, rehearse } = options;
  const used = new Set(
    [...config.models, ...config.judges].flatMap(({ endpoint }) => endpoint ?? []),
  );
  const lanes = new Map<string, Lane>();
  const lines = new Map<string, BatchLine>();
  const closers: (() => Promise<void>)[] = [];
  for (const [name, endpoint] of Object.entries(config.endpoints)) {
    if (!used.has(name)) continue;
    const simulated = rehearse || endpoint.kind === 'simulated';
    const remote = simulated ? await simulate(endpoint, options, closers) : endpoint;
    if (options.batches && remote.batch !== undefined) {
      const { createBatchEndpoint } = await import('../adapters/openai/batch/batch-endpoint.ts');
      const opened = createBatchEndpoint(remote);
      closers.push(() => opened.close());
      lines.set(name, { endpoint: opened, setting: remote.batch, simulated });
      continue;
    }
    const chatModel = await openChatModel(remote);
    closers.push(() => chatModel.close());
    const lane = laneTo(name, { endpoint: remote, chatModel }, options);
    closers.push(() => lane.close());
    lanes.set(name, lane);
  }
  return {
    lanes,
    lines,
    close: async () => {
      for (const close of closers.reverse()) await close();
    },
  };
}

/** A simulated batch goes one step further at each look. */
const SIMULATED_LOOK_SECONDS = 0.02;

/** A chat model for an endpoint; the client library is loaded here and not before. */
export async function openChatModel(endpoint: RemoteEndpoint): Promise<ChatModel> {
  const { createChatModel } = await import('../adapters/openai/chat-model.ts');
  return await createChatModel(endpoint);
}

async function simulate(
  endpoint: Endpoint,
  { items }: ConnectOptions,
  closers: (() => Promise<void>)[],
): Promise<RemoteEndpoint> {
  const { startSimulator } = await import('../adapters/simulator/server.ts');
  const references: Reference[] = [];
  for await (const item of items()) references.push(referenceOf(item));
  const own = endpoint.kind === 'simulated' ? endpoint : null;
  const simulator = await startSimulator({
    references,
    latencyMs: own?.latencyMs ?? 0,
    ...(own === null ? {} : { judging: { judges: own.judges, families: own.families } }),
  });
  closers.push(() => simulator.close());
  const { concurrency, rpm, tpm, timeouts, maxReplyMb, batch } = endpoint;
  return {
    kind: 'vllm',
    baseUrl: [`${simulator.url}/v1`],
    apiKey: '',
    concurrency,
    timeouts,
    maxReplyMb,
    proxy: 'none',
    ...(rpm === undefined ? {} : { rpm }),
    ...(tpm === undefined ? {} : { tpm }),
    ...(batch === undefined ? {} : { batch: { ...batch, lookSeconds: SIMULATED_LOOK_SECONDS } }),
  };
}

function laneTo(
  name: string,
  { endpoint, chatModel }: { readonly endpoint: RemoteEndpoint; readonly chatModel: ChatModel },
  { clock, listener, stop, abort, policies }: ConnectOptions,
): Lane {
  return createLane({
    name,
    chatModel: announced(chatModel, listener),
    concurrency: endpoint.concurrency,
    rates: { rpm: endpoint.rpm, tpm: endpoint.tpm },
    ...policies,
    clock,
    stop,
    abort,
    tell: (event) => listener(noticeOf(name, event)),
  });
}

function announced(chatModel: ChatModel, listener: RunListener): ChatModel {
  return {
    ...chatModel,
    ask: async (request, options) => {
      const call = options.requestId;
      listener({ kind: 'sent', call, model: request.model });
      try {
        return await chatModel.ask(request, options);
      } finally {
        listener({ kind: 'returned', call });
      }
    },
  };
}

function noticeOf(name: string, event: LaneEvent): RunEvent {
  switch (event.kind) {
    case 'closed':
      return { kind: 'notice', level: 'error', message: closedMessage(name, event) };
    case 'down':
      return {
        kind: 'notice',
        level: 'warning',
        message: `${placeOf(name, event.model)} is down: ${event.error.message}. Waiting up to ${timeSpan(event.limitMs)}; its calls stay queued.`,
      };
    case 'up': {
      const message = `${placeOf(name, event.model)} answers again after ${timeSpan(event.afterMs)}.`;
      return { kind: 'notice', level: 'warning', message };
    }
    default:
      return event satisfies never;
  }
}

function closedMessage(
  name: string,
  { error, model }: Extract<LaneEvent, { kind: 'closed' }>,
): string {
  return `${placeOf(name, model)} is not asked any more: ${error.message}. Its remaining calls stay pending; fix this and run the same command again.`;
}

function placeOf(endpoint: string, model: string | null): string {
  return model === null ? `Endpoint "${endpoint}"` : `Model "${model}" at endpoint "${endpoint}"`;
}

function timeSpan(ms: number): string {
  return ms < 120_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
