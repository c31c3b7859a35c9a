import type { Ask } from '../minds/ask.ts';
import { chatLogprobs, completionsLogprobs, type Token, tokensOf } from './logprobs.ts';
import type { Route } from './routes.ts';
import { countTokens, truncateTokens } from './tokens.ts';

/** Replies are the same every time, their creation time included. */
export const CREATED = 1_763_756_400;

/** What a model generated, before it is put into a body. */
export interface Generated {
  /** `simulated:` and the name asked for, so that nobody mistakes the figures. */
  readonly model: string;
  readonly text: string | null;
  readonly reasoning: string | null;
  /** Whether the body is to have token probabilities. */
  readonly logprobs: boolean;
  /** Its tokens, where they are more than words of the text: those of a choice, or of an echoed prompt. */
  readonly tokens?: readonly Token[];
  readonly finishReason: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** Cuts the text at the request's limit and counts its tokens. */
export function generate(ask: Ask, text: string): Generated {
  const shown = ask.maxTokens === null ? text : truncateTokens(text, ask.maxTokens);
  return {
    model: `simulated:${ask.model}`,
    text: shown,
    reasoning: null,
    logprobs: ask.logprobs && ask.role === 'judge',
    finishReason: shown === text ? 'stop' : 'length',
    // Chat templates add a few tokens a message.
    promptTokens: countTokens(ask.prompt) + 4 * ask.messageCount,
    completionTokens: countTokens(shown),
  };
}

const SAFE = { filtered: false, severity: 'safe' };
const SAFE_COMPLETION = {
  hate: SAFE,
  protected_material_code: { filtered: false, detected: false },
  protected_material_text: { filtered: false, detected: false },
  self_harm: SAFE,
  sexual: SAFE,
  violence: SAFE,
};
const SAFE_PROMPT = [
  {
    prompt_index: 0,
    content_filter_results: {
      hate: SAFE,
      jailbreak: { filtered: false, detected: false },
      self_harm: SAFE,
      sexual: SAFE,
      violence: SAFE,
    },
  },
];

/** A response body as a JSON object, open for faults to reshape. */
export interface CompletionBody {
  readonly choices: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

/** The body of a 200, in the manner of the route's surface and API. */
export function completionBody(generated: Generated, route: Route, id: string): CompletionBody {
  const chat = route.kind === 'chat';
  const head = {
    id: `${chat ? 'chatcmpl' : 'cmpl'}-${id}`,
    object: chat ? 'chat.completion' : 'text_completion',
    created: CREATED,
    model: generated.model,
  };
  if (route.surface === 'azure') return azureBody(head, generated, chat);
  return chat ? vllmChatBody(head, generated) : vllmTextBody(head, generated);
}

function vllmChatBody(head: object, generated: Generated): CompletionBody {
  const message = {
    role: 'assistant',
    content: generated.text,
    refusal: null,
    annotations: null,
    audio: null,
    function_call: null,
    tool_calls: [],
    reasoning: generated.reasoning,
    reasoning_content: generated.reasoning,
  };
  const logprobs = logprobsOf(generated, chatLogprobs);
  const choice = { index: 0, message, logprobs, finish_reason: generated.finishReason };
  return {
    ...head,
    choices: [{ ...choice, stop_reason: null, token_ids: null }],
    service_tier: null,
    system_fingerprint: generated.model,
    usage: { ...usage(generated), prompt_tokens_details: null },
    prompt_logprobs: null,
    prompt_token_ids: null,
    kv_transfer_params: null,
  };
}

function vllmTextBody(head: object, generated: Generated): CompletionBody {
  const choice = {
    index: 0,
    text: generated.text,
    logprobs: logprobsOf(generated, completionsLogprobs),
    finish_reason: generated.finishReason,
    stop_reason: null,
    token_ids: null,
    prompt_logprobs: null,
    prompt_token_ids: null,
  };
  return {
    ...head,
    choices: [choice],
    service_tier: null,
    system_fingerprint: generated.model,
    usage: { ...usage(generated), prompt_tokens_details: null },
    kv_transfer_params: null,
  };
}

function azureBody(head: object, generated: Generated, chat: boolean): CompletionBody {
  const content = chat
    ? { message: { role: 'assistant', content: generated.text, refusal: null, annotations: [] } }
    : { text: generated.text };
  return {
    ...head,
    choices: [
      {
        content_filter_results: SAFE_COMPLETION,
        finish_reason: generated.finishReason,
        index: 0,
        logprobs: logprobsOf(generated, chat ? chatLogprobs : completionsLogprobs),
        ...content,
      },
    ],
    prompt_filter_results: SAFE_PROMPT,
    system_fingerprint: generated.model,
    usage: {
      ...usage(generated),
      completion_tokens_details: { reasoning_tokens: 0 },
      prompt_tokens_details: { cached_tokens: 0 },
    },
  };
}

function logprobsOf(
  { text, logprobs, tokens }: Generated,
  write: (tokens: readonly Token[]) => object,
): object | null {
  if (tokens !== undefined) return write(tokens);
  return logprobs && text !== null ? write(tokensOf(text)) : null;
}

function usage({ promptTokens, completionTokens }: Generated) {
  return {
    prompt_tokens: promptTokens,
    total_tokens: promptTokens + completionTokens,
    completion_tokens: completionTokens,
  };
}
