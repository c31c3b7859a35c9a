import { z } from 'zod';
import type { CallError, Usage } from '../../../domain/call.ts';
import type { AttemptOutcome, ChatReply } from '../../../ports/chat-model.ts';
import { firedCategories, isHtml, parseErrorBody, parseJson } from '../failure/error-body.ts';
import { classifyError } from '../failure/errors.ts';
import { type Exchange, headerValue, type Target, type WireReply } from './exchange.ts';
import { readLogprobs } from './logprobs.ts';

const optionalText = z.string().nullish();
const tokens = z.int().nonnegative();
const usageSchema = z.looseObject({
  prompt_tokens: tokens,
  completion_tokens: tokens,
  prompt_tokens_details: z.looseObject({ cached_tokens: tokens.nullish() }).nullish(),
  completion_tokens_details: z.looseObject({ reasoning_tokens: tokens.nullish() }).nullish(),
});
/** Mistral and some gateways answer in parts; what is neither text nor thinking is of no use here. */
const partSchema = z.looseObject({
  type: z.string().catch(''),
  text: optionalText.catch(null),
  thinking: z
    .union([z.string(), z.array(z.looseObject({ text: optionalText }))])
    .nullish()
    .catch(null),
});
const contentSchema = z.union([z.string(), z.array(partSchema)]).nullish();
const choiceSchema = z.looseObject({
  index: z.number().optional().catch(undefined),
  finish_reason: optionalText,
  /** The completions API puts the text here, the chat API into `message`. */
  text: optionalText,
  message: z
    .looseObject({
      content: contentSchema,
      refusal: optionalText.catch(null),
      reasoning: optionalText.catch(null),
      reasoning_content: optionalText.catch(null),
    })
    .nullish(),
  content_filter_results: z.unknown().optional(),
  logprobs: z.unknown().optional(),
});
type Choice = z.infer<typeof choiceSchema>;
const completionSchema = z.looseObject({
  error: z.null().optional(),
  model: optionalText.catch(null),
  system_fingerprint: optionalText.catch(null),
  choices: z.array(choiceSchema).min(1),
  usage: usageSchema.nullish().catch(null),
  prompt_filter_results: z
    .array(z.looseObject({ content_filter_results: z.unknown().optional() }))
    .nullish()
    .catch(null),
});
type Completion = z.infer<typeof completionSchema>;
const filterDownSchema = z.looseObject({ error: z.looseObject({ message: z.string() }) });
/** vLLM returned errors with status 200 in 0.15.1 and 0.16.0 (fixed in vllm#34516). */
const errorIn200Schema = z.union([
  z
    .looseObject({ error: z.looseObject({ code: z.unknown().optional() }) })
    .transform((body) => body.error.code),
  z.looseObject({ error: z.string().min(1) }).transform(() => undefined),
  z
    .looseObject({ object: z.literal('error'), code: z.unknown().optional() })
    .transform((body) => body.code),
]);
/** Endings that are the server's doing: the text is cut short by chance, not by the model. */
const ABORTED = new Set(['abort', 'error']);

/** The code of an error for a web page in place of a completion. */
export const PAGE = 'html-page';

/** Whether a reply of status 2xx came as server-sent events, unasked as nothing here asks for them. */
export function isStream(exchange: Exchange): boolean {
  if (exchange.kind !== 'reply' || exchange.status >= 300) return false;
  return /^text\/event-stream\b/i.test(headerValue(exchange.headers, 'content-type') ?? '');
}

/** Judges a reply of status 2xx: it is checked before it is believed. */
export function readReply(reply: WireReply, target: Target, now: number): AttemptOutcome {
  const contentType = headerValue(reply.headers, 'content-type') ?? '';
  if (/^text\/html\b/i.test(contentType) || isHtml(reply.bodyText)) {
    const page = parseErrorBody(reply.status, reply.bodyText).message;
    const message = `${target.url} is no model server: it answered ${page.slice(0, 200)}; check the URL and any proxy between`;
    return { kind: 'fatal', error: { ...protocolError(reply, message), code: PAGE } };
  }
  if (isStream(reply)) {
    const message = `${target.url} answered with a stream of events although "stream": false was sent`;
    return { kind: 'terminal', error: { ...protocolError(reply, message), kind: 'bad-request' } };
  }
  const body = parseJson(reply.bodyText);
  const completion = completionSchema.safeParse(body);
  if (completion.success) return outcomeOf(completion.data, reply);
  const failed = errorIn200Schema.safeParse(body);
  if (failed.success) return classifyErrorIn200(reply, failed.data, { target, now });
  // Nothing at all is a slip of the wire; what wrote the rest will most likely write it again.
  const isEmpty = reply.bodyText.trim() === '';
  const code = body === undefined ? 'invalid-json' : 'unusable-json';
  return unusable(reply, whatIsWrong(reply, body, completion.error), {
    target,
    code: isEmpty ? null : code,
  });
}

