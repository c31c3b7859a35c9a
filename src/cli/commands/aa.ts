import type { AaFlags } from '../aa-command.ts';
import { DEFAULT_DB, type DefineCommand } from '../command.ts';

const EXAMPLES = `
One run with \`trials: { responses: 2 }\` is enough: its first answers are held against its second.
Two runs must be in two stores, since runs in one store share their answers.

Examples:
  care-judge aa baseline                                 first against second answers of a run
  care-judge aa :Qwen2.5-7B/Vanilla@zero-shot            of one of its models
  care-judge aa nightly --db a.sqlite nightly --second-db b.sqlite

Exit codes: 0 no difference, 1 the two differ by more than chance, 2 wrong usage or input.`;

export const defineAa: DefineCommand = (program, context) => {
  program
    .command('aa')
    .description('hold a run against itself: is the set-up repeatable, and which margins fit it')
    .argument('<first>', 'a selector, as for compare')
    .argument('[second]', 'the same, asked again; left out: the second answers of the first')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--second-db <file>', 'the second run’s store, if it is another')
    .option('--policy <file>', 'look at this policy’s margins in place of the defaults')
    .option('--json', 'print the figures as JSON on stdout')
    .addHelpText('after', EXAMPLES)
    .action(async (first: string, second: string | undefined, flags: AaFlags) => {
      const { aaCommand } = await import('../aa-command.ts');
      context.end(await aaCommand({ first, second }, flags, context.terminal));
    });
};
