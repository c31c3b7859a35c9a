import { renderGrid } from '../../../render/text/grid.ts';
import type { ComparisonSet } from '../schema.ts';
import { type ComparisonSection, layOutComparison } from './layout.ts';

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
