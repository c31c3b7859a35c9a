import type { ComparisonSet } from '../summary/comparison.ts';
import { align, visibleWidth } from './align.ts';
import { type ComparisonSection, type Grid, layOutComparison } from './comparison-layout.ts';

/** A comparison for a terminal. */
export function renderComparisonText(set: ComparisonSet): string {
  const { sections, notes } = layOutComparison(set, 'few');
  return [...sections.map(renderSection), notes.join('\n'), ''].join('\n');
}

function renderSection({ title, sentences, grid }: ComparisonSection): string {
  return [
    title,
    '',
    ...sentences,
    ...(sentences.length > 0 ? [''] : []),
    renderGrid(grid),
    '',
  ].join('\n');
}

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
