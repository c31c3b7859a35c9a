import type { RunSummary } from '../../analyses/summary/schema.ts';
import type { Table } from '../../render/table.ts';
import { differenceCell, distinct, labelColumns, seriesOf } from '../../series/names/series.ts';

/** Scopes less the scope with most questions, within culture and category; null without two scopes. */
export function scopeContrastTable(summary: RunSummary): Table | null {
  const { scopeContrasts } = summary;
  const columns = distinct(scopeContrasts, ({ scope }) => scope);
  const [first] = columns;
  if (first === undefined) return null;
  const series = seriesOf(summary);
  const labels = labelColumns(series, ['Model', 'Variant', 'Prompting', 'Judge']);
  const key = (entry: (typeof series)[number], scope: string) =>
    JSON.stringify([entry.model, entry.variant, entry.style, entry.judge, scope]);
  const found = new Map(scopeContrasts.map((entry) => [key(entry, entry.scope), entry]));
  return {
    name: 'scope-contrasts',
    title: `Difference from ${first.reference}, adjusted for culture and category`,
    note: `A scope's mean less that of ${first.reference}, the scope with most questions, taken within each culture and category that has both, in rating points: scopes are spread so unevenly over cultures that their plain means compare cultures. n = the scope's questions in such places; under five there is no interval.`,
    labels: labels.labels,
    columns: columns.map(({ scope }) => ({ group: null, heading: scope, average: false })),
    rows: series.map((row) => ({
      labels: labels.of(row),
      cells: columns.map(({ scope }) => {
        const entry = found.get(key(row, scope));
        return differenceCell(entry ? { estimate: entry.estimate, macro: null } : null);
      }),
    })),
  };
}
