import type { ChoiceReading } from '../../domain/choice-reading.ts';
import { isRun, namesAnother } from './anchored-answer.ts';
import { ANSWER_WORDS } from './answer-words.ts';
import { beginsList, endOf, type OfferedLabels, ownTextAfter } from './offered-labels.ts';
import { plainOption } from './plain-reply.ts';

interface LabelLine {
  readonly option: number;
  /** Nothing but the label, or the label and its reason. */
  readonly bare: boolean;
}

/**
 * A reply without an answer word: a first or last line that is a label, or the whole reply an option's
 * text. null where it is neither.
 */
export function wholeReply(offered: OfferedLabels, plain: string): ChoiceReading | null {
  const lines = plain.split('\n');
  if (lines.length === 1) {
    const reason = notOneLabel(offered, plain);
    if (reason !== null) return { status: 'unread', reason };
  }
  const text = wholeText(offered, plain);
  const read = lines.map((line) => labelLine(offered, line));
  const bare = optionsOf(read.filter((line) => line?.bare));
  // A bare label among lines that go through the options is the answer; without one, they are a list.
  const named = bare.size > 0 ? bare : optionsOf(read);
  if (named.size > 1) return { status: 'unread', reason: 'several' };
  const ends = [read[0], read.at(-1)].find((line) => line != null && named.has(line.option));
  if (ends == null) return text === null ? null : { status: 'read', option: text, rule: 'text' };
  if (text !== null && text !== ends.option) return { status: 'unread', reason: 'label-or-text' };
  return { status: 'read', option: ends.option, rule: 'label' };
}

function optionsOf(lines: readonly (LabelLine | null | undefined)[]): Set<number> {
  return new Set(lines.flatMap((line) => (line == null ? [] : [line.option])));
}

const OPENING = /[([{<"'“‘«「『【《 ]{0,3}/uy;
const CLOSING = /[)\]}>"'”’»」』】 ]{0,3}[.:、。,।؟؛!]{0,2} ?/uy;
const END = /[)\]}>"'”’»」』】 .。।!]{0,4}(?:$|[;\n(—–-]|(?<=[.。।!] ?)(?=.))/uy;

function labelStart(line: string): number {
  const opened = endOf(OPENING, line, 0) ?? 0;
  const word = endOf(ANSWER_WORDS.optionWord, line, opened) ?? opened;
  return endOf(OPENING, line, word) ?? word;
}

function labelLine(offered: OfferedLabels, line: string): LabelLine | null {
  const start = labelStart(line);
  const end = endOf(offered.label, line, start);
  const option = end === null ? undefined : offered.positions.get(line.slice(start, end));
  if (end === null || option === undefined) return null;
  if (isOnly(line, end)) return { option, bare: true };
  const own = ownTextAfter(offered, line, { option, end });
  const said = own === null ? null : (endOf(ANSWER_WORDS.copula, line, own) ?? own);
  if (own === null || said === null || endOf(END, line, said) === null) return null;
  return beginsList(offered, line, { option, end }) ? null : { option, bare: false };
}

function isOnly(line: string, end: number): boolean {
  const said = endOf(ANSWER_WORDS.copula, line, end) ?? end;
  const closed = endOf(CLOSING, line, said) ?? said;
  return closed === line.length || endOf(ANSWER_WORDS.reason, line, said) !== null;
}

/** A reply of one line that names several labels, or one that was not offered. */
function notOneLabel(offered: OfferedLabels, line: string): 'several' | 'not-offered' | null {
  const start = labelStart(line);
  if (isRun(offered, line, start)) return 'several';
  const end = endOf(offered.label, line, start);
  const option = end === null ? undefined : offered.positions.get(line.slice(start, end));
  if (end !== null && option !== undefined)
    return namesAnother(offered, line, { option, end }) ? 'several' : null;
  const foreign = endOf(offered.foreign, line, start);
  return foreign !== null && isOnly(line, foreign) && wholeText(offered, line) === null
    ? 'not-offered'
    : null;
}

/** The one option whose text the reply is. */
function wholeText(offered: OfferedLabels, plain: string): number | null {
  const bare = plainOption(plain)
    .replace(/^[("'“‘«「『【《]+|[)"'”’»」』】》.。।!]+$/gu, '')
    .replace(/^(?:the|an?) (?=.)/, '')
    .trim();
  const wanted = new Set([bare, bare.replace(/(?:です|である|だ|입니다|이다| है| است)$/u, '')]);
  const equal = offered.texts.flatMap((text, option) => (wanted.has(text) ? [option] : []));
  return equal.length === 1 ? (equal[0] ?? null) : null;
}
