import { DEFAULT_DB, type DefineCommand, wholeNumber } from '../command.ts';
import type { CompareFlags } from '../compare-command.ts';

const EXAMPLES = `
A side is [RUN][:[MODEL[/VARIANT]][@STYLE][%JUDGE]]. RUN is a run's id or its beginning; left out:
the newest. Parts may be left out where one series remains. A single selector compares everything
that it matches.

Examples:
  care-judge compare checkpoint-2 checkpoint-1           two runs of one model
  care-judge compare :Qwen2.5-7B/Aligned :Qwen2.5-7B/Vanilla
  care-judge compare :Strong@role-play :Strong@zero-shot
  care-judge compare :@zero-shot                         all models of the newest run, all pairs
  care-judge compare :A :B --out comparison.html         a page; .md and .json likewise

Figures are first minus second. Each row has an interval, an adjusted p, and what it could not see.`;

export const defineCompare: DefineCommand = (program, context) => {
  program
    .command('compare')
    .description('compare models or runs question by question, with tests')
    .argument('<sides...>', 'two or more selectors, or one that matches several')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--bridge', 'compare in spite of different judges or rubrics')
    .option('--bridge-file <file>', 'carry one judge’s ratings to the other’s scale (see `bridge`)')
    .option('--holm', 'adjust cultures and categories by Holm in place of max-T')
    .option('--seed <n>', 'seed of the sign-flips', wholeNumber(0), 0)
    .option('--json', 'print the comparison as JSON on stdout')
    .option('--out <file>', 'also write it: .html a page, .json, else Markdown')
    .addHelpText('after', EXAMPLES)
    .action(async (sides: string[], flags: CompareFlags) => {
      const { compareCommand } = await import('../compare-command.ts');
      context.end(await compareCommand(sides, flags, context.terminal));
    });
};
