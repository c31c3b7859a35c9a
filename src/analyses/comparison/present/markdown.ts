import { escapeText } from '../../../render/markdown.ts';
import { renderGrid } from '../../../render/markdown-grid.ts';
import type { RunComparison } from '../run-comparisons.ts';
import type { ComparisonSet } from '../schema.ts';
import { type ComparisonSection, layOutComparison } from './layout.ts';

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
