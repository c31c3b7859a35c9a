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

const CHARTS_OF_A_JUDGE: readonly ((source: ChartSource) => Chart | null)[] = [
  byCulture,
  byCategory,
  heatMap,
  slope,
  byStyle,
  byScope,
  bySize,
  byDataShare,
];

/** Every chart of a report that has something to show, a set for each judge. */
export function reportCharts(summary: RunSummary, counts: readonly RatingCount[]): Chart[] {
  const judges = distinct(seriesOf(summary), ({ judge }) => judge).map(({ judge }) => judge);
  const charts = judges.flatMap((judge, index) => {
    const source = chartSource(summary, judge);
    return CHARTS_OF_A_JUDGE.flatMap((draw) => {
      const chart = draw(source);
      if (chart === null) return [];
      return index === 0 ? chart : { ...chart, name: `${chart.name}-judge-${index + 1}` };
    });
  });
  const labels = distinct(seriesOf(summary).map(modelLabelOf), (label) => label);
  const spread = distribution(counts, labels);
  return spread === null ? charts : [...charts, spread];
}
