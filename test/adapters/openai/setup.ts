import { onTestFinished } from 'vitest';
import { type ChatModelOptions, createChatModel } from '../../../src/adapters/openai/chat-model.ts';
import { endpointSchema, type RemoteEndpoint } from '../../../src/domain/endpoint.ts';
import type { AttemptOutcome, ChatModel, ChatRequest } from '../../../src/ports/chat-model.ts';
import { type Answer, type Fake, startFake } from './fake-server.ts';

export const CHAT: ChatRequest = {
  model: 'm',
  api: 'chat',
  prompt: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'ما عاصمة مصر؟' },
  ],
  decoding: {},
  strictParams: false,
};

export async function serve(answer: Answer): Promise<Fake> {
  const fake = await startFake(answer);
  onTestFinished(() => fake.close());
  return fake;
}

/** Parses an endpoint as a config would have it. */
export function endpoint(written: Record<string, unknown>): RemoteEndpoint {
  const parsed = endpointSchema.parse(written);
  if (parsed.kind === 'simulated') throw new Error('not a remote endpoint');
  return parsed;
}

export async function model(
  written: Record<string, unknown>,
  options: ChatModelOptions = {},
): Promise<ChatModel> {
  const chatModel = await createChatModel(endpoint(written), options);
  onTestFinished(() => chatModel.close());
  return chatModel;
}

let asked = 0;
/** Asks once, with a fresh request id and a signal nobody aborts. */
export function ask(
  chatModel: ChatModel,
  request: Partial<ChatRequest> = {},
): Promise<AttemptOutcome> {
  asked += 1;
  return chatModel.ask(
    { ...CHAT, ...request },
    { signal: new AbortController().signal, requestId: `test-${asked}` },
  );
}
