import type { RemoteEndpoint } from '../../domain/endpoint.ts';
import type { Decoding } from '../../domain/model-spec.ts';
import type {
  AttemptOptions,
  AttemptOutcome,
  ChatModel,
  ChatReply,
  ChatRequest,
  ModelListing,
} from '../../ports/chat-model.ts';
import { type Authorization, createAuthorization } from './connection/authorization.ts';
import type { GetToken } from './connection/azure-auth.ts';
import type { Client } from './connection/client.ts';
import { createReplicas } from './connection/replicas.ts';
import { wantsAnotherReplica } from './failure/failures.ts';
import { createRedactor } from './failure/redact.ts';
import { anyIsUp, readLoad, readVersions } from './health.ts';
import { kindOf } from './kinds/index.ts';
import type { EndpointKind } from './kinds/kind.ts';
import type { Exchange, Target } from './reply/exchange.ts';
import { combineListings, readListing, redactListing } from './reply/listing.ts';
import { classify, redactOutcome } from './reply/outcome.ts';
import { readQuota } from './reply/quota.ts';
import { isStream, PAGE } from './reply/reply.ts';
import { createAdaptations } from './request/adaptations.ts';
import { requestBody, requestIdHeader } from './request/request-body.ts';

export interface ChatModelOptions {
  /** Where Entra tokens come from, in place of Azure's credential chain. */
  readonly getToken?: GetToken;
}

/**
 * A model behind vLLM, OpenAI or Azure. What sends is loaded here and not when this module is
 * imported, so that commands that call no model do not pay for it. Rejects with OperatorError for a
 * key that cannot be sent.
 */
export async function createChatModel(
  endpoint: RemoteEndpoint,
  { getToken }: ChatModelOptions = {},
): Promise<ChatModel> {
  const { createClients } = await import('./connection/client.ts');
  const redactor = createRedactor();
  const authorization = createAuthorization(endpoint, redactor, getToken);
  const { clients, close } = await createClients(endpoint);
  const connection = { kind: kindOf(endpoint), authorization, clients };
  const probed = { engine: connection.kind.engine, authorization, clients };
  const ask = createAsk(connection);
  return {
    ask: async (request, options) =>
      redactOutcome(await orReason(options.signal, () => ask(request, options)), redactor),
    listModels: async (signal) =>
      redactListing(await orReason(signal, () => listModels(connection, signal)), redactor),
    isUp: (signal) => orReason(signal, () => anyIsUp(probed, signal)),
    load: (signal) => orReason(signal, () => readLoad(probed, signal)),
    versions: (signal) => orReason(signal, () => readVersions(probed, signal)),
    close,
  };
}

/** More parameters than this are not rejected one after the other; a server that does so is broken. */
const MOST_CHANGES = 8;

interface Connection {
  readonly kind: EndpointKind;
  readonly authorization: Authorization;
  readonly clients: readonly Client[];
}

interface AskedOnce {
  readonly outcome: AttemptOutcome;
  /** null where no request was sent. */
  readonly result: Exchange | null;
}

