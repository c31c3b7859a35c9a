import { z } from 'zod';
import { BATCH_FAULTS, type BatchFaultName } from '../batch/faults/index.ts';

/** Everything the simulator can do wrong, each seen on a real server or its way. */
export const FAULTS = {
  // Sockets
  'stale-socket': 'a kept-alive socket is reset on reuse, as after five idle seconds',
  'connection-reset': 'RST before any byte of the reply',
  'closed-early': 'FIN before any byte of the reply',
  'late-headers': 'nothing for `ms`, then the answer',
  'stalled-body': 'headers and half a body, then silence for `ms`, then the end',
  'truncated-length': 'half of the promised content-length, then FIN',
  'truncated-chunked': 'half a chunked body, then FIN',
  'slow-success': 'the answer after `ms`; its id stays taken until then, hung up or not',
  'duplicate-id': '400: the request id is already running',
  'engine-death': '500s with /health 503 for `ms`, calls in flight reset, then recovery',
  'engine-restart': 'a 500, then connections are refused for `ms`, then recovery',
  drip: 'headers, then a byte now and then, without an end',
  'interim-responses': '102 Processing again and again, without an end',
  'backend-down': '500s of a gateway whose model is gone for `ms`, while its other routes answer',
  'model-loading': '503 on every route for `ms`, while a llama.cpp loads its model',
  scaling: '503 on every route for `ms` (elastic expert parallelism)',
  // Bodies of a 200
  'error-in-200': 'an error body with status 200 (vLLM 0.15.1 and 0.16.0)',
  'html-200': 'a login page with status 200',
  'content-parts': 'content as a list of thinking and text (Mistral)',
  'choices-reversed': 'a second choice, before the one of index 0',
  'streamed-unasked': 'a stream of events unless the request says `stream: false`',
  'huge-200': 'an answer with two megabytes of spaces behind it',
  'empty-200': 'no body',
  'null-200': 'the body null',
  'nan-json': 'NaN where JSON wants a value',
  'broken-json': 'JSON that stops in the middle',
  'no-choices': 'an empty list of choices',
  'lone-surrogate': 'text that ends in half a surrogate pair',
  'completion-filtered': 'finish_reason content_filter, content null',
  'completion-filtered-absent': 'finish_reason content_filter, no content at all',
  'completion-filtered-partial': 'finish_reason content_filter after some text',
  'filter-down': 'an answer that no content filter has seen',
  'reasoning-used-budget': 'content null, thinking in its own field, finish_reason length',
  'think-tags': 'thinking in the text, between <think> and </think>',
  'think-closer': 'thinking in the text, ended by </think> but not opened',
  'answer-in-english': 'an answer in English, whatever language was asked in',
  'format-ignored': 'free text whatever format was asked for',
  'model-swapped': 'another model and fingerprint under the same name',
  'sse-error': 'a stream that breaks off with an error event (streamed requests only)',
  'sse-cut': 'a stream that ends without [DONE] (streamed requests only)',
  // Error bodies
  'flat-error': '400 in the flat shape of vLLM up to 0.10.0',
  'nested-error': '400 in the nested shape of vLLM from 0.10.1',
  'detail-error': '422 in the shape of FastAPI: {"detail"}',
  'deep-error': '400 whose detail is a hundred thousand lists in each other',
  'gateway-key': '400 of LiteLLM for a wrong key (no_db_connection)',
  'gateway-model': '400 of LiteLLM for a model it does not know',
  'unreadable-output': '500 of llama.cpp for a text of the model that it cannot parse',
  'gzip-error': '429 with a gzip-encoded body, asked for or not',
  'unauthorized-vllm': '401, the error a string',
  'unauthorized-azure': '401 for a wrong subscription key',
  'token-expired': '401 for an Entra token, statusCode at the top level',
  'permission-denied': '401 for an Entra principal without the role',
  forbidden: '403, the resource temporarily blocked',
  'token-provider-throttled': '429 from the metadata service that hands out tokens',
  'request-timeout': '408',
  conflict: '409',
  'empty-500': '500 without a body (dead engine)',
  'nested-500': '500 in the nested shape (dead engine)',
  'queue-full': '503 of a vLLM whose queue is full',
  overloaded: '503 of a model overloaded with other requests',
  'gateway-502': '502 with a page of HTML',
  'gateway-503': '503 with a page of HTML',
  'gateway-504': '504 with a page of HTML',
  'adapter-missing': '404 of a replica that has not loaded the adapter',
  'deployment-not-found': '404 of an Azure deployment that is not there yet',
  'retired-404': '404 Resource not found, of a retired model',
  'retired-400': '400, the operation does not work with the retired model',
  'retired-410': '410, the model is deprecated',
  'unsupported-parameter': '400 as long as max_tokens is sent',
  'unsupported-value': '400 as long as a temperature other than 1 is sent',
  'prompt-filtered': '400 content_filter with innererror',
  'prompt-filtered-plural': '400 content_filter with inner_error and content_filter_results',
  'prompt-filtered-bare': '400 content_filter without an inner error',
  'context-a': '400, context length, vLLM’s first wording',
  'context-a-prompt': '400, context length by the prompt alone, first wording',
  'context-b': '400, context length, second wording',
  'context-b-completion': '400, max_tokens too large, second wording',
  'context-c': '400, context length, third wording (its count is max_input + 1)',
  'context-c-characters': '400, context length in characters, third wording',
  'context-c-completion': '400, max_tokens too large, third wording',
  'context-d': '400, context length, fourth wording (vLLM 0.32)',
  'context-d-characters': '400, context length in characters, fourth wording',
  'context-d-input': '400, context length of the input, fourth wording',
  'context-llama': '400 exceed_context_size_error of llama.cpp',
  'context-azure': '400 context_length_exceeded',
  // Rate limits
  'rate-limit-ms': '429 with retry-after-ms',
  'rate-limit-seconds': '429 with retry-after in seconds',
  'rate-limit-date': '429 with retry-after as a date',
  'rate-limit-none': '429 without any hint',
  'rate-limit-message': '429 with the wait in the message alone',
  'rate-limit-bogus': '429 with limits and resets of -1 and 0',
  'rate-limit-reset': '429 with x-rate-limit-reset-tokens alone',
  'rate-limit-day': '429 with retry-after 86400: one call is larger than the quota',
  'rate-limit-capacity': '429 at peak load, the limit lowered',
  'rate-limit-burst': '429 where more than `perSecond` requests came within a second',
} as const;

