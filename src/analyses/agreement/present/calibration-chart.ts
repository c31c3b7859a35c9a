import type { TopLevelSpec } from 'vega-lite';
import { figure } from '../../../render/cell-text.ts';
import type { Chart } from '../../../render/chart/chart.ts';
import { RATING_SCALE } from '../../../render/chart/encodings.ts';
import { chartConfig, SCHEMA } from '../../../render/chart/theme.ts';
import { SPARSE_BELOW } from '../../../render/table.ts';
import type { Agreement, CurvePoint } from '../schema.ts';
import { panelName, panelsOf } from './panels.ts';
import { SIDE_COLORS } from './sides-chart.ts';

const TICKS = [1, 4, 7, 10];

/** What people gave on average where the judge gave a rating; on the diagonal the judge is right. */
export function calibrationChart(agreement: Agreement): Chart {
  const panels = panelsOf(agreement);
  const points = panels.flatMap((culture) =>
    agreement.curve
      .filter((point) => point.culture === culture)
      .map((point) => pointRow(point, panelName(culture))),
  );
  const title = 'What is a rating by the judge worth to people?';
  const description = describe(agreement);
  const spec: TopLevelSpec = {
    $schema: SCHEMA,
    title: {
      text: title,
      subtitle:
        'Mean human rating where the judge gave 1 … 10, whiskers: 95 % interval; above: ratings. On the line both agree.',
    },
    description,
    config: chartConfig('light'),
    data: { values: points },
    facet: {
      field: 'panel',
      type: 'nominal',
      sort: panels.map(panelName),
      title: null,
      header: { labelAnchor: 'start' },
    },
    columns: Math.min(3, panels.length),
    spacing: { column: 40 },
    spec: {
      width: 240,
      height: 240,
      layer: layersOf(agreement.first),
    },
  };
  return { name: 'calibration', title, description, spec };
}

type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

function layersOf(judge: string): Layers {
  const axis = { values: TICKS, format: 'd', grid: true, labelFlush: false };
  const x = {
    field: 'rating',
    type: 'quantitative',
    scale: RATING_SCALE,
    axis: { ...axis, title: `Rating by ${judge}` },
  } as const;
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: RATING_SCALE,
    axis: { ...axis, title: 'Mean rating by people' },
  } as const;
  return [
    {
      data: { values: [{ from: 1, to: 10 }] },
      mark: { type: 'rule', strokeDash: [4, 4], opacity: 0.6 },
      encoding: {
        x: { field: 'from', type: 'quantitative' },
        x2: { field: 'to' },
        y: { field: 'from', type: 'quantitative' },
        y2: { field: 'to' },
      },
    },
    {
      mark: { type: 'rule', style: 'whisker', strokeWidth: 1.3 },
      encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
    },
    {
      mark: { type: 'line', strokeWidth: 1.2, opacity: 0.5, color: SIDE_COLORS.people },
      encoding: { x, y },
    },
    {
      mark: { type: 'point', filled: true, size: 55, color: SIDE_COLORS.people },
      encoding: {
        x,
        y,
        opacity: { condition: { test: 'datum.sparse', value: 0.4 }, value: 1 },
        tooltip: [
          { field: 'panel', type: 'nominal', title: 'Culture' },
          { field: 'rating', type: 'quantitative', title: 'Judge' },
          { field: 'value', type: 'quantitative', title: 'Mean by people', format: '.2f' },
          { field: 'low', type: 'quantitative', title: '95 % interval from', format: '.2f' },
          { field: 'high', type: 'quantitative', title: 'to', format: '.2f' },
          { field: 'n', type: 'quantitative', title: 'Ratings' },
        ],
      },
    },
    {
      mark: { type: 'text', style: 'figure', y: -5, baseline: 'bottom', fontSize: 9 },
      encoding: { x, text: { field: 'n', type: 'quantitative' } },
    },
  ];
}

function pointRow({ rating, estimate }: CurvePoint, panel: string) {
  const { value, low, high, n } = estimate;
  return { panel, rating, value, low, high, n, sparse: n < SPARSE_BELOW };
}

/** Where the judge is furthest from people, panel by panel, over points of enough ratings. */
function describe(agreement: Agreement): string {
  const told = panelsOf(agreement).flatMap((culture) => {
    const [worst] = agreement.curve
      .filter((point) => point.culture === culture && point.estimate.n >= SPARSE_BELOW)
      .map(({ rating, estimate }) => ({ rating, value: estimate.value ?? rating }))
      .sort((a, b) => Math.abs(b.value - b.rating) - Math.abs(a.value - a.rating));
    return worst
      ? `${panelName(culture)}: furthest apart at a judge’s ${worst.rating}, where people gave ${figure(worst.value)}`
      : [];
  });
  return told.length === 0 ? 'Too few ratings to compare.' : `${told.join('; ')}.`;
}
