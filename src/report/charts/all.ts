import type { RunSummary } from '../../analyses/summary/schema.ts';
import type { Chart, RatingCount } from '../../render/chart/chart.ts';
import { distinct, seriesOf } from '../../series/names/series.ts';
import { distribution } from './distribution.ts';
import { heatMap } from './heat-map.ts';
import { byCategory, byCulture, byScope } from './panels.ts';
import { type ChartSource, chartSource, modelLabelOf } from './points.ts';
import { slope } from './slope.ts';
import { byStyle } from './styles.ts';
import { byDataShare, bySize } from './trend.ts';

type Draw = (source: ChartSource) => Chart | null;

/** In the report's order; `each` is drawn for every prompting style, the others compare them. */
const CHARTS: readonly { readonly draw: Draw; readonly each: boolean }[] = [
  { draw: byCulture, each: true },
  { draw: byCategory, each: true },
  { draw: heatMap, each: true },
  { draw: slope, each: true },
  { draw: byStyle, each: false },
  { draw: byScope, each: true },
  { draw: bySize, each: true },
  { draw: byDataShare, each: true },
];

/** Every chart of a report that has something to show, for each judge and prompting style. */
export function reportCharts(summary: RunSummary, counts: readonly RatingCount[]): Chart[] {
  const judges = distinct(seriesOf(summary), ({ judge }) => judge).map(({ judge }) => judge);
  const sources = judges.map((judge) => sourcesOf(summary, judge));
  const charts = CHARTS.flatMap(({ draw, each }) =>
    sources.flatMap((styles, judge) =>
      (each ? styles : styles.slice(0, 1)).flatMap((source, style) => {
        const chart = draw(source);
        return chart === null
          ? []
          : { ...chart, name: fileName(chart.name, { style: source.style, place: style, judge }) };
      }),
    ),
  );
  const labels = distinct(seriesOf(summary).map(modelLabelOf), (label) => label);
  const spread = distribution(counts, labels);
  return spread === null ? charts : [...charts, spread];
}

/** The first style first, then the others; answers made elsewhere have no style of their own to add. */
function sourcesOf(summary: RunSummary, judge: string): ChartSource[] {
  const first = chartSource(summary, judge);
  const others = first.styles.filter(
    (style) => style !== first.style && !first.models.some((model) => model.style === style),
  );
  return [first, ...others.map((style) => chartSource(summary, judge, style))];
}

/** The first judge's charts of the first style have the plain name, others that of their style where it can be one. */
function fileName(
  name: string,
  {
    style,
    place,
    judge,
  }: { readonly style: string; readonly place: number; readonly judge: number },
): string {
  const safe = /^[a-z0-9][a-z0-9-]*$/.test(style) ? style : `style-${place + 1}`;
  return `${name}${place === 0 ? '' : `-${safe}`}${judge === 0 ? '' : `-judge-${judge + 1}`}`;
}
