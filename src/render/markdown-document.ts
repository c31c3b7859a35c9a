import type { Block, Document } from './document.ts';
import { escapeText, renderMarkdown } from './markdown.ts';

/** A document as GitHub-flavoured Markdown. `level` is that of its title; its parts go below. */
export function renderDocumentMarkdown(
  { title, lead = [], blocks, source }: Document,
  level = 1,
): string {
  return [
    `${'#'.repeat(level)} ${escapeText(title)}`,
    '',
    ...paragraphs(lead),
    ...blocks.flatMap((block) => lines(block, level)),
    ...paragraphs(source === undefined ? [] : [source]),
  ].join('\n');
}

const paragraphs = (sentences: readonly string[]) =>
  sentences.flatMap((sentence) => [escapeText(sentence), '']);

function lines(block: Block, level: number): string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(level + block.level)} ${escapeText(block.text)}`, ''];
    case 'text':
      return paragraphs(block.sentences);
    case 'notes':
      return block.notes.length === 0
        ? []
        : [...block.notes.map((note) => `- ${escapeText(note)}`), ''];
    case 'table':
      return block.table.rows.length === 0 ? [] : [renderMarkdown(block.table)];
    case 'charts':
      return block.charts.flatMap(({ title, description }) => [
        `*${escapeText(title)}* ${escapeText(description)}`,
        '',
      ]);
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
