import { decimalDigit } from '../judge/verdict-text.ts';

/** Arabic vowel signs and tatweel, which writers set or leave out. */
const ARABIC_MARKS = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;
/** Letters that Arabic, Persian and Urdu keyboards write for one another. */
const ARABIC_FORMS: readonly (readonly [RegExp, string])[] = [
  [/[أإآٱ]/g, 'ا'],
  [/[کڪ]/g, 'ك'],
  [/[یىے]/g, 'ي'],
  [/[ہھەۀ]/g, 'ه'],
];

/** White and black letters in squares and circles, which NFKC leaves alone: first of each run of A–Z. */
const ENCLOSED_A = [0x1f150, 0x1f170];
const ENCLOSED = /[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}]/gu;

/**
 * Letters and digits as a reader takes them: NFKC, nothing invisible, one form of each Arabic letter,
 * ASCII digits for those of every script, plain letters for enclosed ones.
 */
export function foldLetters(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}|[\u20dd-\u20e4]/gu, '')
    .replace(ARABIC_MARKS, '')
    // The only letter whose lower case is longer than itself: offsets hold in both.
    .replace(/İ/g, 'I')
    .replace(/[^\P{Nd}0-9]/gu, (digit) => String(decimalDigit(digit)))
    .replace(ENCLOSED, (letter) => enclosedLetter(letter.codePointAt(0) ?? 0));
  return ARABIC_FORMS.reduce((folded, [forms, letter]) => folded.replace(forms, letter), plain);
}

function enclosedLetter(code: number): string {
  const first = ENCLOSED_A.findLast((start) => start <= code) ?? code;
  return String.fromCharCode(65 + code - first);
}

/** LaTeX that stands around answers; `\boxed` keeps its name, as it announces one. */
const LATEX = /\\(?:text|textbf|textrm|mathrm|mathbf|mathsf|operatorname)\s*(?=\{)|[\\$]/g;
const EMPHASIS =
  /<\/?(?:b|i|u|p|em|strong|span|br|code|mark)\b[^<>]{0,80}>|<\|[^|<>]{1,40}\|>|[*`~]/g;
const LINE_STARTS = /^[ \t]*(?:#{1,6}|>|[-•·])[ \t]+/gm;

/**
 * A reply without markup: emphasis, headings, bullets, LaTeX and HTML around words; letters folded,
 * single spaces, no blank lines. Takes time linear in the text.
 */
export function plainReply(text: string): string {
  return foldLetters(text)
    .replace(LATEX, '')
    .replace(EMPHASIS, '')
    .replace(/(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])/gu, ' ')
    .replace(/_/g, '')
    .replace(/\r/g, '\n')
    .replace(LINE_STARTS, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/** An option's text to be found in a plain reply: one line, small letters, no article and no full stop. */
export function plainOption(text: string): string {
  return plainReply(text)
    .replace(/\n/g, ' ')
    .toLowerCase()
    .replace(/^(?:the|an?) (?=.)/, '')
    .replace(/(?<=.)[.。]$/u, '');
}