export type FaultName = keyof typeof FAULTS;

const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);

const matchSchema = z.strictObject({
  /** Part of the route's name, such as `/openai/` or `GET /health`. Without it: generation alone. */
  route: z.string().optional(),
  questionIncludes: z.string().optional(),
  /** The model or deployment, exactly. */
  model: z.string().optional(),
  role: z.enum(['answer', 'judge']).optional(),
});

const ruleSchema = z.strictObject({
  fault: z.enum(Object.keys(FAULTS).filter(isFaultName)),
  /** Part of the matching requests that are hit, drawn by their content. */
  share: z.number().min(0).max(1).default(1),
  match: matchSchema.prefault({}),
  /** How often one request is hit, its retries included, before it passes. */
  times: z.union([z.int().min(1), z.literal('always')]).default(1),
  /** Milliseconds of a delay, stall, outage or asked-for wait. */
  ms: z.number().min(0).optional(),
  /** For rate-limit-burst. */
  perSecond: z.int().min(1).default(10),
});
export type FaultRule = z.infer<typeof ruleSchema>;

const isBatchFaultName = (name: string): name is BatchFaultName =>
  Object.hasOwn(BATCH_FAULTS, name);

const batchRuleSchema = z.strictObject({
  fault: z.enum(Object.keys(BATCH_FAULTS).filter(isBatchFaultName)),
  /** Requests or batches that are hit before all is well. */
  times: z.union([z.int().min(1), z.literal('always')]).default(1),
});

/** Which faults to inject, and when. The first rule that hits a request decides. */
export const faultPlanSchema = z.strictObject({
  seed: z.int(),
  rules: z.array(ruleSchema).default([]),
  /** What goes wrong with files and batches. */
  batch: z.array(batchRuleSchema).default([]),
});
export type FaultPlan = z.infer<typeof faultPlanSchema>;
/** A plan as written, defaults left out. */
export type FaultPlanInput = z.input<typeof faultPlanSchema>;
