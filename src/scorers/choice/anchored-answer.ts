import type { UnreadReason } from '../../domain/choice-reading.ts';
import { ANSWER_WORDS } from './answer-words.ts';
import {
  beginsList,
  contradicts,
  endOf,
  type Found,
  isClosed,
  labelAt,
  type OfferedLabels,
  ownTextAfter,
  textAt,
} from './offered-labels.ts';

/** What an answer word announces, or a label that is called right. */
export type Said = { readonly option: number } | { readonly unread: UnreadReason };

interface Evidence {
  /** Offset in the plain reply. */
  readonly start: number;
  readonly says: Said;
}

/** Words and signs between an answer word and its answer; more is a sentence about something else. */
const MOST_FILLERS = 16;
/** How far back a condition or a denial is looked for. */
const CONTEXT = 40;

/**
 * What the reply says at its last answer word ("Answer: B", 答案是B), or of a label ("B is correct",
 * Bが正解). Passed over: what is denied, asked, supposed, or the beginning of a list of options.
 */
export function anchoredAnswer(offered: OfferedLabels, text: string): Said | null {
  const announced = Array.from(text.matchAll(ANSWER_WORDS.answer)).flatMap((word) => {
    if (isNotMeant(text, word.index)) return [];
    const says = answerAfter(offered, text, word.index + word[0].length);
    return says === null ? [] : [{ start: word.index, says }];
  });
  const confirmed = confirmedLabels(offered, text);
  const last = announced.at(-1);
  if (last === undefined) return confirmed.at(-1)?.says ?? null;
  // "The answer is A … B is correct": whether that corrects it or speaks of B alone, nobody knows.
  const later = confirmed.findLast(({ start }) => start > last.start)?.says;
  const agrees = later === undefined || isSame(later, last.says);
  return agrees ? last.says : { unread: 'several' };
}

function isSame(one: Said, other: Said): boolean {
  return 'option' in one && 'option' in other && one.option === other.option;
}

function isNotMeant(text: string, start: number): boolean {
  return ANSWER_WORDS.notMeant.test(text.slice(Math.max(0, start - CONTEXT), start));
}

function answerAfter(offered: OfferedLabels, text: string, start: number): Said | null {
  const starts = [start];
  let at = start;
  while (starts.length <= MOST_FILLERS) {
    const end = endOf(ANSWER_WORDS.filler, text, at);
    if (end === null) break;
    at = end;
    starts.push(at);
  }
  const label = labelAt(offered, text, at);
  const wording = starts.map((from) => textAt(offered, text, from)).find((found) => found !== null);
  if (label !== null) return labelSays(offered, text, { label, wording: wording ?? null });
  if (wording) return answerSays(offered, text, wording);
  return otherwise(offered, text, at);
}

function labelSays(
  offered: OfferedLabels,
  text: string,
  { label, wording }: { readonly label: Found; readonly wording: Found | null },
): Said | null {
  const own = ownTextAfter(offered, text, label);
  const found = { option: label.option, end: own ?? label.end };
  if (beginsList(offered, text, found)) return null;
  if (own === null && wording !== null && wording.option !== label.option) {
    // "B cell" is an option's text; a bare B that is one label and another text is neither.
    if (wording.end > label.end) return answerSays(offered, text, wording);
    return { unread: 'label-or-text' };
  }
  if (own === null && contradicts(offered, text, label)) return { unread: 'several' };
  return answerSays(offered, text, found);
}

function answerSays(offered: OfferedLabels, text: string, found: Found): Said | null {
  if (endOf(ANSWER_WORDS.denied, text, pastSigns(text, found.end)) !== null) return null;
  if (namesAnother(offered, text, found)) return { unread: 'several' };
  return { option: found.option };
}

const CLOSING = /[)\]}>"'”’»」』】]{0,3}/uy;
const pastSigns = (text: string, end: number) => endOf(CLOSING, text, end) ?? end;

