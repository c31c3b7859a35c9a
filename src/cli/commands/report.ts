import { join } from 'node:path';
import type { Command } from '@commander-js/extra-typings';
import type { RunSummary } from '../../analyses/summary/schema.ts';
import { counted } from '../../domain/counted.ts';
import { DEFAULT_DB, type DefineCommand, type FlagsOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge report                              the newest run, into reports/RUN
  care-judge report qwen-vs-aligned-3f2a91c0 --out /tmp/report
  care-judge report RUN1 RUN2                    two runs side by side, differences in settings first
  care-judge report --json | jq .estimates`;

const command = (program: Command) =>
  program
    .command('report')
    .description('write report.html, tables and charts from the store, without calls')
    .argument('[runs...]', 'run ids or their beginnings; default: the newest')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--out <dir>', 'report folder (default: reports/RUN)')
    .option('--bom', 'start CSV files with a byte order mark, for older spreadsheets')
    .option(
      '--omit-sessions',
      'omit times, versions and commit, so that two reports can be compared',
    )
    .option('--json', 'print the summary as JSON on stdout and write nothing')
    .addHelpText('after', EXAMPLES);
type ReportFlags = FlagsOf<typeof command>;

export const defineReport: DefineCommand = (program, context) => {
  command(program).action(async (runs, flags) => {
    context.end(await reportCommand(runs, flags, context.terminal));
  });
};

const DEFAULT_WIDTH = 100;

/** `care-judge report`. */
async function reportCommand(
  runs: readonly string[],
  flags: ReportFlags,
  { stdout, stderr }: Terminal,
): Promise<ExitCode> {
  const { renderTexts } = await import('../../render/text/text.ts');
  const { readSummary } = await import('../../report/read.ts');
  const { writeReport } = await import('../../report/report.ts');
  const { reportTables } = await import('../../report/tables.ts');
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
    `Run ${summary.run.id}: ${summary.rated} of ${counted(summary.planned, 'rating')}, ${summary.planned - summary.rated} missing.`,
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
