import type { Grid } from '../grid.ts';
import { align, visibleWidth } from './align.ts';

/** Columns side by side, figures on the right. */
export function renderGrid({ headings, groups, figuresFrom }: Grid): string {
  const all = [headings, ...groups.flatMap(({ rows }) => rows)];
  const widths = headings.map((_, column) =>
    all.reduce((width, row) => Math.max(width, visibleWidth(row[column] ?? '')), 0),
  );
  const render = (row: readonly string[]) =>
    row
      .map((text, column) =>
        align(text, widths[column] ?? 0, column < figuresFrom ? 'left' : 'right'),
      )
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [
    render(headings),
    rule,
    ...groups.flatMap(({ name, rows }) => [
      ...(name === null || rows.length === 0 ? [] : ['', name]),
      ...rows.map(render),
    ]),
  ].join('\n');
}
