import type { TopLevelSpec } from 'vega-lite';
import type { Chart } from '../../render/chart/chart.ts';
import { RATING_AXIS, RATING_SCALE, TOOLTIP } from '../../render/chart/encodings.ts';
import { chartConfig, SCHEMA } from '../../render/chart/theme.ts';
import type { Slice } from '../../series/schema.ts';
import { type DescribedPanel, describePanels } from './describe.ts';
import {
  type ChartSource,
  choicesOf,
  columnsFor,
  countsText,
  figuresAtRight,
  type Point,
  subtitleOf,
} from './points.ts';

/** A panel of a chart: one part of the questions, all models under one another. */
interface Panel {
  readonly place: string;
  readonly by: Slice;
}

interface PanelChart {
  readonly name: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  /** Panels side by side. */
  readonly columns: number;
  readonly width: number;
  readonly mark: 'bar' | 'point';
  /** Whether the last row may be shorter, each panel having an axis of its own. */
  readonly wraps?: boolean;
}

/** Which model knows which culture? The paper's averages, with whiskers. */
export function byCulture(source: ChartSource): Chart | null {
  const { cultures } = source.summary;
  return panelChart(source, {
    name: 'by-culture',
    title: 'Which model knows which culture?',
    panels: cultures.map((culture) => ({ place: culture, by: { culture } })),
    columns: Math.min(3, cultures.length),
    width: 220,
    mark: 'bar',
  });
}

export function byCategory(source: ChartSource): Chart | null {
  const { categories } = source.summary;
  return panelChart(source, {
    name: 'by-category',
    title: 'Which kinds of question are hard?',
    panels: categories.map((category) => ({ place: category, by: { category } })),
    columns: columnsFor(categories.length),
    width: categories.length > 3 ? 138 : 220,
    mark: 'bar',
    wraps: true,
  });
}

/** Culture by culture, since scopes hold different questions in each; sparse panels are faint. */
export function byScope(source: ChartSource): Chart | null {
  const { cultures, scopes } = source.summary;
  if (scopes.length === 0) return null;
  return panelChart(source, {
    name: 'by-scope',
    title: 'Does it matter how far a custom reaches?',
    panels: cultures.flatMap((culture) =>
      scopes.map((scope) => ({ place: `${culture}, ${scope}`, by: { culture, scope } })),
    ),
    columns: scopes.length,
    width: 150,
    mark: 'point',
  });
}

function panelChart(source: ChartSource, chart: PanelChart): Chart | null {
  const drawn = chart.panels.map(({ place, by }): DescribedPanel => {
    const points = source.models.flatMap((series) => source.point(series, by) ?? []);
    return { place, points };
  });
  if (drawn.every(({ points }) => points.length === 0)) return null;
  const description = describePanels(drawn);
  const spec: TopLevelSpec = {
    $schema: SCHEMA,
    title: {
      text: chart.title,
      subtitle: [
        subtitleOf(source, 'Mean rating, whiskers: 95 % interval'),
        ...intervalNotes(drawn.flatMap(({ points }) => points)),
      ],
    },
    description,
    config: chartConfig('light'),
    data: { values: drawn.flatMap((panel) => panelRows(panel, source)) },
    facet: {
      field: 'panel',
      type: 'nominal',
      sort: drawn.map(panelTitle),
      title: null,
      header: { labelAnchor: 'start', labelAlign: 'left' },
    },
    columns: chart.columns,
    spacing: { row: 22, column: 52 },
    // Five panels wrap into rows of three and two: an axis at the foot of a column might then have no panel.
    ...(chart.wraps === true && { resolve: { axis: { x: 'independent' } } }),
    spec: {
      width: chart.width,
      height: { step: chart.mark === 'bar' ? 19 : 15 },
      encoding: {
        y: {
          field: 'label',
          type: 'nominal',
          sort: source.color.domain,
          title: null,
          axis: { ticks: false, domain: false, labelPadding: 8 },
        },
        tooltip: [...TOOLTIP],
      },
      layer: [...markLayers(source, chart), figuresAtRight(chart.width)],
    },
  };
  return { name: chart.name, title: chart.title, description, choices: choicesOf(source), spec };
}

/** What a reader would take for a fault: means without whiskers, and whiskers far to one side. */
function intervalNotes(points: readonly Point[]): string[] {
  const sparse = points.some((point) => point.sparse && point.value !== null);
  const few = points.some(({ n, low }) => n < SMALL_SAMPLE && low !== null);
  const notes = [
    ...(sparse ? ['hollow: fewer than 5 questions'] : []),
    ...(points.some(({ value, low }) => value !== null && low === null)
      ? ['no whiskers: too few questions for an interval']
      : []),
    ...(few
      ? [
          `fewer than ${SMALL_SAMPLE} questions: intervals allow for one more, anywhere on the scale`,
        ]
      : []),
  ];
  return notes.length === 0 ? [] : [notes.join(' · ')];
}

/** Draws from which on an interval needs no pseudo-question. */
const SMALL_SAMPLE = 150;

type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

function markLayers({ color }: ChartSource, { mark }: PanelChart): Layers {
  const coloured = {
    color: { field: 'label', type: 'nominal', scale: color, legend: null },
    // Hollow and not faint: faint marks vanish on a dark page.
    stroke: { field: 'label', type: 'nominal', scale: color, legend: null },
    fillOpacity: { condition: { test: 'datum.sparse', value: 0 }, value: 1 },
  } as const;
  const x = {
    field: 'value',
    type: 'quantitative',
    scale: RATING_SCALE,
    axis: RATING_AXIS,
  } as const;
  const whisker = {
    mark: { type: 'rule', style: 'whisker', strokeWidth: 1.3 },
    encoding: {
      x: { field: 'low', type: 'quantitative', scale: RATING_SCALE },
      x2: { field: 'high' },
    },
  } as const;
  return mark === 'bar'
    ? [
        {
          mark: { type: 'bar', height: { band: 0.78 }, cornerRadiusEnd: 2, strokeWidth: 1 },
          encoding: { x, x2: { datum: 1 }, ...coloured },
        },
        whisker,
      ]
    : [
        whisker,
        {
          mark: { type: 'point', filled: true, size: 55, opacity: 1, strokeWidth: 1.4 },
          encoding: { x, ...coloured },
        },
      ];
}

function panelTitle({ place, points }: DescribedPanel): string {
  return points.length === 0 ? `${place} (none)` : `${place} (${countsText(points)})`;
}

/** An empty panel keeps its place in the grid by one row without a figure. */
function panelRows(
  panel: DescribedPanel,
  { color }: ChartSource,
): (Partial<Point> & { panel: string; place: string })[] {
  const shared = { panel: panelTitle(panel), place: panel.place };
  if (panel.points.length === 0) return [{ ...shared, label: color.domain[0] ?? '', shown: '' }];
  return panel.points.map((point) => ({ ...point, ...shared }));
}
