import { align, visibleWidth } from './align.ts';
import { cellText } from './cell-text.ts';
import type { Table } from './table.ts';

/** A table for a terminal: three lines a row: the figure, under it its interval and its counts. */
export function renderText(table: Table): string {
  const headings = [...table.labels, ...table.columns.map(({ heading }) => heading)];
  const lines = table.rows.flatMap((row) => {
    const figures = row.cells.map(cellText);
    return [
      [...row.labels, ...figures.map(({ value }) => value)],
      [...row.labels.map(() => ''), ...figures.map(({ interval }) => interval)],
      [...row.labels.map(() => ''), ...figures.map(({ counts }) => counts)],
    ];
  });
  const widths = headings.map((heading, column) =>
    Math.max(...[heading, ...lines.map((line) => line[column] ?? '')].map(visibleWidth)),
  );
  const render = (line: readonly string[]) =>
    line
      .map((text, column) =>
        align(text, widths[column] ?? 0, column < table.labels.length ? 'left' : 'right'),
      )
      .join('  ')
      .trimEnd();
  const groups = groupLine(table, widths);
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [
    table.title,
    '',
    ...(groups === null ? [] : [groups]),
    render(headings),
    rule,
    ...lines.map(render),
    '',
  ].join('\n');
}

function groupLine(table: Table, widths: readonly number[]): string | null {
  if (table.columns.every(({ group }) => group === null)) return null;
  const cells = [
    ...table.labels.map(() => ''),
    ...table.columns.map(({ group }, index) =>
      group === table.columns[index - 1]?.group ? '' : (group ?? ''),
    ),
  ];
  return cells
    .map((text, column) => align(text, widths[column] ?? 0, 'left'))
    .join('  ')
    .trimEnd();
}
