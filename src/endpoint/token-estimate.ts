import type { TokenEstimate } from '../domain/call.ts';
import type { ChatRequest } from '../ports/chat-model.ts';

/** Tokens of a call whose endpoint counted none: by length, as `estimateTokens` takes prompts. */
export function estimateUsage(
  request: Pick<ChatRequest, 'prompt'>,
  reply: { readonly content: string | null; readonly reasoning: string | null },
): TokenEstimate {
  const tokens = (texts: readonly string[]) =>
    Math.ceil(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 4);
  return {
    promptTokens: tokens(request.prompt.map(({ content }) => content)),
    completionTokens: tokens([reply.content ?? '', reply.reasoning ?? '']),
  };
}

/**
 * Tokens that a call may use, as rate limits count them: the prompt by its length, plus the most
 * that may be generated. Azure, too, goes by length before it tokenises; four UTF-8 bytes a token
 * is a little high for English and near the mark for Chinese, Japanese and Arabic.
 */
export function estimateTokens(request: ChatRequest): number {
  const bytes = request.prompt.reduce(
    (sum, message) => sum + Buffer.byteLength(message.content),
    0,
  );
  const { max_completion_tokens: newer, max_tokens: older } = request.decoding;
  const cap = newer ?? older;
  return Math.ceil(bytes / 4) + (typeof cap === 'number' ? cap : 0);
}
