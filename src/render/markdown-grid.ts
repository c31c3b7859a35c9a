import type { Grid } from './grid.ts';
import { escapeText } from './markdown.ts';

/** One table; a group's name is a row of its own. */
export function renderGrid({ headings, groups, figuresFrom }: Grid): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeText).join(' | ')} |`;
  return [
    line(headings),
    `| ${headings.map((_, column) => (column < figuresFrom ? ':--' : '--:')).join(' | ')} |`,
    ...groups.flatMap(({ name, rows }) => [
      ...(name === null || rows.length === 0
        ? []
        : [
            `| **${escapeText(name)}** | ${headings
              .slice(1)
              .map(() => '')
              .join(' | ')} |`,
          ]),
      ...rows.map(line),
    ]),
  ].join('\n');
}
