import type { TopLevelSpec } from 'vega-lite';
import type { Chart } from '../../render/chart/chart.ts';
import { RATING_AXIS, RATING_SCALE, TOOLTIP } from '../../render/chart/encodings.ts';
import { chartConfig, SCHEMA } from '../../render/chart/theme.ts';
import {
  type ChartSource,
  columnsFor,
  countsText,
  figuresAtRight,
  isRated,
  type Point,
} from './points.ts';

/** Prompting styles under one another for every model; null where there is one style only. */
export function byStyle(source: ChartSource): Chart | null {
  const { cultures } = source.summary;
  const points = cultures.flatMap((culture) =>
    source.models.flatMap((series) =>
      source.styles.flatMap((style) => {
        const point = source.point({ ...series, style }, { culture });
        return point === null ? [] : { ...point, culture, place: culture };
      }),
    ),
  );
  const panelOf = (culture: string) =>
    `${culture} (${countsText(points.filter((point) => point.culture === culture))})`;
  if (source.styles.length < 2 || points.length === 0) return null;
  const title = 'Does the prompting style matter?';
  const description = describe(source, points);
  const spec: TopLevelSpec = {
    $schema: SCHEMA,
    title: {
      text: title,
      subtitle: `Mean rating, whiskers: 95 % interval · judge: ${source.judge}`,
    },
    description,
    config: chartConfig('light'),
    data: { values: points.map((point) => ({ ...point, panel: panelOf(point.culture) })) },
    facet: {
      field: 'panel',
      type: 'nominal',
      sort: cultures.map(panelOf),
      title: null,
      header: { labelAnchor: 'start' },
    },
    columns: columnsFor(cultures.length),
    spacing: { row: 22, column: 56 },
    spec: {
      width: WIDTH,
      height: { step: 13, for: 'offset' },
      encoding: {
        y: {
          field: 'label',
          type: 'nominal',
          sort: source.color.domain,
          title: null,
          scale: { paddingInner: 0.3 },
          axis: { ticks: false, domain: false, labelPadding: 8, grid: true, tickBand: 'extent' },
        },
        yOffset: { field: 'style', type: 'nominal', sort: [...source.styles] },
      },
      layer: styleLayers(source),
    },
  };
  return { name: 'by-style', title, description, choices: { Judge: source.judge }, spec };
}

const WIDTH = 220;

type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

function styleLayers({ styles, color: scale }: ChartSource): Layers {
  // Figures stay in the colour of text: some hues are too light to be read.
  const color = { field: 'label', type: 'nominal', scale, legend: null } as const;
  return [
    {
      mark: { type: 'rule', strokeWidth: 1.4 },
      encoding: {
        color,
        x: { field: 'low', type: 'quantitative', scale: RATING_SCALE },
        x2: { field: 'high' },
      },
    },
    {
      mark: { type: 'point', filled: true, size: 46, opacity: 1 },
      encoding: {
        color,
        x: { field: 'value', type: 'quantitative', scale: RATING_SCALE, axis: RATING_AXIS },
        shape: {
          field: 'style',
          type: 'nominal',
          sort: [...styles],
          scale: { domain: [...styles] },
          legend: {
            title: 'Prompting',
            orient: 'bottom',
            symbolFillColor: '#5b6472',
            symbolStrokeWidth: 0,
          },
        },
        tooltip: [...TOOLTIP],
      },
    },
    figuresAtRight(WIDTH),
  ];
}

/** For each culture, how many models each style is highest for. */
function describe(source: ChartSource, points: readonly (Point & { culture: string })[]): string {
  const sentences = source.summary.cultures.map((culture) => {
    const wins = new Map<string, number>();
    for (const { label } of new Map(points.map((point) => [point.label, point])).values()) {
      const rated = points
        .filter(isRated)
        .filter((point) => point.culture === culture && point.label === label);
      const [best] = rated.sort((a, b) => b.value - a.value);
      if (best) wins.set(best.style, (wins.get(best.style) ?? 0) + 1);
    }
    const told = source.styles.map((style) => `${style} for ${wins.get(style) ?? 0}`);
    return `${culture}: highest mean with ${told.join(', ')}`;
  });
  return `Of ${source.models.length} models, ${sentences.join('; ')}. The intervals tell which differences to believe.`;
}
