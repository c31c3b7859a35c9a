import { decimalDigit } from './judge/verdict-text.ts';

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
