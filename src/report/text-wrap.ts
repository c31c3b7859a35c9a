import { visibleWidth } from './align.ts';

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Lines broken at spaces; a word longer than the width keeps a line of its own. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && visibleWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}

/** A text of at most a width, its end replaced by an ellipsis where it is longer. */
export function cut(text: string, width: number): string {
  if (visibleWidth(text) <= width) return text;
  let shown = '';
  for (const { segment } of GRAPHEMES.segment(text)) {
    if (visibleWidth(`${shown}${segment}…`) > width) break;
    shown += segment;
  }
  return `${shown}…`;
}
