import type { Chart } from '../../../render/chart/chart.ts';
import type { AgreementReport } from '../schema.ts';
import { calibrationChart } from './calibration-chart.ts';
import { sidesChart } from './sides-chart.ts';

/** The charts of every judge that people's ratings can be held beside. */
export function agreementCharts({ agreements }: AgreementReport): Chart[] {
  return agreements
    .filter(({ kind }) => kind === 'judge-human')
    .flatMap((agreement, index) =>
      [sidesChart(agreement), calibrationChart(agreement)].map((chart) =>
        index === 0 ? chart : { ...chart, name: `${chart.name}-judge-${index + 1}` },
      ),
    );
}
