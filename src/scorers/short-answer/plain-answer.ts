import { foldLetters } from '../fold-letters.ts';

const ACUTE = /\u0301/g;
const THOUSANDS = /(?<=\d)[,٬ \u00a0](?=\d{3}(?!\d))/g;
/** Punctuation and symbols, but not those within a number or a word: 3.5, 12:30, jack-o'-lantern. */
const OUTER_SIGNS = /(?<![\p{L}\p{N}])[^\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+(?![\p{L}\p{N}])/gu;

/**
 * What two spellings of one answer share: NFKC, letters folded (Arabic forms, vowel signs, digits of
 * every script), small letters, no acute accents (Greek and Spanish writers leave them out), numbers
 * without thousands separators, single spaces instead of punctuation.
 */
export function plainAnswer(text: string): string {
  return foldLetters(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(ACUTE, '')
    .normalize('NFC')
    .replace(THOUSANDS, '')
    .replace(OUTER_SIGNS, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** An article at the beginning says nothing about an answer. */
export function withoutArticle(plain: string): string {
  return plain
    .replace(/^(?:the|an?|el|la|los|las|una?|le|les|der|die|das|ein|eine) (?=.)/u, '')
    .replace(/^ال(?=\p{L}{2})/u, '');
}

export const isNumeral = (plain: string) => /^\d+(?:[.,:]\d+)?$/.test(plain);

/** Whether `wanted` stands in `text`; a number only where no digit goes on. */
export function containsAnswer(text: string, wanted: string): boolean {
  if (!/^\d|\d$/.test(wanted)) return text.includes(wanted);
  const pattern = wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?<!\\d|\\d[.,:])${pattern}(?!\\d|[.,:]\\d)`, 'u').test(text);
}
