import { cellValue } from '../cell-text.ts';
import type { Block, Document } from '../document.ts';
import type { Table } from '../table.ts';
import { legend, renderFigures } from './text.ts';
import { wrapWords } from './wrap.ts';

/** A document for a terminal, never wider than it but for words that are. */
export function renderDocumentText({ title, blocks }: Document, width: number): string {
  return [...wrapWords(title, width), '', ...blocks.flatMap((block) => lines(block, width))].join(
    '\n',
  );
}

function lines(block: Block, width: number): string[] {
  switch (block.kind) {
    case 'heading':
      return [...wrapWords(block.text, width), ''];
    case 'text':
      return closed(block.sentences.flatMap((sentence) => wrapWords(sentence, width)));
    case 'notes':
      return closed(block.notes.flatMap((note) => item(note, width)));
    case 'table':
      return tableLines(block.table, width);
    case 'chart':
      return [...wrapWords(block.chart.description, width), ''];
    case 'details':
      return [block.summary, '', ...block.blocks.flatMap((inner) => lines(inner, width))];
    case 'callout':
      return [...wrapWords(`${block.label.toUpperCase()}. ${block.text}`, width), ''];
    default:
      return block satisfies never;
  }
}

/** A table of sentences is a list here: its columns would be too narrow to read. */
function tableLines(table: Table, width: number): string[] {
  if (table.rows.length === 0) return [];
  if (!table.columns.some(({ prose }) => prose === true))
    return [
      ...renderFigures(table, width),
      ...legend(table).flatMap((sentence) => ['', ...wrapWords(sentence, width)]),
      '',
    ];
  return [
    ...(table.title === '' ? [] : [table.title]),
    ...table.rows.flatMap(({ labels, cells }) => {
      const texts = cells.map(cellValue).filter((text) => text !== '');
      return item(`${labels.join(' · ')}: ${texts.join('; ')}`, width);
    }),
    '',
  ];
}

function item(text: string, width: number): string[] {
  return wrapWords(text, width - 2).map((line, index) => `${index === 0 ? '-' : ' '} ${line}`);
}

function closed(shown: readonly string[]): string[] {
  return shown.length === 0 ? [] : [...shown, ''];
}
