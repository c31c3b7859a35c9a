import { cellValue } from '../cell-text.ts';
import type { Block, Document } from '../document.ts';
import type { Table } from '../table.ts';
import { legend, renderFigures } from './text.ts';
import { wrapWords } from './wrap.ts';

/** A document for a terminal, never wider than it but for words that are. */
export function renderDocumentText(document: Document, width: number): string {
  const { title, lead = [], blocks, source } = document;
  const page: Page = { width, explained: new Set() };
  return [
    ...wrapWords(title, width),
    '',
    ...paragraphs(lead, page),
    ...blocks.flatMap((block) => lines(block, page)),
    ...paragraphs(source === undefined ? [] : [source], page),
  ].join('\n');
}

interface Page {
  readonly width: number;
  /** What the signs of tables mean is said once. */
  readonly explained: Set<string>;
}

function lines(block: Block, page: Page): string[] {
  const { width } = page;
  switch (block.kind) {
    case 'heading':
      return [...wrapWords(block.text, width), ''];
    case 'text':
      return paragraphs(block.sentences, page);
    case 'notes':
      return closed(block.notes.flatMap((note) => item(note, width)));
    case 'table':
      return tableLines(block.table, page);
    case 'charts':
      return paragraphs(
        block.charts.map(({ description }) => description),
        page,
      );
    case 'details':
      return [
        ...wrapWords(block.summary, width),
        '',
        ...block.blocks.flatMap((inner) => lines(inner, page)),
      ];
    case 'callout':
      return [...wrapWords(`${block.label.toUpperCase()}. ${block.text}`, width), ''];
    default:
      return block satisfies never;
  }
}

/** A table of sentences is a list here: its columns would be too narrow to read. */
function tableLines(table: Table, { width, explained }: Page): string[] {
  if (table.rows.length === 0) return [];
  if (!table.columns.some(({ prose }) => prose)) {
    const sentences = legend(table).filter((sentence) => !explained.has(sentence));
    for (const sentence of sentences) explained.add(sentence);
    return [
      ...renderFigures(table, width),
      ...sentences.flatMap((sentence) => ['', ...wrapWords(sentence, width)]),
      '',
    ];
  }
  return [
    ...(table.title === '' ? [] : wrapWords(table.title, width)),
    ...table.rows.flatMap(({ labels, cells }) => {
      const texts = table.columns.flatMap(({ heading, prose }, column) => {
        const value = cellValue(cells[column] ?? null);
        if (value === '') return [];
        return [prose === 'named' ? `${heading}: ${value}` : value];
      });
      return item(`${labels.join(' · ')}: ${texts.join('; ')}`, width);
    }),
    '',
  ];
}

function item(text: string, width: number): string[] {
  return wrapWords(text, width - 2).map((line, index) => `${index === 0 ? '-' : ' '} ${line}`);
}

function paragraphs(sentences: readonly string[], { width }: Page): string[] {
  return closed(sentences.flatMap((sentence) => wrapWords(sentence, width)));
}

function closed(shown: readonly string[]): string[] {
  return shown.length === 0 ? [] : [...shown, ''];
}
