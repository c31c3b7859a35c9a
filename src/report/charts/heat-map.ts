import type { TopLevelSpec } from 'vega-lite';
import type { Chart } from '../../render/chart/chart.ts';
import { RATING_TITLE, TOOLTIP } from '../../render/chart/encodings.ts';
import { chartConfig, SCHEMA } from '../../render/chart/theme.ts';
import { describePanels } from './describe.ts';
import { type ChartSource, choicesOf, subtitleOf } from './points.ts';

const AVERAGE = 'Average';
/** Where white and black figures stand out equally, at 4.58:1: a ground of luminance √(1.05 · 0.05) − 0.05. */
const DARK_FROM = 7.73;
const GROUNDS = ['#f3f6fa', '#c3d8ec', '#7fb0d9', '#3579b5', '#0b3c73'];

/** Models × categories with the figures in the cells, culture by culture. */
export function heatMap(source: ChartSource): Chart | null {
  const { cultures, categories } = source.summary;
  const cells = cultures.flatMap((culture) =>
    source.models.flatMap((series) =>
      [...categories, AVERAGE].flatMap((category) => {
        const by = category === AVERAGE ? { culture } : { culture, category };
        const point = source.point(series, by);
        return point === null
          ? []
          : { ...point, culture, category, place: `${culture}, ${category}` };
      }),
    ),
  );
  if (cells.length === 0) return null;
  const title = 'Where are a model’s strengths and gaps?';
  const description = describePanels(
    cultures.flatMap((culture) =>
      categories.map((category) => ({
        place: `${culture}, ${category}`,
        points: cells.filter((cell) => cell.culture === culture && cell.category === category),
      })),
    ),
  );
  const spec: TopLevelSpec = {
    $schema: SCHEMA,
    title: {
      text: title,
      subtitle: subtitleOf(source, `${RATING_TITLE}; outlined: fewer than 5 questions`),
    },
    description,
    config: chartConfig('light'),
    data: { values: cells },
    facet: {
      row: {
        field: 'culture',
        type: 'nominal',
        sort: cultures,
        title: null,
        header: { labelOrient: 'top', labelAnchor: 'start', labelAngle: 0 },
      },
    },
    spacing: 18,
    spec: {
      width: { step: 72 },
      height: { step: 24 },
      encoding: {
        x: {
          field: 'category',
          type: 'nominal',
          sort: [...categories, AVERAGE],
          title: null,
          axis: {
            labelAngle: 0,
            // One word under another: slanted names are hard to read.
            labelExpr: "split(datum.label, ' ')",
            ticks: false,
            domain: false,
            labelPadding: 6,
          },
        },
        y: {
          field: 'label',
          type: 'nominal',
          sort: source.color.domain,
          title: null,
          axis: { ticks: false, domain: false, labelPadding: 8 },
        },
        tooltip: [...TOOLTIP],
      },
      layer: heatLayers(),
    },
  };
  return { name: 'heat-map', title, description, choices: choicesOf(source), spec };
}

type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

function heatLayers(): Layers {
  const cell = {
    type: 'rect',
    width: { band: 0.96 },
    height: { band: 0.94 },
    cornerRadius: 2,
  } as const;
  const figure = {
    type: 'text',
    fontSize: 10.5,
    fontWeight: { expr: `datum.category === '${AVERAGE}' ? 600 : 400` },
  } as const;
  const text = { field: 'shown', type: 'nominal' } as const;
  const filled = [{ filter: 'datum.value !== null && !datum.sparse' }];
  const sparse = [{ filter: 'datum.value === null || datum.sparse' }];
  return [
    {
      transform: filled,
      mark: cell,
      encoding: {
        color: {
          field: 'value',
          type: 'quantitative',
          scale: { domain: [1, 10], range: GROUNDS },
          legend: { title: RATING_TITLE, values: [1, 4, 7, 10], gradientLength: 120 },
        },
      },
    },
    {
      transform: sparse,
      // A faint ground would vanish on a dark page.
      mark: { ...cell, fill: 'transparent', stroke: '#8b93a0', strokeWidth: 1 },
    },
    {
      transform: filled,
      mark: figure,
      encoding: {
        text,
        color: {
          condition: { test: `datum.value >= ${DARK_FROM}`, value: '#ffffff' },
          value: '#000000',
        },
      },
    },
    { transform: sparse, mark: { ...figure, style: 'figure' }, encoding: { text } },
    // What sets the average apart from what it is made of.
    {
      mark: { type: 'rule', style: 'whisker', strokeWidth: 1 },
      encoding: {
        x: { datum: AVERAGE, type: 'nominal', bandPosition: 0 },
        y: { value: 0 },
        y2: { value: 'height' },
      },
    },
  ];
}
