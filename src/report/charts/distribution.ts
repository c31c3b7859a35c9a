import type { TopLevelSpec } from 'vega-lite';
import { counted } from '../../domain/counted.ts';
import { RATING_MAX, RATING_MIN } from '../../domain/judgment.ts';
import type { Chart, RatingCount } from '../../render/chart/chart.ts';
import { chartConfig, SCHEMA } from '../../render/chart/theme.ts';
import { distinct } from '../../series/names/series.ts';
import { modelLabelOf } from './points.ts';

const BINS = Array.from({ length: RATING_MAX - RATING_MIN + 1 }, (_, index) => index + RATING_MIN);
/** Low ratings in one hue, high in another, pale between them; both hues safe for colour blindness. */
const RANGE = [
  '#8c3b00',
  '#c65a11',
  '#e58a43',
  '#f3b681',
  '#f6dcc3',
  '#d5e4ef',
  '#a6c8e0',
  '#6aa5ce',
  '#2f7db3',
  '#0b4f86',
];

/** Of a panel, in pixels. */
const WIDTH = 360;

interface Share {
  readonly label: string;
  readonly judge: string;
  readonly panel: string;
  /** 7 holds ratings from 7 to below 8. */
  readonly rating: number;
  readonly count: number;
  readonly share: number;
  /** `n = 270`, at the first share of a bar. */
  readonly total: string | null;
}

/** How each judge spreads its ratings over the scale, model by model; null without ratings. */
export function distribution(
  counts: readonly RatingCount[],
  labels: readonly string[],
): Chart | null {
  const shares = sharesOf(counts);
  if (shares.length === 0) return null;
  const judges = distinct(shares, ({ judge }) => judge).map(({ judge }) => judge);
  const title = 'How are the ratings spread over the scale?';
  const description = describe(counts);
  const spec: TopLevelSpec = {
    $schema: SCHEMA,
    title: {
      text: title,
      subtitle: [
        'Share of ratings from 1 (poor) to 10 (excellent), all prompting styles',
        ...(judges.length === 1 ? [`judge: ${judges[0]}`] : []),
      ].join(' · '),
    },
    description,
    config: chartConfig('light'),
    data: { values: shares },
    facet: {
      field: 'panel',
      type: 'nominal',
      sort: judges.map(panelOf),
      title: null,
      header: { labelAnchor: 'start', ...(judges.length > 1 ? {} : { labelExpr: "''" }) },
    },
    columns: 2,
    spacing: { column: 72 },
    spec: {
      width: WIDTH,
      height: { step: 19 },
      encoding: {
        y: {
          field: 'label',
          type: 'nominal',
          sort: [...labels],
          title: null,
          axis: { ticks: false, domain: false, labelPadding: 8 },
        },
      },
      layer: barLayers(),
    },
  };
  return { name: 'rating-distribution', title, description, spec };
}

type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

/** Bars of shares, and how many ratings each is of. */
function barLayers(): Layers {
  return [
    {
      mark: { type: 'bar', height: { band: 0.8 } },
      encoding: {
        x: {
          field: 'share',
          type: 'quantitative',
          stack: 'zero',
          scale: { domain: [0, 1], nice: false },
          axis: {
            format: '%',
            values: [0, 0.25, 0.5, 0.75, 1],
            title: 'Share of ratings',
            labelFlush: false,
          },
        },
        color: {
          field: 'rating',
          type: 'ordinal',
          scale: { domain: BINS, range: RANGE },
          legend: {
            title: 'Rating',
            orient: 'bottom',
            direction: 'horizontal',
            columns: BINS.length,
            symbolType: 'square',
          },
        },
        order: { field: 'rating', type: 'quantitative' },
        tooltip: [
          { field: 'label', type: 'nominal', title: 'Model' },
          { field: 'judge', type: 'nominal', title: 'Judge' },
          { field: 'rating', type: 'ordinal', title: 'Rating' },
          { field: 'count', type: 'quantitative', title: 'Ratings' },
          { field: 'share', type: 'quantitative', title: 'Share', format: '.1%' },
        ],
      },
    },
    {
      transform: [{ filter: 'isValid(datum.total)' }],
      mark: { type: 'text', style: 'figure', align: 'left', x: WIDTH + 6 },
      encoding: { text: { field: 'total', type: 'nominal' } },
    },
  ];
}

function sharesOf(counts: readonly RatingCount[]): Share[] {
  const bars = distinct(counts, barKey);
  return bars.flatMap((bar) => {
    const own = counts.filter((entry) => barKey(entry) === barKey(bar));
    const total = sum(own);
    return BINS.flatMap((rating) => {
      const count = sum(own.filter((entry) => Math.floor(entry.rating) === rating));
      const { judge } = bar;
      return count === 0
        ? []
        : {
            label: modelLabelOf(bar),
            judge,
            panel: panelOf(judge),
            rating,
            count,
            share: count / total,
            total: null,
          };
    }).map((share, index) => (index === 0 ? { ...share, total: `n = ${total}` } : share));
  });
}

function panelOf(judge: string): string {
  return `Judge: ${judge}`;
}

function barKey({ model, variant, judge }: RatingCount): string {
  return JSON.stringify([model, variant, judge]);
}

function sum(counts: readonly RatingCount[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}

function describe(counts: readonly RatingCount[]): string {
  const judges = distinct(counts, ({ judge }) => judge).map(({ judge }) => judge);
  return judges
    .map((judge) => {
      const own = counts.filter((entry) => entry.judge === judge);
      const total = sum(own);
      const share = (part: readonly RatingCount[]) => `${Math.round((100 * sum(part)) / total)} %`;
      const low = share(own.filter(({ rating }) => rating < 4));
      const high = share(own.filter(({ rating }) => rating >= 8));
      return `${judge} gave ${counted(total, 'rating')}, ${low} of them below 4 and ${high} 8 or more.`;
    })
    .join(' ');
}
