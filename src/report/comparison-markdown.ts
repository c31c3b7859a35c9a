import type { ComparisonSet } from '../summary/comparison.ts';
import type { RunComparison } from '../summary/run-comparisons.ts';
import { type ComparisonSection, type Grid, layOutComparison } from './comparison-layout.ts';
import { escapeText } from './markdown.ts';

/** A comparison as GitHub-flavoured Markdown, every pair in full. */
export function renderComparisonMarkdown(set: ComparisonSet): string {
  const { sections, notes } = layOutComparison(set, 'all');
  return [
    '# Comparison',
    '',
    ...sections.map(renderSection),
    ...notes.map((note) => `- ${escapeText(note)}`),
    '',
  ].join('\n');
}

/** The comparisons of a report, one behind the other. */
export function renderRunComparisons(comparisons: readonly RunComparison[]): string {
  return comparisons
    .map(({ style, judge, set, pairs }) => {
      const { sections, notes } = layOutComparison(set, 'all');
      const { length } = set.comparisons;
      return [
        `# ${escapeText(style)}, judged by ${escapeText(judge)}`,
        '',
        ...(length < pairs
          ? [
              `The best model against every other, and variants against their baselines: ${length} of ${pairs} pairs.`,
              '',
            ]
          : []),
        ...sections.map(renderSection),
        ...notes.map((note) => `- ${escapeText(note)}`),
        '',
      ].join('\n');
    })
    .join('\n');
}

function renderSection({ title, sentences, grid }: ComparisonSection): string {
  return [
    `## ${escapeText(title)}`,
    '',
    ...sentences.flatMap((sentence) => [escapeText(sentence), '']),
    renderGrid(grid),
    '',
  ].join('\n');
}

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
