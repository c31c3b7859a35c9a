import type { ChoiceReading, OfferedOption, UnreadReason } from '../../domain/choice-reading.ts';
import { splitReasoning } from '../../domain/reasoning.ts';
import { anchoredAnswer } from './anchored-answer.ts';
import { ANSWER_WORDS } from './answer-words.ts';
import { type OfferedLabels, offeredLabels } from './offered-labels.ts';
import { plainReply } from './plain-reply.ts';
import { wholeReply } from './whole-reply.ts';

/** Raised whenever the same reply could now be read as another option; stored beside every outcome. */
export const CHOICE_READER_VERSION = 1;

/**
 * Reads which option a reply names. First what stands at answer words, in any of some thirty languages;
 * the last of them counts. Then a first or last line that is a label, alone or with its option's text.
 * Then a reply that is one option's text. Anything else is unread, with the reason; nothing is guessed.
 * Thinking before `</think>` does not count, and neither does a question that the model goes on to ask.
 * `test/scorers/choice/replies.jsonl` is the table of what counts. Never throws.
 *
 * @param options at least two, in the order and with the labels of the prompt
 */
export function readLetter(reply: string, options: readonly OfferedOption[]): ChoiceReading {
  const plain = plainReply(splitReasoning(reply, null).text ?? '');
  if (!/[\p{L}\p{N}]/u.test(plain)) return unread('empty');
  const offered = offeredLabels(options);
  const next = ANSWER_WORDS.nextQuestion.exec(plain)?.index;
  const first = next === undefined ? null : answerIn(offered, plain.slice(0, next));
  return first?.status === 'read' ? first : answerIn(offered, plain);
}

function answerIn(offered: OfferedLabels, plain: string): ChoiceReading {
  const said = anchoredAnswer(offered, plain);
  if (said !== null)
    return 'unread' in said
      ? unread(said.unread)
      : { status: 'read', option: said.option, rule: 'anchor' };
  return wholeReply(offered, plain) ?? unread(reasonOf(plain));
}

function reasonOf(plain: string): UnreadReason {
  if (ANSWER_WORDS.none.test(plain)) return 'none';
  return ANSWER_WORDS.refusal.test(plain) ? 'refused' : 'no-answer';
}

function unread(reason: UnreadReason): ChoiceReading {
  return { status: 'unread', reason };
}
