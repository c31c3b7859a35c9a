/** A reply taken apart. */
export interface SplitReply {
  /** The answer; '' where thinking ended and nothing followed, null where no answer was begun. */
  readonly text: string | null;
  readonly reasoning: string | null;
}

const CLOSING = /<\/think(?:ing)?>/gi;
const LEADING_OPENING = /^\s*<think(?:ing)?>/i;

/**
 * Parts thinking from answer, for judges and for models under test alike.
 *
 * All before the last closing tag is thinking, with or without an opening tag: servers without a
 * reasoning parser put the opening one into the prompt. An opening tag at the start that never
 * closes means that thinking used up the budget. A tag named in the middle of an answer is left
 * alone, unless it is a closing one: an answer that quotes `</think>`, be it as code, loses what
 * stands before the quote to `reasoning`. The two cannot be told apart, and an answer read from
 * thinking would be rated, while one lost can be seen. Thinking without any tag, cut off before its
 * closing one came, reads like an answer: the finish reason alone (`truncated`) tells.
 *
 * @param content the generated text as on the wire
 * @param reasoningField thinking that the server keeps in a field of its own; comes first when both exist
 */
export function splitReasoning(content: string | null, reasoningField: string | null): SplitReply {
  const { thinking, answer } = splitTags(content ?? '');
  const parts = [reasoningField ?? '', ...thinking].filter((part) => part.trim() !== '');
  return {
    text: content === null ? null : answer,
    reasoning: parts.length > 0 ? parts.join('\n\n') : null,
  };
}

function splitTags(content: string): { thinking: string[]; answer: string | null } {
  const closing = [...content.matchAll(CLOSING)].at(-1);
  const closed = closing === undefined ? [] : [insideOf(content.slice(0, closing.index))];
  const rest =
    closing === undefined ? content : content.slice(closing.index + closing[0].length).trimStart();
  return LEADING_OPENING.test(rest)
    ? { thinking: [...closed, insideOf(rest)], answer: null }
    : { thinking: closed, answer: rest };
}

function insideOf(tagged: string): string {
  return tagged.replace(LEADING_OPENING, '').trim();
}
