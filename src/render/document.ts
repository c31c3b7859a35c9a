import type { Chart } from './chart/chart.ts';
import type { PageChart } from './html/charts.ts';
import type { Table } from './table.ts';

/**
 * What a person reads, before anyone has decided whether it is a terminal, Markdown or a page. Every
 * analysis presents its result as one; `formats` has a renderer for each form.
 */
export interface Document {
  readonly title: string;
  /** What was found in a sentence, then what it rests on: the head of a page. */
  readonly lead?: readonly string[];
  readonly blocks: readonly Block[];
  /** Where figures come from that are not ours: the foot of a page. */
  readonly source?: string;
}

export type Block =
  | HeadingBlock
  | TextBlock
  | NotesBlock
  | TableBlock
  | ChartsBlock
  | DetailsBlock
  | CalloutBlock;

/** The title of a part; `level` 1 is a part of the document, 2 a part of that. */
interface HeadingBlock {
  readonly kind: 'heading';
  readonly level: 1 | 2;
  readonly text: string;
}

/** Sentences that belong together, each a paragraph where there is room. */
interface TextBlock {
  readonly kind: 'text';
  readonly sentences: readonly string[];
}

/** What a reader has to know to read the figures: a list. */
interface NotesBlock {
  readonly kind: 'notes';
  readonly notes: readonly string[];
}

interface TableBlock {
  readonly kind: 'table';
  readonly table: Table;
}

/** Drawn on a page and written as a file; a terminal and Markdown have its description. */
export interface ChartsBlock {
  readonly kind: 'charts';
  readonly charts: readonly (Chart | PageChart)[];
}

/** Blocks that a page folds away. */
interface DetailsBlock {
  readonly kind: 'details';
  readonly summary: string;
  readonly blocks: readonly Block[];
}

/** What must not be overlooked: that figures are simulated, that sides are not comparable. */
interface CalloutBlock {
  readonly kind: 'callout';
  readonly label: string;
  readonly text: string;
}

export const heading = (text: string, level: 1 | 2 = 1): Block => ({
  kind: 'heading',
  level,
  text,
});
export const text = (...sentences: readonly string[]): Block => ({ kind: 'text', sentences });
export const notes = (entries: readonly string[]): Block => ({ kind: 'notes', notes: entries });
export const tableBlock = (table: Table): Block => ({ kind: 'table', table });
export const details = (summary: string, blocks: readonly Block[]): Block => ({
  kind: 'details',
  summary,
  blocks,
});
export const callout = (label: string, sentence: string): Block => ({
  kind: 'callout',
  label,
  text: sentence,
});

/** The callout of simulated figures; none for measured ones. */
export function simulatedNotice(simulated: string | null): Block[] {
  return simulated === null ? [] : [callout('Simulated', simulated)];
}