/** Whether another answer is joined to this one: "A or B", "A, B", "A B". */
export function namesAnother(offered: OfferedLabels, text: string, found: Found): boolean {
  const end = pastSigns(text, found.end);
  const or = endOf(ANSWER_WORDS.or, text, end);
  const and = endOf(ANSWER_WORDS.and, text, end);
  const next = pastFillers(text, or ?? and ?? end);
  // Across lines nothing is joined, but by a word.
  if (or === null && and === null && text.slice(end, next).includes('\n')) return false;
  const other = labelAt(offered, text, next) ?? (next > end ? textAt(offered, text, next) : null);
  if (other === null) return or !== null && !/^\s?[/|]/.test(text.slice(end, or));
  return other.option !== found.option;
}

function pastFillers(text: string, start: number): number {
  let at = start;
  for (let count = 0; count < 4; count += 1) {
    const end = endOf(/[ ([{"'“‘«「『【]|(?:option|choice) /iuy, text, at);
    if (end === null) return at;
    at = end;
  }
  return at;
}

const LATIN_RUN = /[A-J]{2,10}(?![\p{L}\p{N}])/uy;

/** An announced answer that is not an option: two letters, a label that was not offered, none of them. */
function otherwise(offered: OfferedLabels, text: string, at: number): Said | null {
  if (isRun(offered, text, at)) return { unread: 'several' };
  const ahead = text.slice(at, at + 80);
  if (ANSWER_WORDS.none.exec(ahead)?.index === 0) return { unread: 'none' };
  if (ANSWER_WORDS.refusal.exec(ahead)?.index === 0) return { unread: 'refused' };
  const foreign = endOf(offered.foreign, text, at);
  const denied = foreign !== null && endOf(ANSWER_WORDS.denied, text, foreign) !== null;
  return foreign !== null && !denied && isClosed(text, foreign) ? { unread: 'not-offered' } : null;
}

/** Labels without anything between them, such as AC. */
export function isRun(offered: OfferedLabels, text: string, at: number): boolean {
  const end = endOf(LATIN_RUN, text, at);
  if (end === null) return false;
  const letters = Array.from(text.slice(at, end));
  return (
    new Set(letters).size === letters.length &&
    letters.every((letter) => offered.positions.has(letter))
  );
}

/** "B is correct", Bが正解です: the label comes first. */
function confirmedLabels(offered: OfferedLabels, text: string): Evidence[] {
  const found: (Evidence & { readonly says: { readonly option: number } })[] = [];
  let before: Found | null = null;
  let joined = false;
  for (const match of text.matchAll(offered.labels)) {
    const label = {
      option: offered.positions.get(match[0]) ?? -1,
      end: match.index + match[0].length,
    };
    joined = before !== null && isJoint(text.slice(before.end, match.index));
    before = label;
    if (!isConfirmed(offered, text, { start: match.index, label })) continue;
    if (joined) return [{ start: match.index, says: { unread: 'several' } }];
    found.push({ start: match.index, says: { option: label.option } });
  }
  const several = new Set(found.map(({ says }) => says.option)).size > 1;
  return several ? found.map(({ start }) => ({ start, says: { unread: 'several' } })) : found;
}

function isJoint(between: string): boolean {
  const bare = pastSigns(between, 0);
  const end = endOf(ANSWER_WORDS.and, between, bare) ?? endOf(ANSWER_WORDS.or, between, bare);
  return end !== null && pastFillers(between, end) === between.length;
}

/** Small letters and letters of Arabic are words too often; a sign or the word for option has to stand there. */
const NEEDS_SIGN = /^[a-z\p{Script=Arabic}]/u;

function isConfirmed(
  offered: OfferedLabels,
  text: string,
  { start, label }: { readonly start: number; readonly label: Found },
): boolean {
  const context = text.slice(Math.max(0, start - CONTEXT), start);
  if (NEEDS_SIGN.test(text.slice(start)) && !ANSWER_WORDS.afterOptionWord.test(context))
    return false;
  if (ANSWER_WORDS.notMeant.test(context.replace(/(?:option|choice) $/i, ''))) return false;
  const own = ownTextAfter(offered, text, label);
  const ends = own === null ? [label.end] : [label.end, own];
  const end = ends
    .map((from) => endOf(ANSWER_WORDS.confirmed, text, from))
    .find((confirmed) => confirmed !== null);
  return end != null && endOf(ANSWER_WORDS.denied, text, end) === null;
}
