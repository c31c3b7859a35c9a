import { toUSVString } from 'node:util';
import type { Message, Prompt } from '../../../domain/prompt.ts';
import type { ChatRequest } from '../../../ports/chat-model.ts';

export interface RequestBody {
  /** Below the base URL. */
  readonly path: '/chat/completions' | '/completions';
  readonly body: Readonly<Record<string, unknown>>;
  /** What had to be changed to make the body valid. */
  readonly notes: readonly string[];
}

/** The JSON body of a call: the decoding as the user wrote it, the model and the prompt, no more. */
export function requestBody(request: ChatRequest): RequestBody {
  const prompt = request.prompt.map(wellFormed);
  const changed = prompt.some((message, index) => message !== request.prompt[index]);
  const notes = changed ? ['unpaired surrogates in the prompt were sent as U+FFFD'] : [];
  return request.api === 'chat'
    ? {
        path: '/chat/completions',
        body: { ...request.decoding, model: request.model, messages: prompt },
        notes,
      }
    : {
        path: '/completions',
        body: { ...request.decoding, model: request.model, prompt: joined(prompt) },
        notes,
      };
}

/** JSON can carry half a surrogate pair as an escape, but servers that read it as UTF-8 refuse it. */
function wellFormed(message: Message): Message {
  const content = toUSVString(message.content);
  return content === message.content ? message : { ...message, content };
}

function joined(prompt: Prompt): string {
  const system = prompt.filter((message) => message.role === 'system');
  const rest = prompt.filter((message) => message.role !== 'system');
  return [...system, ...rest].map((message) => message.content).join('\n\n');
}

/** A request id as a header may carry it: what is not visible ASCII is percent-encoded. */
export function requestIdHeader(requestId: string): string {
  return toUSVString(requestId).replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}
