import { DEFAULT_DB, type DefineCommand } from '../command.ts';
import type { ReportFlags } from '../report-command.ts';

const EXAMPLES = `
Examples:
  care-judge report                              the newest run, into reports/RUN
  care-judge report qwen-vs-aligned-3f2a91c0 --out /tmp/report
  care-judge report RUN1 RUN2                    two runs side by side, what differs first
  care-judge report --json | jq .estimates`;

export const defineReport: DefineCommand = (program, context) => {
  program
    .command('report')
    .description('make report.html, tables and charts from the store alone, without a call')
    .argument('[runs...]', 'run ids or their beginnings; left out: the newest')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--out <dir>', 'where the report goes (default: reports/RUN)')
    .option('--bom', 'begin CSV files with a byte order mark, which old spreadsheets want')
    .option('--omit-sessions', 'leave out times, versions and commit, to compare two reports')
    .option('--json', 'print the summary as JSON on stdout and write nothing')
    .addHelpText('after', EXAMPLES)
    .action(async (runs: string[], flags: ReportFlags) => {
      const { reportCommand } = await import('../report-command.ts');
      context.end(await reportCommand(runs, flags, context.terminal));
    });
};
