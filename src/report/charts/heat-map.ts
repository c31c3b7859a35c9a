import type { TopLevelSpec } from 'vega-lite';
import type { Chart } from '../../render/chart/chart.ts';
import { RATING_TITLE, TOOLTIP } from '../../render/chart/encodings.ts';
import { chartConfig, SCHEMA } from '../../render/chart/theme.ts';
import { describePanels } from './describe.ts';
import { type ChartSource, subtitleOf } from './points.ts';

const AVERAGE = 'Average';
/** From here on the ground is dark enough for white figures. */
const DARK_FROM = 7.3;
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
      subtitle: subtitleOf(source, `${RATING_TITLE}; faint: fewer than 5 questions`),
    },
    description,
    config: chartConfig('light'),
    data: { values: cells },
    facet: { column: { field: 'culture', type: 'nominal', sort: cultures, title: null } },
    spacing: 18,
    spec: {
      width: { step: 44 },
      height: { step: 24 },
      encoding: {
        x: {
          field: 'category',
          type: 'nominal',
          sort: [...categories, AVERAGE],
          title: null,
          axis: {
            labelAngle: -40,
            labelAlign: 'right',
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
  return { name: 'heat-map', title, description, spec };
}

type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

function heatLayers(): Layers {
  return [
    {
      mark: { type: 'rect', width: { band: 0.96 }, height: { band: 0.94 }, cornerRadius: 2 },
      encoding: {
        color: {
          field: 'value',
          type: 'quantitative',
          scale: { domain: [1, 10], range: GROUNDS },
          legend: { title: RATING_TITLE, values: [1, 4, 7, 10], gradientLength: 120 },
        },
        opacity: { condition: { test: 'datum.sparse', value: 0.3 }, value: 1 },
      },
    },
    {
      mark: { type: 'text', fontSize: 10.5 },
      encoding: {
        text: { field: 'shown', type: 'nominal' },
        color: {
          condition: [
            { test: 'datum.value === null || datum.sparse', value: '#7d8694' },
            { test: `datum.value >= ${DARK_FROM}`, value: '#ffffff' },
          ],
          value: '#1d2129',
        },
      },
    },
  ];
}
