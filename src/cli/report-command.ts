import { join } from 'node:path';
import { readSummary, writeReport } from '../app/report.ts';
import { categoriesOf, overview, styleByCulture } from '../report/tables.ts';
import { renderText } from '../report/text.ts';
import type { RunSummary } from '../summary/run-summary.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printLine, type Terminal } from './terminal.ts';

export interface ReportFlags {
  readonly db: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `care-judge report`. */
export async function reportCommand(
  run: string | undefined,
  flags: ReportFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const summary = readSummary(flags.db, run);
  if (flags.json) {
    printLine(stdout, JSON.stringify(summary, null, 2));
    return exitCodeOf(summary);
  }
  const out = flags.out ?? join('reports', summary.run.id);
  const { files } = await writeReport({ db: flags.db, runs: [summary.run.id], out });
  const tables = [
    overview(summary),
    ...summary.cultures.map((culture) => categoriesOf(summary, culture)),
    styleByCulture(summary),
  ];
  for (const table of tables) printLine(stdout, `\n${renderText(table)}`);
  printLine(
    stderr,
    `Run ${summary.run.id}: ${summary.rated} of ${summary.planned} ratings, ${summary.planned - summary.rated} missing.`,
  );
  printLine(stderr, `Written: ${files.join(', ')}`);
  return exitCodeOf(summary);
}

function exitCodeOf({ planned, rated }: RunSummary): ExitCode {
  return rated < planned ? EXIT.missing : EXIT.ok;
}
