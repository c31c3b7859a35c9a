import { toUSVString } from 'node:util';
import { z } from 'zod';
import { OperatorError } from '../../domain/errors.ts';
import type { Decoding } from '../../domain/model-spec.ts';
import type { ReadLine } from '../../ports/batch-endpoint.ts';
import type { ChatReply, ChatRequest } from '../../ports/chat-model.ts';

/** What vLLM's SamplingParams take of a chat request's fields, under the same name. */
const SAMPLING = new Set([
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'seed',
  'stop',
  'stop_token_ids',
  'max_tokens',
  'min_tokens',
  'presence_penalty',
  'frequency_penalty',
  'repetition_penalty',
  'ignore_eos',
  'skip_special_tokens',
  'structured_outputs',
]);

/**
 * A call as a row for Ray Data's vLLM processor. Throws OperatorError for what rows cannot carry; and
 * without max_tokens, since the engine would then stop after 16 tokens.
 */
export function rayRow(customId: string, request: ChatRequest): string {
  const sampling_params = samplingOf(request);
  const messages = request.prompt.map(({ role, content }) => ({
    role,
    content: toUSVString(content),
  }));
  return JSON.stringify({ custom_id: customId, messages, sampling_params });
}

function samplingOf({ api, decoding, model }: ChatRequest): Decoding {
  if (api !== 'chat') {
    throw new OperatorError(`--format ray: ${model} has \`api: completions\`, and rows are chats`);
  }
  const { max_completion_tokens: newer, ...rest } = decoding;
  const params = newer === undefined ? rest : { max_tokens: newer, ...rest };
  const foreign = Object.keys(params).filter((name) => !SAMPLING.has(name));
  if (foreign.length > 0) {
    throw new OperatorError(
      `--format ray: rows have no place for ${foreign.join(', ')} of ${model}; set it in the script, or take --format openai`,
    );
  }
  if (typeof params['max_tokens'] !== 'number') {
    throw new OperatorError(
      `--format ray: set max_tokens under \`decoding\` of ${model}: the engine stops after 16 tokens without it`,
    );
  }
  return params;
}

const rowSchema = z.looseObject({
  custom_id: z.string(),
  generated_text: z.string().nullish(),
  finish_reason: z.string().nullish().catch(null),
  model: z.string().nullish().catch(null),
  usage: z
    .looseObject({ prompt_tokens: z.int(), completion_tokens: z.int() })
    .nullish()
    .catch(null),
  /** What the processor writes with should_continue_on_error. */
  __inference_error__: z.string().nullish(),
});

/** Reads a row that came back; null for one that is none of Ray's. */
export function readRayRow(value: unknown): ReadLine | null {
  const parsed = rowSchema.safeParse(value);
  if (!parsed.success) return null;
  const {
    custom_id: customId,
    generated_text: text = null,
    __inference_error__: failure,
  } = parsed.data;
  if (failure) {
    const error = { kind: 'server', message: failure, status: null, code: null } as const;
    const outcome = { kind: 'retryable', error, waitMs: null, holds: 'call' } as const;
    return { kind: 'answered', customId, outcome, refusal: null };
  }
  if (parsed.data.generated_text === undefined) return null;
  return {
    kind: 'answered',
    customId,
    outcome: { kind: 'reply', reply: replyOf(parsed.data, text) },
    refusal: null,
  };
}

function replyOf(
  { finish_reason: finishReason = null, model = null, usage }: z.infer<typeof rowSchema>,
  content: string | null,
): ChatReply {
  return {
    content,
    reasoning: null,
    finishReason,
    servedModel: model,
    systemFingerprint: null,
    usage: usage
      ? {
          promptTokens: usage.prompt_tokens,
          completionTokens: usage.completion_tokens,
          cachedTokens: null,
          reasoningTokens: null,
        }
      : null,
    logprobs: null,
    notes: [],
    adaptations: [],
  };
}
