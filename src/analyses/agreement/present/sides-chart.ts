import type { TopLevelSpec } from 'vega-lite';
import type { Chart } from '../../../render/chart/chart.ts';
import { chartConfig, SCHEMA } from '../../../render/chart/theme.ts';
import type { Agreement, SideCount } from '../schema.ts';
import { panelName, panelsOf } from './panels.ts';

/** Okabe and Ito's blue and orange: the two sides, whatever models a report shows. */
export const SIDE_COLORS = { judge: '#0072b2', people: '#d55e00' } as const;

const BINS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

interface Share {
  readonly panel: string;
  readonly side: string;
  readonly rating: number;
  readonly count: number;
  readonly share: number;
}

/** Ratings by judge and people of the same answers side by side, as the paper's Figure 9. */
export function sidesChart(agreement: Agreement): Chart {
  const judge = `Judge: ${agreement.first}`;
  const panels = panelsOf(agreement);
  const shares = panels.flatMap((culture) =>
    sharesOf(
      agreement.distribution.filter((entry) => entry.culture === culture),
      { panel: panelName(culture), judge },
    ),
  );
  const title = 'Do judge and people use the scale alike?';
  const description = describe(agreement.distribution, agreement.first);
  const spec: TopLevelSpec = {
    $schema: SCHEMA,
    title: {
      text: title,
      subtitle: 'Share of ratings of the same answers, 1 (poor) to 10 (excellent)',
    },
    description,
    config: chartConfig('light'),
    data: { values: shares },
    facet: {
      field: 'panel',
      type: 'nominal',
      sort: panels.map(panelName),
      title: null,
      header: { labelAnchor: 'start' },
    },
    columns: Math.min(3, panels.length),
    spec: {
      width: 250,
      height: 170,
      mark: { type: 'bar', cornerRadiusEnd: 1 },
      encoding: {
        x: {
          field: 'rating',
          type: 'ordinal',
          scale: { domain: BINS, paddingInner: 0.25 },
          axis: { title: 'Rating', labelAngle: 0, ticks: false },
        },
        xOffset: { field: 'side', type: 'nominal', sort: [judge, PEOPLE_SIDE] },
        y: {
          field: 'share',
          type: 'quantitative',
          axis: { format: '%', title: 'Share of ratings', tickCount: 4 },
        },
        color: {
          field: 'side',
          type: 'nominal',
          scale: { domain: [judge, PEOPLE_SIDE], range: [SIDE_COLORS.judge, SIDE_COLORS.people] },
          legend: { title: null, orient: 'bottom' },
        },
        tooltip: [
          { field: 'panel', type: 'nominal', title: 'Culture' },
          { field: 'side', type: 'nominal', title: 'Rated by' },
          { field: 'rating', type: 'ordinal', title: 'Rating' },
          { field: 'count', type: 'quantitative', title: 'Ratings' },
          { field: 'share', type: 'quantitative', title: 'Share', format: '.1%' },
        ],
      },
    },
  };
  return { name: 'judge-and-people', title, description, spec };
}

const PEOPLE_SIDE = 'People';

function sharesOf(
  counts: readonly SideCount[],
  { panel, judge }: { readonly panel: string; readonly judge: string },
): Share[] {
  return (['first', 'second'] as const).flatMap((side) => {
    const own = counts.filter((entry) => entry.side === side);
    const total = own.reduce((sum, { count }) => sum + count, 0);
    return own.map(({ rating, count }) => ({
      panel,
      side: side === 'first' ? judge : PEOPLE_SIDE,
      rating,
      count,
      share: count / total,
    }));
  });
}

function describe(distribution: readonly SideCount[], judge: string): string {
  const whole = distribution.filter(({ culture }) => culture === null);
  const told = (['first', 'second'] as const).map((side) => {
    const own = whole.filter((entry) => entry.side === side);
    const sum = (some: readonly SideCount[]) => some.reduce((total, { count }) => total + count, 0);
    const share = (some: readonly SideCount[]) => `${Math.round((100 * sum(some)) / sum(own))} %`;
    const extreme = share(own.filter(({ rating }) => rating === 1 || rating === 10));
    const high = share(own.filter(({ rating }) => rating >= 8));
    return `${side === 'first' ? judge : 'People'}: ${extreme} at 1 or 10, ${high} at 8 or more`;
  });
  return `${told.join('. ')}.`;
}
