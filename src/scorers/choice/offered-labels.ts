import type { OfferedOption } from '../../domain/choice-reading.ts';
import { foldLetters } from '../fold-letters.ts';
import { ANSWER_WORDS } from './answer-words.ts';
import { plainOption } from './plain-reply.ts';

/** A label or an option's text that stands in a plain reply. */
export interface Found {
  readonly option: number;
  /** Offset after it. */
  readonly end: number;
}

/** Options as they are looked for in plain replies. */
export interface OfferedLabels {
  readonly texts: readonly string[];
  /** Position of each label, as folded and in small letters. */
  readonly positions: ReadonlyMap<string, number>;
  /** Sticky: a label with what may not touch it. */
  readonly label: RegExp;
  /** Global: the same, where nothing before makes it part of a word or a number. */
  readonly labels: RegExp;
  /** Sticky: a label of the other kinds, or one past the last. */
  readonly foreign: RegExp;
}

/** Capitals of Cyrillic and Greek that look like Latin ones. In, and, with: small ones are words. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  А: 'A', В: 'B', С: 'C', Е: 'E', Н: 'H', І: 'I', Ј: 'J',
  Α: 'A', Β: 'B', Ϲ: 'C', Ε: 'E', Η: 'H', Ι: 'I',
}; // biome-ignore format: a table of letters
/** What people call the first letter of the Arabic alphabet, and how labels of Persian sets are written. */
const ALEF = ['ا', 'الف'];

/** After a label, by script: what would make it part of a word or a number. */
const NOT_AFTER = {
  latin: "(?![\\p{Script=Latin}\\p{M}\\p{N}+#]|['’-]\\p{L}|-\\p{N})",
  digit: '(?![\\p{N}%°\\p{Script=Latin}]|[.,:/]\\p{N})',
  katakana: '(?![\\p{Script=Katakana}ー\\p{N}])',
  han: '(?!\\p{Script=Han})|(?=选项|選項|项|項|是|因|正|对|對|与|和|或)',
  letter: '(?![\\p{L}\\p{M}\\p{N}])',
} as const;

/** The same before a label. */
const NOT_BEFORE = {
  latin: "(?<![\\p{Script=Latin}\\p{M}\\p{N}.'’-])",
  digit: '(?<![\\p{N}\\p{Script=Latin}.,:/-])',
  katakana: '(?<![\\p{Script=Katakana}ー])',
  han: '(?:(?<!\\p{Script=Han})|(?<=[选選项項案是]))',
  letter: '(?<![\\p{L}\\p{M}\\p{N}])',
} as const;

function scriptOf(label: string): keyof typeof NOT_AFTER {
  if (/^[a-z]/i.test(label)) return 'latin';
  if (/^\p{N}/u.test(label)) return 'digit';
  if (/^\p{Script=Katakana}/u.test(label)) return 'katakana';
  return /^\p{Script=Han}/u.test(label) ? 'han' : 'letter';
}

/** Labels with the spellings that stand for them. */
function spellingsOf(label: string): string[] {
  const folded = foldLetters(label);
  if (ALEF.includes(folded)) return [...ALEF];
  const alike = Object.entries(LOOK_ALIKES).flatMap(([letter, latin]) =>
    latin === folded ? [letter] : [],
  );
  return /^[A-Z]$/.test(folded) ? [folded, folded.toLowerCase(), ...alike] : [folded];
}

const FOREIGN =
  "[A-Za-z](?![\\p{Script=Latin}\\p{M}\\p{N}+#]|['’-]\\p{L})|[アイウエオ](?![\\p{Script=Katakana}ー])|[А-ЕأبجدهΓΔবকগकखगघㄱ-ㄹ가나다라甲乙丙丁戊](?![\\p{L}\\p{M}\\p{N}])|\\p{N}{1,2}(?![\\p{N}\\p{L}%°]|[.,:/]\\p{N})";

/** Compiles what a question offers; `options` are as the prompt showed them. */
export function offeredLabels(options: readonly OfferedOption[]): OfferedLabels {
  const spellings = options.flatMap(({ label }, option) =>
    spellingsOf(label).map((spelling) => ({ spelling, option })),
  );
  const byLength = spellings.map(({ spelling }) => spelling).sort((a, b) => b.length - a.length);
  const one = (spelling: string) => `${spelling}(?:${NOT_AFTER[scriptOf(spelling)]})`;
  return {
    texts: options.map(({ text }) => plainOption(text)),
    positions: new Map(spellings.map(({ spelling, option }) => [spelling, option])),
    label: new RegExp(byLength.map(one).join('|'), 'uy'),
    labels: new RegExp(
      byLength.map((spelling) => NOT_BEFORE[scriptOf(spelling)] + one(spelling)).join('|'),
      'gu',
    ),
    foreign: new RegExp(foldLetters(FOREIGN), 'uy'),
  };
}

