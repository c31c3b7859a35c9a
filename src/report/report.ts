import { join } from 'node:path';
import { writeContent } from '../adapters/files/write-atomically.ts';
import { notoFonts } from '../adapters/fonts/noto.ts';
import { agreementCharts } from '../analyses/agreement/present/charts.ts';
import { agreementTables } from '../analyses/agreement/present/tables.ts';
import { presentRunComparisons } from '../analyses/comparison/present.ts';
import { ofScale } from '../analyses/summary/of-scale.ts';
import type { RunSummary } from '../analyses/summary/schema.ts';
import { jsonSchema } from '../domain/json.ts';
import type { RunArchive } from '../ports/run-archive.ts';
import type { Chart } from '../render/chart/chart.ts';
import { type FigureFile, figureFiles } from '../render/figure-files.ts';
import { renderDocumentMarkdown } from '../render/markdown-document.ts';
import { simulationNotice } from '../series/names/simulation.ts';
import { reportCharts } from './charts/all.ts';
import { judgeCardFiles } from './judge-cards.ts';
import { type ReportSource, readReportSource } from './read.ts';
import { reportTables } from './tables.ts';
import { settingDifferences } from './words/setting-differences.ts';

export interface ReportOptions {
  /** Run ids; empty takes the newest. Several are shown side by side. */
  readonly runs: readonly string[];
  /** The folder, which may depend on the run. */
  readonly out: string | ((summary: RunSummary) => string);
  /** CSV begins with a byte order mark, for spreadsheets that ask for one. */
  readonly bom?: boolean | undefined;
  /** Leaves out when and where runs were made, so that reports of two machines can be compared. */
  readonly omitSessions?: boolean | undefined;
}

export interface WrittenReport {
  readonly summary: RunSummary;
  /** The folder that everything is in. */
  readonly folder: string;
  readonly files: readonly string[];
}

/** Makes a report from the store alone and writes it. The same store gives the same bytes. */
export async function writeReport(
  archive: RunArchive,
  options: ReportOptions,
): Promise<WrittenReport> {
  const source = readReportSource(archive, options.runs);
  const { summary } = source;
  const folder = typeof options.out === 'string' ? options.out : options.out(summary);
  const files: string[] = [];
  for await (const { name, content } of reportFiles(source, options)) {
    const file = join(folder, name);
    await writeContent(file, content);
    files.push(file);
  }
  return { summary, folder, files };
}

async function* reportFiles(
  source: ReportSource,
  options: ReportOptions,
): AsyncGenerator<FigureFile> {
  const { summary, ratings, agreement } = source;
  const tables = reportTables(summary);
  const charts = reportCharts(ofScale(summary, 'rating'), ratings);
  const judged = agreement === null ? [] : agreementCharts(agreement);
  yield {
    name: 'report.html',
    content: await reportPage({ source, charts, judged }, options),
  };
  yield {
    name: 'summary.json',
    content: `${JSON.stringify(jsonSchema.parse(summary), null, 2)}\n`,
  };
  yield* judgeCardFiles({ cards: source.cards, simulated: simulationNotice(source.runs) });
  if (source.comparisons.length > 0) {
    yield {
      name: 'comparison.md',
      content: renderDocumentMarkdown(presentRunComparisons(source.comparisons, 'all')),
    };
    yield { name: 'comparison.json', content: `${JSON.stringify(source.comparisons, null, 2)}\n` };
  }
  yield* figureFiles(
    {
      tables: [...tables, ...(agreement === null ? [] : agreementTables(agreement))],
      charts: [...charts, ...judged],
    },
    { fonts: notoFonts, bom: options.bom },
  );
}

interface PageParts {
  readonly source: ReportSource;
  readonly charts: readonly Chart[];
  /** Judge beside people. */
  readonly judged: readonly Chart[];
}

/** The page and what draws its charts are loaded here and not before: other commands need neither. */
async function reportPage(
  { source, charts, judged }: PageParts,
  { omitSessions }: ReportOptions,
): Promise<string> {
  const { renderPage } = await import('./page/page.ts');
  const { pageCharts } = await import('../render/chart/page.ts');
  const { readChartRuntime } = await import('../adapters/browser/chart-runtime.ts');
  return renderPage({
    ...source,
    differences: settingDifferences(source.runs),
    charts: await pageCharts(charts, notoFonts),
    agreementCharts: await pageCharts(judged, notoFonts),
    simulated: simulationNotice(source.runs),
    omitSessions: omitSessions ?? false,
    runtime: await readChartRuntime(),
  });
}
