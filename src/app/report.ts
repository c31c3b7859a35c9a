import { join } from 'node:path';
import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { notoFonts } from '../adapters/fonts/noto.ts';
import { jsonSchema } from '../domain/json.ts';
import { reportCharts } from '../report/charts/report-charts.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { reportTables } from '../report/report-tables.ts';
import { settingDifferences } from '../report/setting-differences.ts';
import { simulationNotice } from '../report/simulation.ts';
import type { RunSummary } from '../summary/run-summary.ts';
import { type ReportSource, readReportSource } from './report-source.ts';

export interface ReportOptions {
  readonly db: string;
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
  readonly files: readonly string[];
}

/** Makes a report from the store alone and writes it. The same store gives the same bytes. */
export async function writeReport(options: ReportOptions): Promise<WrittenReport> {
  const source = readReportSource(options.db, options.runs);
  const { out } = options;
  const folder = typeof out === 'string' ? out : out(source.summary);
  const files: string[] = [];
  const write = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeTextFile(file, text);
    files.push(file);
  };
  await write('report.html', await renderReportPage(source, options));
  await write('summary.json', `${JSON.stringify(jsonSchema.parse(source.summary), null, 2)}\n`);
  for (const table of reportTables(source.summary))
    await write(join('tables', `${table.name}.md`), renderMarkdown(table));
  return { summary: source.summary, files };
}

/** The page and what draws its charts are loaded here and not before: other commands need neither. */
async function renderReportPage(
  { summary, runs, ratings, examples }: ReportSource,
  { omitSessions }: ReportOptions,
): Promise<string> {
  const { renderPage } = await import('../report/html/page.ts');
  const { pageCharts } = await import('../report/html/page-charts.ts');
  const { readChartRuntime } = await import('../adapters/browser/chart-runtime.ts');
  return renderPage({
    summary,
    runs,
    differences: settingDifferences(runs),
    tables: reportTables(summary),
    charts: await pageCharts(reportCharts(summary, ratings), notoFonts),
    ratings,
    examples,
    simulated: simulationNotice(runs),
    omitSessions: omitSessions ?? false,
    runtime: await readChartRuntime(),
  });
}
