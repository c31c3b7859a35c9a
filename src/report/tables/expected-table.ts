import type { ExpectedSummary, RunSummary } from '../../analyses/summary/schema.ts';
import type { Table } from '../../render/table.ts';
import { distinct, figureCell, labelColumns } from '../../series/names/series.ts';

/** Expected ratings by culture; null for runs that asked no judge for token probabilities. */
export function expectedTable({ expected, cultures }: RunSummary): Table | null {
  if (!expected || expected.estimates.length === 0) return null;
  const { estimates, leastMass } = expected;
  const series = distinct(estimates, (one) => key(one));
  const labels = labelColumns(series, ['Model', 'Variant', 'Prompting', 'Judge']);
  const slices = [
    ...cultures.map((culture) => ({ culture })),
    ...(cultures.length > 1 ? [{}] : []),
  ];
  const find = (row: Entry, culture: string | undefined) =>
    estimates.find(
      (one) => key(one) === key(row) && one.by.culture === culture && one.by.category === undefined,
    );
  return {
    name: 'expected-rating',
    title: 'Expected rating by culture, from token probabilities',
    note: `Σ s p(s) / Σ p(s) over the ratings 1–10 at the place where the judge wrote its own, given its commentary; not to be mixed with parsed ratings. A judgment with less than ${leastMass} of the probability on ratings is missing here. ${certainty(expected)}`,
    labels: labels.labels,
    columns: slices.map(({ culture }: { culture?: string }) => ({
      group: null,
      heading: culture ?? 'All',
      average: culture === undefined,
    })),
    rows: series.map((row) => ({
      labels: labels.of(row),
      cells: slices.map(({ culture }: { culture?: string }) => {
        const found = find(row, culture);
        return figureCell('rating', found ? { estimate: found.estimate, macro: null } : null);
      }),
    })),
  };
}

type Entry = ExpectedSummary['estimates'][number];

function key({ model, variant, style, judge }: Entry): string {
  return JSON.stringify([model, variant, style, judge]);
}

/** How sure each judge was, over all that it judged. */
function certainty({ estimates }: ExpectedSummary): string {
  const whole = estimates.filter(({ by }) => Object.keys(by).length === 0);
  return distinct(whole, ({ judge }) => judge)
    .map(({ judge }) => {
      const own = whole.filter((one) => one.judge === judge);
      const told = own.reduce((sum, one) => sum + one.told, 0);
      if (told === 0) return `${judge} gave no probabilities.`;
      const mean = (part: 'mass' | 'entropy') =>
        own.reduce((sum, one) => sum + (one[part] ?? 0) * one.told, 0) / told;
      return `${judge}: mean mass ${mean('mass').toFixed(3)}, mean entropy ${mean('entropy').toFixed(2)} nats.`;
    })
    .join(' ');
}
