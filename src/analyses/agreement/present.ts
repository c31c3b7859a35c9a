import { notoFonts } from '../../adapters/fonts/noto.ts';
import { jsonSchema } from '../../domain/json.ts';
import type { Chart } from '../../render/chart/chart.ts';
import { type Block, type Document, heading, tableBlock, text } from '../../render/document.ts';
import { type FigureFile, figureFiles } from '../../render/figure-files.ts';
import type { PageChart } from '../../render/html/charts.ts';
import { renderDocumentMarkdown } from '../../render/markdown-document.ts';
import { agreementCharts } from './present/charts.ts';
import { humanScaleSentences } from './present/human-scale-sentences.ts';
import { humanScaleTables } from './present/human-scale-tables.ts';
import { agreementSentences, ratingSentences } from './present/sentences.ts';
import { agreementTables, agreementTitle } from './present/tables.ts';
import type { AgreementReport } from './schema.ts';

/** How far judge and people agree, and what that makes of the figures. Every slice with every measure is for files. */
export function presentAgreement(
  report: AgreementReport,
  charts: readonly (Chart | PageChart)[] = [],
): Document {
  const scaled = humanScaleTables(report.humanScale);
  return {
    title: 'Agreement',
    blocks: [
      text(...ratingSentences(report)),
      ...report.agreements.flatMap((agreement): Block[] => [
        heading(agreementTitle(agreement)),
        text(...agreementSentences(agreement)),
      ]),
      { kind: 'charts', charts },
      ...agreementTables(report)
        .filter(({ name }) => name !== 'agreement-slices')
        .map(tableBlock),
      ...(scaled.length > 0 ? [heading('On the human scale')] : []),
      text(...report.humanScale.flatMap(humanScaleSentences)),
      ...scaled.map(tableBlock),
    ],
  };
}

/** agreement.md, agreement.json, tables and charts. */
export async function* agreementFiles(report: AgreementReport): AsyncGenerator<FigureFile> {
  const charts = agreementCharts(report);
  yield {
    name: 'agreement.md',
    content: renderDocumentMarkdown(presentAgreement(report, charts)),
  };
  yield {
    name: 'agreement.json',
    content: `${JSON.stringify(jsonSchema.parse(report), null, 2)}\n`,
  };
  const tables = [...agreementTables(report), ...humanScaleTables(report.humanScale)];
  yield* figureFiles({ tables, charts }, { fonts: notoFonts });
}
