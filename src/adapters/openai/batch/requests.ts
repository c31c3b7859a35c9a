import type { z } from 'zod';
import type { RemoteEndpoint } from '../../../domain/endpoint.ts';
import type { BatchReply } from '../../../ports/batch-endpoint.ts';
import type { Authorization } from '../connection/authorization.ts';
import { parseErrorBody, parseJson } from '../failure/error-body.ts';
import type { Redactor } from '../failure/redact.ts';
import type { Exchange, Target } from '../reply/exchange.ts';
import { classify, redactError } from '../reply/outcome.ts';
import { pageSchema } from './objects.ts';
import { type BatchRequest, createBatchWire } from './wire.ts';

const PAGE = '100';
/** Files of this many pages are looked through for one that was lost on the way. */
const MOST_PAGES = 100;
const QUOTAS = new Set(['quotaExceeded', 'token_limit_exceeded']);

/** Requests about files and batches whose replies are sorted by what the caller can do about them. */
export interface BatchRequests {
  get<Schema extends z.ZodType>(
    request: BatchRequest,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<BatchReply<z.output<Schema>>>;
  /** The same where the reply says nothing. */
  act(request: BatchRequest, signal: AbortSignal): Promise<BatchReply<null>>;
  /** Walks a list, the newest first, and keeps what fits. */
  list<Schema extends z.ZodType>(
    path: '/files' | '/batches',
    schema: Schema,
    options: {
      readonly keep: (entry: z.output<Schema>) => boolean;
      readonly signal: AbortSignal;
    },
  ): Promise<BatchReply<z.output<Schema>[]>>;
  /** What a result line's call was about. */
  target(model: string): Target;
  close(): Promise<void>;
}

export function createBatchRequests(
  endpoint: RemoteEndpoint,
  {
    authorization,
    redactor,
  }: { readonly authorization: Authorization; readonly redactor: Redactor },
): BatchRequests {
  const wire = createBatchWire(endpoint);
  const target = (model: string): Target => ({
    url: wire.url,
    model,
    noun: endpoint.kind === 'azure' ? 'deployment' : 'model',
    authAdvice: authorization.advice,
  });

  async function send(request: BatchRequest, signal: AbortSignal): Promise<BatchReply<Exchange>> {
    signal.throwIfAborted();
    const sent = await authorization.send(
      (auth) => wire.send(request, { ...auth }, signal),
      (exchange) => exchange.kind === 'reply' && exchange.status === 401,
      signal,
    );
    if (sent.kind === 'no-token') return unsuccessful(sent.outcome);
    const exchange = sent.answer;
    if (exchange.kind === 'reply' && exchange.status >= 200 && exchange.status < 300) {
      return { kind: 'done', value: exchange };
    }
    return failureOf(exchange, target('batches'));
  }

  const redacted = <Value>(reply: BatchReply<Value>): BatchReply<Value> =>
    reply.kind === 'done' ? reply : { ...reply, error: redactError(reply.error, redactor) };

  async function get<Schema extends z.ZodType>(
    request: BatchRequest,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<BatchReply<z.output<Schema>>> {
    return redacted(readReply(await send(request, signal), schema, wire.url));
  }

  return {
    get,
    act: async (request, signal) => {
      const reply = await send(request, signal);
      return reply.kind === 'done' ? { kind: 'done', value: null } : redacted(reply);
    },
    list: async <Schema extends z.ZodType>(
      path: '/files' | '/batches',
      schema: Schema,
      { keep, signal }: { keep: (entry: z.output<Schema>) => boolean; signal: AbortSignal },
    ) => {
      const found: z.output<Schema>[] = [];
      const purpose = path === '/files' ? { purpose: 'batch' } : {};
      let after: string | null = null;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const query: Record<string, string> = { limit: PAGE, ...purpose, ...(after && { after }) };
        const reply = await get({ method: 'GET', path, query }, pageSchema(schema), signal);
        if (reply.kind !== 'done') return reply;
        found.push(...reply.value.data.filter(keep));
        if (!reply.value.has_more || reply.value.last_id === null) break;
        after = reply.value.last_id;
      }
      return { kind: 'done', value: found };
    },
    target,
    close: wire.close,
  };
}

function readReply<Schema extends z.ZodType>(
  reply: BatchReply<Exchange>,
  schema: Schema,
  url: string,
): BatchReply<z.output<Schema>> {
  if (reply.kind !== 'done') return reply;
  const text = reply.value.kind === 'reply' ? reply.value.bodyText : '';
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return { kind: 'done', value: parsed.data };
  const message = `${url} answered with something else than was asked for: ${text.slice(0, 200)}`;
  return {
    kind: 'unavailable',
    error: { kind: 'protocol', message, status: null, code: null },
    waitMs: null,
  };
}

/** A 404 is its own case here: of a file or batch it says that it is not there. */
function failureOf(exchange: Exchange, target: Target): BatchReply<never> {
  if (exchange.kind === 'reply') {
    const { message, code } = parseErrorBody(exchange.status, exchange.bodyText);
    const error = { kind: 'not-found', message, status: exchange.status, code } as const;
    if (exchange.status === 404) return { kind: 'absent', error };
    if (QUOTAS.has(code ?? '')) return { kind: 'quota', error: { ...error, kind: 'quota' } };
  }
  return unsuccessful(classify(exchange, target, Date.now()));
}

function unsuccessful(outcome: ReturnType<typeof classify>): BatchReply<never> {
  switch (outcome.kind) {
    case 'stale-socket':
      return { kind: 'unavailable', error: outcome.error, waitMs: 0 };
    case 'retryable':
      return { kind: 'unavailable', error: outcome.error, waitMs: outcome.waitMs };
    case 'terminal':
    case 'fatal':
      return { kind: 'refused', error: outcome.error };
    case 'reply':
    case 'filtered':
      throw new Error('a reply that is no success cannot be one');
    default:
      return outcome satisfies never;
  }
}
