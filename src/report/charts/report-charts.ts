import type { RunSummary } from '../../summary/run-summary.ts';
import { distinct, seriesOf } from '../series.ts';
import type { Chart, RatingCount } from './chart.ts';
import { byCategory, byCulture, byScope } from './panels.ts';
import { type ChartSource, chartSource } from './points.ts';

const CHARTS_OF_A_JUDGE: readonly ((source: ChartSource) => Chart | null)[] = [
  byCulture,
  byCategory,
  byScope,
];

/** Every chart of a report that has something to show, a set for each judge. */
export function reportCharts(summary: RunSummary, _counts: readonly RatingCount[]): Chart[] {
  const judges = distinct(seriesOf(summary), ({ judge }) => judge).map(({ judge }) => judge);
  return judges.flatMap((judge, index) => {
    const source = chartSource(summary, judge);
    return CHARTS_OF_A_JUDGE.flatMap((draw) => {
      const chart = draw(source);
      if (chart === null) return [];
      return index === 0 ? chart : { ...chart, name: `${chart.name}-judge-${index + 1}` };
    });
  });
}
