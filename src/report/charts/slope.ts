import type { TopLevelSpec } from 'vega-lite';
import { figure, signed } from '../../render/cell-text.ts';
import type { Chart } from '../../render/chart/chart.ts';
import { RATING_SCALE, RATING_TITLE, TOOLTIP } from '../../render/chart/encodings.ts';
import { chartConfig, SCHEMA } from '../../render/chart/theme.ts';
import { baselineOf } from '../words/differences.ts';
import {
  type ChartSource,
  choicesOf,
  colorsOf,
  columnsFor,
  modelLabelOf,
  type Point,
  subtitleOf,
} from './points.ts';

interface SlopeEnd extends Point {
  /** The tuned variant whose line this is an end of. */
  readonly line: string;
  readonly stage: string;
  readonly culture: string;
  readonly place: string;
}

/** A dash a variant: shades of one hue alone are hard to tell apart on a thin line. */
const DASHES = [[], [5, 3], [1.5, 2.5], [8, 3, 1.5, 3]];

/** From the baseline variant to each tuned one; null for a run without baselines. */
export function slope(source: ChartSource): Chart | null {
  const pairs = source.models.flatMap((after) => {
    const baseline = baselineOf(source.summary, after);
    return baseline === null ? [] : { before: { ...after, variant: baseline }, after };
  });
  const before = stageName(
    pairs.map((pair) => pair.before.variant),
    'Baseline',
  );
  const after = stageName(
    pairs.map((pair) => pair.after.variant ?? ''),
    'Variant',
  );
  const ends = source.summary.cultures.flatMap((culture) =>
    pairs.flatMap((pair) => {
      const from = source.point(pair.before, { culture });
      const to = source.point(pair.after, { culture });
      if (from === null || to === null) return [];
      const shared = { line: modelLabelOf(pair.after), culture, place: culture };
      return [
        { ...from, ...shared, stage: before },
        { ...to, ...shared, stage: after },
      ];
    }),
  );
  if (ends.length === 0) return null;
  const title = 'What changed from the baseline?';
  const description = describe(ends, before);
  return {
    name: 'from-baseline',
    title,
    description,
    choices: choicesOf(source),
    spec: slopeSpec({ source, ends, title, description, stages: [before, after] }),
  };
}

function slopeSpec(chart: {
  readonly source: ChartSource;
  readonly ends: readonly SlopeEnd[];
  readonly title: string;
  readonly description: string;
  readonly stages: readonly string[];
}): TopLevelSpec {
  const { source, ends, title, description, stages } = chart;
  const scale = colorsOf(
    source,
    ends.map(({ line }) => line),
  );
  const variants = [...new Set(scale.domain.map((label) => variantOf(ends, label)))];
  const dashes = scale.domain.map(
    (label) => DASHES[variants.indexOf(variantOf(ends, label)) % DASHES.length] ?? [],
  );
  return {
    $schema: SCHEMA,
    title: { text: title, subtitle: subtitleOf(source, 'Mean rating, whiskers: 95 % interval') },
    description,
    config: chartConfig('light'),
    data: { values: [...ends] },
    facet: { field: 'culture', type: 'nominal', sort: source.summary.cultures, title: null },
    columns: columnsFor(source.summary.cultures.length),
    spacing: 28,
    spec: {
      width: 180,
      height: 300,
      encoding: {
        x: {
          field: 'stage',
          type: 'nominal',
          sort: [...stages],
          title: null,
          scale: { type: 'point', padding: 0.35 },
          axis: { labelAngle: 0, ticks: false, labelPadding: 8 },
        },
        xOffset: { field: 'line', scale: { range: [-14, 14] } },
        color: {
          field: 'line',
          type: 'nominal',
          scale,
          legend: { title: null, symbolType: 'stroke', symbolSize: 500, symbolStrokeWidth: 2.2 },
        },
      },
      layer: slopeLayers({ domain: scale.domain, range: dashes }),
    },
  };
}

type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

function slopeLayers(dashes: { readonly domain: string[]; readonly range: number[][] }): Layers {
  const y = {
    field: 'value',
    type: 'quantitative' as const,
    scale: RATING_SCALE,
    axis: { values: [1, 4, 7, 10], format: 'd', title: RATING_TITLE },
  };
  return [
    {
      mark: { type: 'rule', strokeWidth: 1 },
      encoding: {
        y: { field: 'low', type: 'quantitative', scale: RATING_SCALE },
        y2: { field: 'high' },
      },
    },
    {
      mark: { type: 'line', strokeWidth: 2.2 },
      encoding: { y, strokeDash: { field: 'line', type: 'nominal', scale: dashes } },
    },
    {
      mark: { type: 'point', filled: true, size: 48, opacity: 1 },
      encoding: { y, tooltip: [...TOOLTIP] },
    },
  ];
}

/** The variant that a line leads to. */
function variantOf(ends: readonly SlopeEnd[], line: string): string {
  return ends.find((end) => end.label === line)?.variant ?? '';
}

/** The one name that all variants of a stage share, or a general one. */
function stageName(variants: readonly string[], general: string): string {
  const [first, ...others] = [...new Set(variants)];
  return first === undefined || first === '' || others.length > 0 ? general : first;
}

function describe(ends: readonly SlopeEnd[], before: string): string {
  const cultures = [...new Set(ends.map(({ culture }) => culture))];
  const sentences = cultures.map((culture) => {
    const own = ends.filter((end) => end.culture === culture);
    const changes = own.flatMap((to) => {
      const from = own.find(({ line, stage }) => line === to.line && stage === before);
      if (to.stage === before || !from || from.value === null || to.value === null) return [];
      const change = signed(to.value - from.value);
      return `${to.line} ${figure(from.value)} to ${figure(to.value)} (${change})`;
    });
    return `${culture}: ${changes.join(', ')}`;
  });
  return `${sentences.join('; ')}.`;
}
