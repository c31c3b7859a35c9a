import { cellText } from './cell-text.ts';
import type { Table } from './table.ts';

/** A GitHub-flavoured Markdown table: figure, interval and counts in one cell. */
export function renderMarkdown(table: Table): string {
  const headings = [
    ...table.labels,
    ...table.columns.map(({ group, heading }) =>
      group === null ? heading : `${group}: ${heading}`,
    ),
  ];
  const rows = table.rows.map((row) => [
    ...row.labels,
    ...row.cells.map((cell) => {
      const { value, interval, counts } = cellText(cell);
      return [value, interval, counts].filter((part) => part !== '').join('<br>');
    }),
  ]);
  const line = (cells: readonly string[], quote: (text: string) => string) =>
    `| ${cells.map(quote).join(' | ')} |`;
  return [
    `## ${escapeText(table.title)}`,
    '',
    line(headings, escapeText),
    `| ${headings.map((_, index) => (index < table.labels.length ? ':--' : '--:')).join(' | ')} |`,
    ...rows.map((row) =>
      line(
        row.map((text, index) => (index < table.labels.length ? escapeText(text) : text)),
        (text) => text,
      ),
    ),
    '',
    table.note,
    '',
  ].join('\n');
}

/** Names come from configs and data: nothing in them may become markup or break the table. */
export function escapeText(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replace(/\s+/g, ' ');
}
