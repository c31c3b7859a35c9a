import type { TopLevelSpec } from 'vega-lite';
import type { Chart } from '../../render/chart/chart.ts';
import { RATING_SCALE, RATING_TITLE, TOOLTIP } from '../../render/chart/encodings.ts';
import { chartConfig, SCHEMA } from '../../render/chart/theme.ts';
import type { SummaryModel } from '../../series/schema.ts';
import { describePanels } from './describe.ts';
import {
  type ChartSource,
  choicesOf,
  colorsOf,
  columnsFor,
  modelLabelOf,
  type Point,
  subtitleOf,
} from './points.ts';

interface Trend {
  readonly name: string;
  readonly title: string;
  readonly axis: string;
  readonly scale: 'log' | 'linear';
  readonly ticks: readonly number[];
  readonly format: string;
  readonly at: (model: SummaryModel) => number | null;
  /** Which points one line joins. */
  readonly line: (point: Point) => string;
}

interface TrendPoint extends Point {
  readonly at: number;
  readonly culture: string;
  readonly place: string;
  readonly line: string;
}

const SIZE_TICKS = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000];
/** The part of a model's name that says its size: `7B`, `0.5B`. */
const SIZE_IN_NAME = /\d+(?:\.\d+)?b\b/i;

/** Over the models' sizes: models whose names differ in the size alone are joined. */
export function bySize(source: ChartSource): Chart | null {
  return trendChart(source, {
    name: 'by-size',
    title: 'Do larger models know more?',
    axis: 'Parameters (billions, logarithmic)',
    scale: 'log',
    ticks: SIZE_TICKS,
    format: '~g',
    at: ({ size }) => size,
    line: ({ label }) => label.replace(SIZE_IN_NAME, ''),
  });
}

/** Over the share of training data, a line a model, as the paper's Figure 3. */
export function byDataShare(source: ChartSource): Chart | null {
  return trendChart(source, {
    name: 'by-data-share',
    title: 'Does more training data help?',
    axis: 'Share of the training data',
    scale: 'linear',
    ticks: [0, 0.25, 0.5, 0.75, 1],
    format: '~%',
    at: ({ dataShare }) => dataShare,
    line: ({ model }) => model,
  });
}

function trendChart(source: ChartSource, trend: Trend): Chart | null {
  const { cultures, models = [] } = source.summary;
  const points = cultures.flatMap((culture) =>
    source.models.flatMap((series): TrendPoint[] => {
      const model = models.find((entry) => modelLabelOf(entry) === modelLabelOf(series));
      const at = model ? trend.at(model) : null;
      const point = source.point(series, { culture });
      if (at === null || point === null) return [];
      return [{ ...point, at, culture, place: culture, line: trend.line(point) }];
    }),
  );
  if (new Set(points.map(({ at }) => at)).size < 2) return null;
  const description = describePanels(
    cultures.map((culture) => ({
      place: culture,
      points: points.filter((point) => point.culture === culture),
    })),
  );
  const spec: TopLevelSpec = {
    $schema: SCHEMA,
    title: {
      text: trend.title,
      subtitle: subtitleOf(source, 'Mean rating, whiskers: 95 % interval'),
    },
    description,
    config: chartConfig('light'),
    data: { values: points },
    facet: { field: 'culture', type: 'nominal', sort: cultures, title: null },
    columns: columnsFor(cultures.length),
    spacing: 28,
    spec: {
      width: 230,
      height: 270,
      encoding: { x: trendAxis(trend, points) },
      layer: trendLayers(source, points),
    },
  };
  return { name: trend.name, title: trend.title, description, choices: choicesOf(source), spec };
}

function trendAxis({ axis, scale, ticks, format }: Trend, points: readonly TrendPoint[]) {
  const places = points.map(({ at }) => at);
  // A margin at either end, so that no point stands on the frame.
  const [low, high] = [Math.min(...places), Math.max(...places)];
  const margin = scale === 'log' ? (high / low) ** 0.08 : (high - low) * 0.08;
  const domain = scale === 'log' ? [low / margin, high * margin] : [low - margin, high + margin];
  return {
    field: 'at',
    type: 'quantitative' as const,
    title: axis,
    scale: { type: scale, domain, nice: false, ...(scale === 'log' ? {} : { zero: false }) },
    axis: { values: [...ticks], format, grid: false, labelFlush: false },
  };
}

type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

function trendLayers(source: ChartSource, points: readonly TrendPoint[]): Layers {
  const color = {
    field: 'label',
    type: 'nominal' as const,
    scale: colorsOf(
      source,
      points.map(({ label }) => label),
    ),
    legend: { title: null, symbolOpacity: 1 },
  };
  return [
    {
      mark: { type: 'line', color: '#8b93a0', strokeWidth: 1.2, opacity: 0.7 },
      encoding: {
        y: { field: 'value', type: 'quantitative', scale: RATING_SCALE },
        detail: { field: 'line', type: 'nominal' },
      },
    },
    {
      mark: { type: 'rule', strokeWidth: 1.2, opacity: 0.6 },
      encoding: {
        y: { field: 'low', type: 'quantitative', scale: RATING_SCALE },
        y2: { field: 'high' },
        color,
      },
    },
    {
      mark: { type: 'point', filled: true, size: 60, opacity: 1 },
      encoding: {
        y: {
          field: 'value',
          type: 'quantitative',
          scale: RATING_SCALE,
          axis: { values: [1, 4, 7, 10], format: 'd', title: RATING_TITLE },
        },
        color,
        tooltip: [...TOOLTIP],
      },
    },
  ];
}
