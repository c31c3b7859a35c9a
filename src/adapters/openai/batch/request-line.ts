import type { ChatRequest } from '../../../ports/chat-model.ts';
import { requestBody } from '../request/request-body.ts';

/** What lines name as their URL; a file has one. */
export const URLS = { chat: '/v1/chat/completions', completions: '/v1/completions' } as const;

/** A line of an input file, as OpenAI, Azure and vLLM's run-batch read it. */
export function requestLine(
  customId: string,
  request: ChatRequest,
): { readonly text: string; readonly changes: readonly string[] } {
  const { body, notes } = requestBody(request);
  const line = { custom_id: customId, method: 'POST', url: URLS[request.api], body };
  return { text: JSON.stringify(line), changes: notes };
}
