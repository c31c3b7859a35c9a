import type { Target, WireReply } from '../../../src/adapters/openai/reply/exchange.ts';
import { classify } from '../../../src/adapters/openai/reply/outcome.ts';
import type { AttemptOutcome } from '../../../src/ports/chat-model.ts';

export const TARGET: Target = {
  url: 'http://gpu:8000/v1',
  model: 'qwen',
  noun: 'model',
  authAdvice: "check the endpoint's apiKey",
};
const NOW = Date.parse('2026-11-22T12:00:00Z');

export function reply(
  status: number,
  body: unknown,
  headers: WireReply['headers'] = {},
): WireReply {
  const bodyText = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'reply', status, headers, bodyText };
}

/** Classifies a reply as it would be at 2026-11-22T12:00:00Z. */
export function judge(exchange: WireReply, target: Target = TARGET): AttemptOutcome {
  return classify(exchange, target, NOW);
}
