import { always, type Injector } from '../minds/injection.ts';
import { jsonReply, type WireReply } from '../wire/wire-reply.ts';
import { openaiBadRequest, vllmBadRequest } from './error-replies.ts';

const POLICY = 'ResponsibleAIPolicyViolation';
const SAFE = { filtered: false, severity: 'safe' };
const FINDINGS = {
  hate: SAFE,
  jailbreak: { filtered: false, detected: false },
  self_harm: SAFE,
  sexual: SAFE,
  violence: { filtered: true, severity: 'medium' },
};

/** Refusals that depend on what is asked: filtered prompts and prompts that are too long. */
export const REFUSAL_FAULTS = {
  // 400 content_filter with innererror.
  'prompt-filtered': always(
    filteredPrompt({ innererror: { code: POLICY, content_filter_result: FINDINGS } }),
  ),
  // 400 content_filter with inner_error and content_filter_results.
  'prompt-filtered-plural': always(
    filteredPrompt({ inner_error: { code: POLICY, content_filter_results: FINDINGS } }),
  ),
  // 400 content_filter without an inner error.
  'prompt-filtered-bare': always(filteredPrompt({})),
  // 400, context length, vLLM’s first wording.
  'context-a': always(
    vllmBadRequest(
      "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4000 in the messages, 1000 in the completion). Please reduce the length of the messages or completion.",
    ),
  ),
  // 400, context length by the prompt alone, first wording.
  'context-a-prompt': always(
    vllmBadRequest(
      "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens in the messages, Please reduce the length of the messages.",
    ),
  ),
  // 400, context length, second wording.
  'context-b': always(
    vllmBadRequest(
      "This model's maximum context length is 4096 tokens. However, your request has 5000 input tokens. Please reduce the length of the input messages.",
      'input_tokens',
    ),
  ),
  // 400, max_tokens too large, second wording.
  'context-b-completion': always(
    vllmBadRequest(
      "'max_tokens' or 'max_completion_tokens' is too large: 1000. This model's maximum context length is 4096 tokens and your request has 4000 input tokens (1000 > 4096 - 4000).",
      'max_tokens',
    ),
  ),
  // 400, context length, third wording (its count is max_input + 1).
  'context-c': always(
    vllmBadRequest(
      "You passed 98305 input tokens and requested 32768 output tokens. However, the model's context length is only 131072 tokens, resulting in a maximum input length of 98304 tokens. Please reduce the length of the input prompt. (parameter=input_tokens, value=98305)",
      'input_tokens',
    ),
  ),
  // 400, context length in characters, third wording.
  'context-c-characters': always(
    vllmBadRequest(
      "You passed 2000000 input characters and requested 32768 output tokens. However, the model's context length is only 131072 tokens, resulting in a maximum input length of 98304 tokens (at most 1572864 characters). Please reduce the length of the input prompt. (parameter=input_text, value=2000000)",
      'input_text',
    ),
  ),
  // 400, max_tokens too large, third wording.
  'context-c-completion': always(
    vllmBadRequest(
      'max_tokens=140000cannot be greater than max_model_len=max_total_tokens=131072. Please request fewer output tokens. (parameter=max_tokens, value=140000)',
      'max_tokens',
    ),
  ),
  // 400, context length, fourth wording (vLLM 0.32).
  'context-d': always(
    vllmBadRequest(
      "This model's maximum context length is 2048 tokens. However, you requested 64 output tokens and your prompt contains at least 2049 input tokens, for a total of at least 2113 tokens. Please reduce the length of the input prompt or the number of requested output tokens. (parameter=input_tokens, value=2049)",
      'input_tokens',
    ),
  ),
  // 400, context length in characters, fourth wording.
  'context-d-characters': always(
    vllmBadRequest(
      'The request is too long: your prompt contains 80029 characters (more than 55296 characters, which is the upper bound for 2048 input tokens). Please reduce the length of the input prompt.',
      'input_text',
    ),
  ),
  // 400, context length of the input, fourth wording.
  'context-d-input': always(
    vllmBadRequest("Input length (2060) exceeds model's maximum context length (2048)."),
  ),
  // 400 exceed_context_size_error of llama.cpp.
  'context-llama': always(
    jsonReply(400, {
      error: {
        code: 400,
        message:
          'request (7504 tokens) exceeds the available context size (2048 tokens), try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 7504,
        n_ctx: 2048,
      },
    }),
  ),
  // 400 context_length_exceeded.
  'context-azure': always(
    openaiBadRequest(
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens. Please reduce the length of the messages.",
      { param: 'messages', code: 'context_length_exceeded' },
    ),
  ),
} as const satisfies Readonly<Record<string, Injector>>;

function filteredPrompt(inner: Readonly<Record<string, unknown>>): WireReply {
  return jsonReply(400, {
    error: {
      message:
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry. To learn more about our content filtering policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766",
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      ...inner,
    },
  });
}