function createAsk(connection: Connection): ChatModel['ask'] {
  const { authorization, clients } = connection;
  const replicas = createReplicas(clients, () => performance.now());
  /** Models that have answered: a later 404 for one is a replica still loading it, not a wrong name. */
  const served = new Set<string>();
  const adaptations = createAdaptations();
  /** Models that a server streams unless told otherwise. */
  const streamed = new Set<string>();

  async function askOnce(
    request: ChatRequest,
    { signal, requestId, onQuota }: AttemptOptions,
  ): Promise<AskedOnce> {
    const { path, body, notes } = requestBody(request);
    const idHeader = { 'x-request-id': requestIdHeader(requestId) };
    const sent = await authorization.send(
      (auth) =>
        replicas.run(
          (client) => client.post(path, body, { headers: { ...auth, ...idHeader }, signal }),
          (exchange) => !wantsAnotherReplica(exchange),
        ),
      ({ result }) => isUnauthorized(result),
      signal,
    );
    if (sent.kind === 'no-token') return { outcome: sent.outcome, result: null };
    const { client, result } = sent.answer;
    const outcome = classify(result, targetOf(connection, client, request.model), Date.now());
    if (outcome.kind === 'reply') {
      served.add(request.model);
      const quota = result.kind === 'reply' ? readQuota(result.headers) : null;
      if (quota !== null) onQuota?.(quota);
    }
    const kept = sparing(outcome, { model: served.has(request.model), endpoint: served.size > 0 });
    const replica = clients.length > 1 ? { replica: client.url } : {};
    return { outcome: withParts({ notes, ...replica }, kept), result };
  }

  /** Whether the refusal of what was sent shows how the model wants to be asked. */
  function learn({ model, strictParams }: ChatRequest, sent: Decoding, asked: AskedOnce): boolean {
    const { outcome, result } = asked;
    if (result === null || outcome.kind !== 'terminal') return false;
    if (isStream(result) && !('stream' in sent)) {
      streamed.add(model);
      return true;
    }
    return !strictParams && adaptations.learn(model, sent, result);
  }

  return async (request, options) => {
    const { model } = request;
    for (let change = 0; ; change += 1) {
      const { decoding: adapted, changes } = adaptations.apply(model, request.decoding);
      const decoding = streamed.has(model) ? { ...adapted, stream: false } : adapted;
      const requestId = change === 0 ? options.requestId : `${options.requestId}-p${change}`;
      const asked = await askOnce({ ...request, decoding }, { ...options, requestId });
      if (change >= MOST_CHANGES || !learn(request, decoding, asked)) {
        return withParts({ adaptations: changes }, asked.outcome);
      }
    }
  };
}

/** A name that was served is not wrong, and what answered as a model server is one. */
function sparing(
  outcome: AttemptOutcome,
  served: { readonly model: boolean; readonly endpoint: boolean },
): AttemptOutcome {
  if (outcome.kind !== 'fatal') return outcome;
  const { error } = outcome;
  const passes = (served.model && error.status === 404) || (served.endpoint && error.code === PAGE);
  return passes ? { kind: 'retryable', error, waitMs: null, holds: 'call' } : outcome;
}

async function listModels(connection: Connection, signal: AbortSignal): Promise<ModelListing> {
  const { kind, authorization, clients } = connection;
  if (kind.unlisted !== null) return { kind: 'unlisted', reason: kind.unlisted };
  const listings = clients.map(async (client): Promise<ModelListing> => {
    const sent = await authorization.send(
      (auth) => client.get('/models', { headers: { ...auth }, signal }),
      isUnauthorized,
      signal,
    );
    if (sent.kind === 'no-token') return { kind: 'unreachable', error: sent.outcome.error };
    return readListing(sent.answer, targetOf(connection, client, '/models'), Date.now());
  });
  return combineListings(await Promise.all(listings));
}

function isUnauthorized(exchange: Exchange): boolean {
  return exchange.kind === 'reply' && exchange.status === 401;
}

function targetOf({ kind, authorization }: Connection, client: Client, model: string): Target {
  return { url: client.url, model, noun: kind.noun, authAdvice: authorization.advice };
}

/** Whatever the client makes of an abort, the caller gets the signal's own reason. */
async function orReason<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

function withParts(
  {
    notes = [],
    adaptations = [],
    ...parts
  }: Partial<Pick<ChatReply, 'notes' | 'adaptations' | 'replica'>>,
  outcome: AttemptOutcome,
): AttemptOutcome {
  if (outcome.kind !== 'reply') return outcome;
  const { reply } = outcome;
  return {
    kind: 'reply',
    reply: {
      ...reply,
      ...parts,
      notes: [...notes, ...reply.notes],
      adaptations: [...adaptations, ...reply.adaptations],
    },
  };
}