function classifyErrorIn200(
  reply: WireReply,
  code: unknown,
  { target, now }: { readonly target: Target; readonly now: number },
): AttemptOutcome {
  const status = Number(code);
  if (Number.isInteger(status) && status >= 400 && status <= 599) {
    return classifyError({ ...reply, status }, target, now);
  }
  const judged = classifyError({ ...reply, status: 400 }, target, now);
  const { message } = parseErrorBody(reply.status, reply.bodyText);
  return judged.kind === 'terminal' && judged.error.kind === 'bad-request'
    ? unusable(reply, `an error: ${message}`, { target, code: null })
    : judged;
}

function outcomeOf(completion: Completion, reply: WireReply): AttemptOutcome {
  const { choices } = completion;
  const choice = choices.find(({ index }) => index === 0) ?? choices[0];
  if (choice === undefined) throw new Error('the schema lets no empty list of choices pass');
  const finishReason = choice.finish_reason ?? null;
  const servedModel = servedBy(reply) ?? completion.model ?? null;
  const { text: content, thinking } = wordsOf(choice);
  if (finishReason === 'content_filter') {
    const categories = firedCategories(choice.content_filter_results);
    return {
      kind: 'filtered',
      filter: { stage: 'completion', categories },
      text: content,
      servedModel,
    };
  }
  if (finishReason !== null && ABORTED.has(finishReason)) {
    const message = `the server broke the generation off (finish_reason ${finishReason})`;
    const error: CallError = { kind: 'server', message, status: reply.status, code: finishReason };
    return { kind: 'retryable', error, waitMs: null, holds: 'call' };
  }
  const result: ChatReply = {
    content,
    reasoning: choice.message?.reasoning ?? choice.message?.reasoning_content ?? thinking,
    finishReason,
    servedModel,
    systemFingerprint: completion.system_fingerprint ?? null,
    usage: usageOf(completion),
    logprobs: readLogprobs(choice.logprobs),
    notes: notesOf(completion, choice),
    adaptations: [],
  };
  return { kind: 'reply', reply: result };
}

/**
 * LiteLLM replaces `model` by its own alias, and names what served in headers. The deployment's id
 * stands in for a name alone: among replicas of one model it changes from call to call.
 */
function servedBy({ headers }: WireReply): string | null {
  return (
    headerValue(headers, 'x-litellm-model-name') ??
    headerValue(headers, 'x-litellm-model-id') ??
    null
  );
}

interface Words {
  readonly text: string | null;
  /** What came as a part beside the text. */
  readonly thinking: string | null;
}

function wordsOf({ message, text }: Choice): Words {
  const content = message?.content ?? text ?? null;
  if (content === null || typeof content === 'string') return { text: content, thinking: null };
  const texts = content.flatMap((part) =>
    part.type === 'text' || part.type === 'output_text' ? (part.text ?? []) : [],
  );
  const thoughts = content.flatMap(({ type, thinking, text: said }) => {
    if (type !== 'thinking' && type !== 'reasoning') return [];
    if (!Array.isArray(thinking)) return thinking ?? said ?? [];
    return thinking.flatMap((part) => part.text ?? []);
  });
  return { text: joined(texts), thinking: joined(thoughts) };
}

function joined(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : texts.join('');
}

function usageOf({ usage }: Completion): Usage | null {
  if (!usage) return null;
  return {
    promptTokens: usage.prompt_tokens,
    completionTokens: usage.completion_tokens,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? null,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? null,
  };
}

function notesOf(completion: Completion, choice: Choice): string[] {
  const filters = [
    ...(completion.prompt_filter_results ?? []).map((result) => result.content_filter_results),
    choice.content_filter_results,
  ];
  const down = filters.flatMap((results) => {
    if (results === undefined) return [];
    const parsed = filterDownSchema.safeParse(results);
    return parsed.success ? [`content filter was off: ${parsed.data.error.message}`] : [];
  });
  const refusal = choice.message?.refusal;
  return [
    ...new Set(down),
    ...(refusal ? [`refusal: ${refusal}`] : []),
    ...(completion.choices.length > 1
      ? [`${completion.choices.length} choices came back, the first was kept`]
      : []),
  ];
}

function whatIsWrong(reply: WireReply, body: unknown, error: z.ZodError): string {
  if (reply.bodyText.trim() === '') return 'an empty body';
  if (body === undefined) return `no valid JSON: ${reply.bodyText.slice(0, 200)}`;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return `no JSON object: ${reply.bodyText.slice(0, 200)}`;
  }
  const [issue] = error.issues;
  return `no completion (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}): ${reply.bodyText.slice(0, 200)}`;
}

function unusable(
  reply: WireReply,
  what: string,
  { target, code }: { readonly target: Target; readonly code: string | null },
): AttemptOutcome {
  const message = `${target.url} answered ${reply.status} with ${what}`;
  const error = { ...protocolError(reply, message), code };
  return { kind: 'retryable', error, waitMs: null, holds: 'call' };
}

function protocolError(reply: WireReply, message: string): CallError {
  return { kind: 'protocol', message, status: reply.status, code: null };
}
