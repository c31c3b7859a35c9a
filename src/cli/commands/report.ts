import { DEFAULT_DB, type DefineCommand } from '../command.ts';
import type { ReportFlags } from '../report-command.ts';

const EXAMPLES = `
Examples:
  care-judge report                              the newest run, into reports/RUN
  care-judge report qwen-vs-aligned-3f2a91c0 --out /tmp/report
  care-judge report --json | jq .estimates`;

export const defineReport: DefineCommand = (program, context) => {
  program
    .command('report')
    .description('make tables from the store alone, without a call')
    .argument('[run]', 'run id; left out: the newest')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--out <dir>', 'where the report goes (default: reports/RUN)')
    .option('--json', 'print the summary as JSON on stdout and write nothing')
    .addHelpText('after', EXAMPLES)
    .action(async (run: string | undefined, flags: ReportFlags) => {
      const { reportCommand } = await import('../report-command.ts');
      context.end(await reportCommand(run, flags, context.terminal));
    });
};
