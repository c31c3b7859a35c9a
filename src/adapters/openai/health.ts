import type { EndpointLoad } from '../../ports/chat-model.ts';
import type { Authorization } from './connection/authorization.ts';
import type { Client } from './connection/client.ts';
import type { EndpointKind } from './kinds/kind.ts';
import type { WireReply } from './reply/exchange.ts';

/** What probes need of an endpoint. They go out with its credentials: a gateway may want them. */
export interface Probed {
  readonly engine: EndpointKind['engine'];
  readonly authorization: Authorization;
  readonly clients: readonly Client[];
}

/**
 * Whether any replica answers: an engine by its /health, which says whether it lives. Elsewhere any
 * reply will do, as a list of models says nothing of the models. Rejects for an aborted signal alone.
 */
export async function anyIsUp(endpoint: Probed, signal: AbortSignal): Promise<boolean> {
  const { engine } = endpoint;
  const replies = await getAll(endpoint, engine === null ? '/models' : '/health', signal);
  return replies.some((reply) => reply !== null && (engine === null || reply.status < 500));
}

/** One reply per replica; null for none. */
async function getAll(
  { engine, authorization, clients }: Probed,
  path: string,
  signal: AbortSignal,
): Promise<(WireReply | null)[]> {
  return await Promise.all(
    clients.map(async (client) => {
      const url = engine === null ? path : engine(client.url) + path;
      const sent = await authorization.send(
        (auth) => client.get(url, { headers: { ...auth }, signal }),
        () => false,
        signal,
      );
      return sent.kind === 'sent' && sent.answer.kind === 'reply' ? sent.answer : null;
    }),
  );
}

/** Reads /metrics of all replicas; null unless one of them tells. Rejects for an aborted signal alone. */
export async function readLoad(
  endpoint: Probed,
  signal: AbortSignal,
): Promise<EndpointLoad | null> {
  if (endpoint.engine === null) return null;
  const replies = await getAll(endpoint, '/metrics', signal);
  return parseMetrics(
    replies.map((reply) => (reply?.status === 200 ? reply.bodyText : '')).join('\n'),
  );
}

/** What vLLM's replicas say of themselves under /version. Rejects for an aborted signal alone. */
export async function readVersions(endpoint: Probed, signal: AbortSignal): Promise<string[]> {
  if (endpoint.engine === null) return [];
  const replies = await getAll(endpoint, '/version', signal);
  return replies.flatMap((reply) => {
    const [, version] =
      /"version"\s*:\s*"([^"]{1,64})"/.exec(reply?.bodyText.slice(0, 512) ?? '') ?? [];
    return reply?.status === 200 && version !== undefined ? [version] : [];
  });
}

const SAMPLE = /^vllm:(\w+?)(?:_total)?(?:\{[^\n]*\})?[ \t]+([0-9.eE+-]+)[ \t]*$/gm;

/** One sample an engine and replica: loads add up, of the caches the fullest counts. */
export function parseMetrics(text: string): EndpointLoad | null {
  const samples = new Map<string, number[]>();
  for (const [, name = '', value] of text.matchAll(SAMPLE)) {
    const number = Number(value);
    if (!Number.isFinite(number)) continue;
    const known = samples.get(name);
    if (known === undefined) samples.set(name, [number]);
    else known.push(number);
  }
  const sum = (name: string) => (samples.get(name) ?? []).reduce((total, one) => total + one, 0);
  if (!samples.has('num_requests_waiting')) return null;
  // Renamed in vLLM 0.9 (vllm#18354); the old name was dropped later.
  const caches = samples.get('kv_cache_usage_perc') ?? samples.get('gpu_cache_usage_perc');
  return {
    running: sum('num_requests_running'),
    waiting: sum('num_requests_waiting'),
    cacheUsage: caches?.reduce((fullest, one) => Math.max(fullest, one)) ?? null,
    preemptions: sum('num_preemptions'),
  };
}
