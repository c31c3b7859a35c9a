import type { Judgment } from '../domain/judgment.ts';
import { splitReasoning } from '../domain/reasoning.ts';
import type { EndedCall } from '../ports/chat-model.ts';
import { parseVerdict } from './verdict.ts';

/** Turns what a judge call brought into the judgment that is stored. */
export function judgmentFrom(call: EndedCall): Judgment {
  switch (call.kind) {
    case 'filtered':
      return { status: 'filtered', filter: call.filter };
    case 'failed':
      return { status: 'failed', error: call.error };
    case 'reply':
      return judgmentFromText(splitReasoning(call.reply.content, call.reply.reasoning));
    default:
      return call satisfies never;
  }
}

/** Reads a verdict from a judge's words; its thinking never counts. */
export function judgmentFromText({
  text,
  reasoning,
}: {
  readonly text: string | null;
  readonly reasoning: string | null;
}): Judgment {
  const { verdict } = parseVerdict(text ?? '');
  return { ...verdict, text: text ?? '', reasoning };
}
