import { join } from 'node:path';
import type { RunSummary } from '../analyses/summary/schema.ts';
import { renderTexts } from '../render/text/text.ts';
import { readSummary } from '../report/read.ts';
import { writeReport } from '../report/report.ts';
import { reportTables } from '../report/tables.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

export interface ReportFlags {
  readonly db: string;
  readonly out?: string;
  readonly bom?: boolean;
  readonly omitSessions?: boolean;
  readonly json?: boolean;
}

const DEFAULT_WIDTH = 100;

/** `care-judge report`. */
export async function reportCommand(
  runs: readonly string[],
  flags: ReportFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  if (flags.json) {
    const summary = readSummary(flags.db, ...runs);
    printJson(stdout, summary);
    return exitCodeOf(summary);
  }
  const { summary, folder, files } = await writeReport({
    ...flags,
    runs,
    out: (summary) => flags.out ?? join('reports', summary.run.id.replaceAll(' + ', '+')),
  });
  printLine(
    stdout,
    `\n${renderTexts(reportTables(summary), { width: stdout.columns ?? DEFAULT_WIDTH }).trimEnd()}`,
  );
  printLine(
    stderr,
    `Run ${summary.run.id}: ${summary.rated} of ${summary.planned} ratings, ${summary.planned - summary.rated} missing.`,
  );
  printLine(
    stderr,
    `Written to ${folder}: report.html and ${files.length - 1} files of tables, charts and figures.`,
  );
  return exitCodeOf(summary);
}

function exitCodeOf({ planned, rated }: RunSummary): ExitCode {
  return rated < planned ? EXIT.missing : EXIT.ok;
}
