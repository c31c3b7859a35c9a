import type { Block, Document } from './document.ts';
import { escapeText, renderMarkdown } from './markdown.ts';

/** A document as GitHub-flavoured Markdown. `level` is that of its title; its parts go below. */
export function renderDocumentMarkdown({ title, blocks }: Document, level = 1): string {
  return [
    `${'#'.repeat(level)} ${escapeText(title)}`,
    '',
    ...blocks.flatMap((block) => lines(block, level)),
  ].join('\n');
}

function lines(block: Block, level: number): string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(level + block.level)} ${escapeText(block.text)}`, ''];
    case 'text':
      return block.sentences.flatMap((sentence) => [escapeText(sentence), '']);
    case 'notes':
      return block.notes.length === 0
        ? []
        : [...block.notes.map((note) => `- ${escapeText(note)}`), ''];
    case 'table':
      return block.table.rows.length === 0 ? [] : [renderMarkdown(block.table)];
    case 'chart':
      return [`*${escapeText(block.chart.title)}.* ${escapeText(block.chart.description)}`, ''];
    case 'details':
      return [
        `<details><summary>${escapeText(block.summary)}</summary>`,
        '',
        ...block.blocks.flatMap((inner) => lines(inner, level)),
        '</details>',
        '',
      ];
    case 'callout':
      return [`> **${escapeText(block.label)}.** ${escapeText(block.text)}`, ''];
    default:
      return block satisfies never;
  }
}
