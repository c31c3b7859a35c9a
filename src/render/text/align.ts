import stringWidth from 'string-width';

/** Keeps a right-to-left text from reordering what stands beside it. */
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const RIGHT_TO_LEFT = /\p{Script=Arabic}|\p{Script=Hebrew}/u;

/** Columns that a text takes on a terminal: a CJK character takes two, marks and controls none. */
export function visibleWidth(text: string): number {
  return stringWidth(text);
}

/** Pads to a width on the side away from the text's edge. */
export function align(text: string, width: number, edge: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - visibleWidth(text)));
  const shown = RIGHT_TO_LEFT.test(text) ? `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}` : text;
  return edge === 'left' ? shown + space : space + shown;
}