/** Where a sticky pattern ends when it matches at `start`; null where it does not. */
export function endOf(pattern: RegExp, text: string, start: number): number | null {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : null;
}

const STOP = /\s?(?:$|[\n.,;:!?)\]}>"'”’»」』】》、。،؛؟।|<([{（—–…]|- )/uy;
const SENTENCE_END = /\s?(?:$|[\n.;!?)\]}"'”’»」』】。؛؟।])/uy;

/** Whether words may follow without making a word or a sentence of what stands before. */
export function isClosed(text: string, end: number): boolean {
  return endOf(STOP, text, end) !== null || endOf(ANSWER_WORDS.because, text, end) !== null;
}

/** Whether "or" follows, or "and" with another label. */
function isJoined(offered: OfferedLabels, text: string, end: number): boolean {
  const and = endOf(ANSWER_WORDS.and, text, end);
  return (
    endOf(ANSWER_WORDS.or, text, end) !== null ||
    (and !== null && labelAt(offered, text, endOf(/ /y, text, and) ?? and) !== null)
  );
}

/** Capitals that are no word in any language written with them. */
const NEVER_A_WORD = /^[B-HJ]$/;

/**
 * The label at `start`. Capitals B to H and J end where no letter or digit touches them; every other
 * label may be a word ("a", "I", و) or a number, so a sign or an explanation has to follow.
 */
export function labelAt(offered: OfferedLabels, text: string, start: number): Found | null {
  const end = endOf(offered.label, text, start);
  if (end === null) return null;
  const spelling = text.slice(start, end);
  const option = offered.positions.get(spelling);
  if (option === undefined) return null;
  return NEVER_A_WORD.test(spelling) ||
    isClosed(text, end) ||
    isJoined(offered, text, end) ||
    ownTextAfter(offered, text, { option, end }) !== null
    ? { option, end }
    : null;
}

/** The longest text of an option at `start` that ends there; null where none or more than one does. */
export function textAt(
  offered: OfferedLabels,
  text: string,
  start: number,
  closed: (text: string, end: number) => boolean = isClosed,
): Found | null {
  const found = offered.texts
    .flatMap((wanted, option) => {
      const from = afterArticle(text, start);
      const end = from + wanted.length;
      const is =
        wanted !== '' && text.slice(from, end).toLowerCase() === wanted && closed(text, end);
      return is ? [{ option, end }] : [];
    })
    .sort((a, b) => b.end - a.end);
  return found[0] !== undefined && found[0].end !== found[1]?.end ? found[0] : null;
}

const ARTICLE = /(?:the|an?) (?=\S)/iuy;

function afterArticle(text: string, start: number): number {
  return endOf(ARTICLE, text, start) ?? start;
}

const BETWEEN = /[\s.):\]}>"'”’»」』】(,、。،–—-]{0,6}/uy;
const endsSentence = (text: string, end: number) => endOf(SENTENCE_END, text, end) !== null;

/** The end of the label's own option text after it, or null. */
export function ownTextAfter(offered: OfferedLabels, text: string, label: Found): number | null {
  const start = endOf(BETWEEN, text, label.end) ?? label.end;
  const found = textAt(offered, text, start);
  return found?.option === label.option ? found.end : null;
}

/** Whether a label is followed, on its line, by another option's text and nothing else. */
export function contradicts(offered: OfferedLabels, text: string, label: Found): boolean {
  const start = endOf(BETWEEN, text, label.end) ?? label.end;
  if (text.slice(label.end, start).includes('\n')) return false;
  const found = textAt(offered, text, start, endsSentence);
  return found !== null && found.option !== label.option;
}

/** Whether the reply goes on with another label and its text: it lists options, it does not answer. */
export function beginsList(offered: OfferedLabels, text: string, { option, end }: Found): boolean {
  const own = pastText(offered, text, { option, end }) ?? end;
  const start = endOf(BETWEEN, text, own) ?? own;
  const next = endOf(offered.label, text, start);
  if (next === null) return false;
  const other = offered.positions.get(text.slice(start, next));
  if (other === undefined || other === option) return false;
  return pastText(offered, text, { option: other, end: next }) !== null;
}

/** The end of the option's text after its label, whatever follows. */
function pastText(offered: OfferedLabels, text: string, { option, end }: Found): number | null {
  const wanted = offered.texts[option] ?? '';
  const from = afterArticle(text, endOf(BETWEEN, text, end) ?? end);
  const after = from + wanted.length;
  return wanted !== '' && text.slice(from, after).toLowerCase() === wanted ? after : null;
}
