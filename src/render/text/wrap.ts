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

/**
 * A text of at most a width, its middle replaced by an ellipsis where it is longer: names of
 * checkpoints often differ at their ends.
 */
export function cut(text: string, width: number): string {
  if (visibleWidth(text) <= width) return text;
  const graphemes = [...GRAPHEMES.segment(text)].map(({ segment }) => segment);
  const end = fitting(graphemes.toReversed(), Math.floor((width - 1) / 2)).toReversed();
  const start = fitting(graphemes, width - 1 - visibleWidth(end.join('')));
  return `${start.join('')}…${end.join('')}`;
}

function fitting(graphemes: readonly string[], width: number): string[] {
  const taken: string[] = [];
  for (const grapheme of graphemes) {
    if (visibleWidth([...taken, grapheme].join('')) > width) break;
    taken.push(grapheme);
  }
  return taken;
}
