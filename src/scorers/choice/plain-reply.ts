import { foldLetters } from '../fold-letters.ts';

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
