import type { ExpectedRating, Judgment, VerdictFormat } from '../../domain/judgment.ts';
import { splitReasoning } from '../../domain/reasoning.ts';
import type { EndedCall } from '../../ports/chat-model.ts';
import { expectedRating } from './expected-rating.ts';
import { parseJsonVerdict } from './json-verdict.ts';
import { type ParsedVerdict, parseVerdict } from './verdict.ts';

/** A judgment, with what token probabilities add to it. */
export interface JudgedCall {
  readonly judgment: Judgment;
  /** null without probabilities, and where they do not tell it. */
  readonly expected: ExpectedRating | null;
}

/** Turns what a judge call brought into the judgment that is stored. */
export function judgmentFrom(call: EndedCall, format: VerdictFormat): JudgedCall {
  switch (call.kind) {
    case 'filtered':
      return { judgment: { status: 'filtered', filter: call.filter }, expected: null };
    case 'failed':
      return { judgment: { status: 'failed', error: call.error }, expected: null };
    case 'reply': {
      const { content, reasoning, logprobs } = call.reply;
      const words = splitReasoning(content, reasoning);
      const parsed = parse(words.text ?? '', format);
      const judgment = { ...parsed.verdict, text: words.text ?? '', reasoning: words.reasoning };
      return { judgment, expected: expectedRating(judgment.text, parsed, logprobs) };
    }
    default:
      return call satisfies never;
  }
}

/** Reads a verdict from a judge's words; its thinking never counts. */
export function judgmentFromText(
  { text, reasoning }: { readonly text: string | null; readonly reasoning: string | null },
  format: VerdictFormat,
): Judgment {
  return { ...parse(text ?? '', format).verdict, text: text ?? '', reasoning };
}

function parse(text: string, format: VerdictFormat): ParsedVerdict {
  return format === 'json' ? parseJsonVerdict(text) : parseVerdict(text);
}
