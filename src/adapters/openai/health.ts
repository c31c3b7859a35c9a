import type { RemoteEndpoint } from '../../domain/endpoint.ts';
import type { EndpointLoad } from '../../ports/chat-model.ts';
import type { Client } from './connection/client.ts';

/** Whether any replica answers. Rejects for an aborted signal alone. */
export async function anyIsUp(
  kind: RemoteEndpoint['kind'],
  clients: readonly Client[],
  signal: AbortSignal,
): Promise<boolean> {
  const found = await Promise.all(
    clients.map(async (client) => {
      // vLLM's /health says whether the engine lives; without credentials, which it does not want.
      const path = kind === 'vllm' ? serverUrl(client, '/health') : '/models';
      const exchange = await client.get(path, { headers: NOBODY, signal });
      return exchange.kind === 'reply' && exchange.status < 500;
    }),
  );
  return found.includes(true);
}

const NOBODY = { authorization: null, 'api-key': null };

/** Reads /metrics of all replicas; null unless one of them tells. Rejects for an aborted signal alone. */
export async function readLoad(
  clients: readonly Client[],
  signal: AbortSignal,
): Promise<EndpointLoad | null> {
  const texts = await Promise.all(
    clients.map(async (client) => {
      const exchange = await client.get(serverUrl(client, '/metrics'), { headers: NOBODY, signal });
      return exchange.kind === 'reply' && exchange.status === 200 ? exchange.bodyText : '';
    }),
  );
  return parseMetrics(texts.join('\n'));
}

/** vLLM serves its probes beside /v1, not below it. */
function serverUrl({ url }: Client, path: string): string {
  return url.replace(/\/+v1\/*$/, '') + path;
}

const SAMPLE = /^vllm:(\w+?)(?:_total)?(?:\{[^\n]*\})?[ \t]+([0-9.eE+-]+)[ \t]*$/gm;

/** One sample an engine and replica: loads add up, of the caches the fullest counts. */
export function parseMetrics(text: string): EndpointLoad | null {
  const samples = new Map<string, number[]>();
  for (const [, name = '', value] of text.matchAll(SAMPLE)) {
    const number = Number(value);
    if (Number.isFinite(number)) samples.set(name, [...(samples.get(name) ?? []), number]);
  }
  const sum = (name: string) => (samples.get(name) ?? []).reduce((total, one) => total + one, 0);
  if (!samples.has('num_requests_waiting')) return null;
  // Renamed in vLLM 0.9 (vllm#18354); the old name was dropped later.
  const caches = samples.get('kv_cache_usage_perc') ?? samples.get('gpu_cache_usage_perc');
  return {
    running: sum('num_requests_running'),
    waiting: sum('num_requests_waiting'),
    cacheUsage: caches === undefined ? null : Math.max(...caches),
    preemptions: sum('num_preemptions'),
  };
}
