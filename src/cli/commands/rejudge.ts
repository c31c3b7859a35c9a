import { DEFAULT_DB, type DefineCommand } from '../command.ts';
import type { RejudgeFlags } from '../rejudge-command.ts';

const EXAMPLES = `
Examples:
  care-judge rejudge --reparse                    all runs of the store
  care-judge rejudge qwen-3f2a91c0 --reparse

The language of answers is looked at, too, where an earlier version has not done so.

Asking a judge again is the work of \`care-judge run\`: change the judge or the rubric in the config,
and only the judgments are new.`;

export const defineRejudge: DefineCommand = (program, context) => {
  program
    .command('rejudge')
    .description('read stored verdicts again with the current parser, without a call')
    .argument('[run]', 'run id; left out: every run')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .requiredOption('--reparse', 'read the stored texts again')
    .option('--json', 'print the changes as JSON on stdout')
    .addHelpText('after', EXAMPLES)
    .action(async (run: string | undefined, flags: RejudgeFlags) => {
      const { rejudgeCommand } = await import('../rejudge-command.ts');
      context.end(await rejudgeCommand(run, flags, context.terminal));
    });
};
