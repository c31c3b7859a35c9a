import { CREATED } from './completions.ts';
import type { Surface } from './routes.ts';
import { jsonReply, type WireReply } from './wire-reply.ts';

/** Listed where the simulator was not told what it serves (it then serves any name). */
const SAMPLE_MODELS = ['simulated-85'];

/** GET /v1/models. */
export function modelsReply(models: readonly string[] | undefined, surface: Surface): WireReply {
  const names = models ?? SAMPLE_MODELS;
  const listing = surface === 'azure' ? names.map(azureModel) : names.map(vllmModel);
  return jsonReply(200, { object: 'list', data: listing });
}

function vllmModel(id: string) {
  const permission = {
    id: `modelperm-${id}`,
    object: 'model_permission',
    created: CREATED,
    allow_create_engine: false,
    allow_sampling: true,
    allow_logprobs: true,
    allow_search_indices: false,
    allow_view: true,
    allow_fine_tuning: false,
    organization: '*',
    group: null,
    is_blocking: false,
  };
  return {
    id,
    object: 'model',
    created: CREATED,
    owned_by: 'simulator',
    root: `simulated:${id}`,
    parent: null,
    max_model_len: 131_072,
    permission: [permission],
  };
}

function azureModel(id: string) {
  return {
    id,
    object: 'model',
    created_at: CREATED,
    status: 'succeeded',
    lifecycle_status: 'generally-available',
    capabilities: { chat_completion: true, completion: true, inference: true },
  };
}

/** GET /version. */
export function versionReply(): WireReply {
  return jsonReply(200, { version: '0.0.0+simulated' });
}

/** GET /health: 200 or, with a dead engine, 503; both empty. */
export function healthReply(healthy: boolean): WireReply {
  return { status: healthy ? 200 : 503, headers: {}, body: '' };
}

/** GET /metadata/identity/oauth2/token, where a managed identity asks for its token. */
export function tokenReply(token: string, now: number): WireReply {
  const expires = Math.floor(now / 1000) + 86_400;
  return jsonReply(200, {
    access_token: token,
    expires_in: '86400',
    expires_on: String(expires),
    resource: 'https://cognitiveservices.azure.com',
    token_type: 'Bearer',
  });
}

/** In-flight sequences at which the pretended cache is full. */
const CACHE_FULL_AT = 256;

/** GET /metrics: the gauges and counters of vLLM that a load control reads. */
export function metricsReply(load: {
  readonly running: number;
  readonly promptTokens: number;
  readonly generationTokens: number;
}): WireReply {
  const cache = Math.min(1, load.running / CACHE_FULL_AT);
  const body = [
    ...series('gauge', 'num_requests_running', load.running),
    ...series('gauge', 'num_requests_waiting', 0),
    ...series('gauge', 'kv_cache_usage_perc', cache),
    ...series('counter', 'num_preemptions_total', 0),
    ...series('counter', 'prompt_tokens_total', load.promptTokens),
    ...series('counter', 'generation_tokens_total', load.generationTokens),
  ].join('\n');
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    body: `${body}\n`,
  };
}

function series(type: 'gauge' | 'counter', name: string, value: number): string[] {
  return [
    `# HELP vllm:${name} Simulated.`,
    `# TYPE vllm:${name} ${type}`,
    `vllm:${name}{engine="0",model_name="simulated"} ${value}`,
  ];
}
