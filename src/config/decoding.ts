import { z } from 'zod';
import { jsonSchema } from '../domain/json.ts';
import type { Decoding } from '../domain/model-spec.ts';

const share = z.number().min(0).max(1);
const penalty = z.number().min(-2).max(2);
const count = z.int().min(1);
const text = z.string();

/**
 * Parameters that OpenAI's API and vLLM's give the same meaning, with the values that both take
 * (platform.openai.com/docs/api-reference/chat/create; vLLM, SamplingParams). A server may allow less.
 */
const KNOWN = {
  /** OpenAI and Azure stop at 2, vLLM and llama.cpp do not. */
  temperature: z.number().min(0).optional(),
  top_p: share.optional(),
  /** 0 or -1: all tokens. */
  top_k: z.int().min(-1).optional(),
  min_p: share.optional(),
  typical_p: share.optional(),
  presence_penalty: penalty.optional(),
  frequency_penalty: penalty.optional(),
  repetition_penalty: z.number().positive().max(10).optional(),
  length_penalty: z.number().optional(),
  max_tokens: count.optional(),
  max_completion_tokens: count.optional(),
  min_tokens: z.int().min(0).optional(),
  best_of: count.optional(),
  seed: z.int().optional(),
  stop: z.union([text, z.array(text)]).optional(),
  stop_token_ids: z.array(z.int().min(0)).optional(),
  /** A switch in the chat API, a number in the completions API. */
  logprobs: z.union([z.boolean(), z.int().min(0)]).optional(),
  top_logprobs: z.int().min(0).optional(),
  ignore_eos: z.boolean().optional(),
  skip_special_tokens: z.boolean().optional(),
  spaces_between_special_tokens: z.boolean().optional(),
  include_stop_str_in_output: z.boolean().optional(),
  add_generation_prompt: z.boolean().optional(),
  use_beam_search: z.boolean().optional(),
  reasoning_effort: text.optional(),
  verbosity: text.optional(),
  user: text.optional(),
};

const jsonRecordSchema = z.record(z.string(), jsonSchema);
const KNOWN_NAMES = Object.keys(KNOWN);

/**
 * Sampling parameters, sent exactly as written; unknown keys pass through to the server. Known ones are
 * checked, and nothing may be empty or a number for a name: that is how YAML reads `temperature: 0,7`
 * between braces, and a server would take its 0.
 */
export const writtenDecodingSchema: z.ZodType<Decoding, Record<string, unknown>> = z
  .object(KNOWN)
  .catchall(jsonSchema)
  .superRefine((decoding: Readonly<Record<string, unknown>>, context) => {
    for (const [key, value] of Object.entries(decoding)) {
      const message = strayMessage(key, value);
      if (message !== null) context.addIssue({ code: 'custom', path: [key], message });
    }
  })
  .transform((decoding): Decoding => {
    const sent = Object.entries(decoding).filter(([, value]) => value !== undefined);
    return jsonRecordSchema.parse(Object.fromEntries(sent));
  });

function strayMessage(key: string, value: unknown): string | null {
  if (/^\d/.test(key)) {
    return `is no parameter: a decimal comma? Write numbers with a point, such as 0.${key}`;
  }
  if (value === null) {
    const known = KNOWN_NAMES.includes(key);
    return `is empty; write a value, or take ${known ? 'the parameter' : 'it'} out`;
  }
  return null;
}
