import type { ModelResponse } from '../../domain/model-response.ts';
import { splitReasoning } from '../../domain/reasoning.ts';
import type { ChatReply, EndedCall } from '../../ports/chat-model.ts';

/** Turns what a call brought into the answer that is stored and judged. */
export function responseFrom(call: EndedCall): ModelResponse {
  switch (call.kind) {
    case 'filtered':
      return { status: 'filtered', text: call.text, filter: call.filter };
    case 'failed':
      return { status: 'failed', error: call.error };
    case 'reply':
      return responseFromReply(call.reply);
    default:
      return call satisfies never;
  }
}

function responseFromReply(reply: ChatReply): ModelResponse {
  const { text, reasoning } = splitReasoning(reply.content, reply.reasoning);
  const cut = reply.finishReason === 'length';
  if (text === null || text.trim() === '') {
    const cause = cut && reasoning !== null ? 'reasoning-used-budget' : 'no-text';
    return { status: 'empty', reasoning, cause };
  }
  return { status: cut ? 'truncated' : 'completed', text, reasoning };
}
