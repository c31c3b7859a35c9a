import { InvalidArgumentError } from 'commander';
import { DEFAULT_DB, type DefineCommand } from '../command.ts';
import type { ReproduceFlags } from '../reproduce-command.ts';

const EXAMPLES = `
Examples:
  care-judge reproduce --list                     what can be reproduced with the runs at hand
  care-judge reproduce table3                     the newest run beside the paper's Table 3
  care-judge reproduce table4 RUN1 RUN2           several runs together
  care-judge reproduce table3 --as 'my-qwen/v2=Qwen2.5-7B Aligned'
  care-judge reproduce table3 --out reports/table3
                                                  a page, Markdown, LaTeX and JSON

consistent: shown to lie within the margin. differs: shown to differ. cannot tell: neither. What differs
in the settings stands above. Results: table3, table4, table5, table11, table12, table13; figure3,
figure5 and figure6 are drawn without figures, so ours stand alone.`;

export const defineReproduce: DefineCommand = (program, context) => {
  program
    .command('reproduce')
    .description('put runs beside a result of the CARE paper, with a verdict for each cell')
    .argument('[result]', 'table3 … figure6')
    .argument('[runs...]', 'run ids or their beginnings; left out: the newest')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option('--list', 'show what can be reproduced with the runs of the store')
    .option(
      '--as <ours=row>',
      'a model of ours (MODEL or MODEL/VARIANT) for a row; repeat it',
      collect,
    )
    .option('--judge <name>', 'ratings of this judge (default: the run’s first)')
    .option('--margin <points>', 'an average within this is the same', points, 0.5)
    .option('--cell-margin <points>', 'a single cell within this is the same', points, 1)
    .option('--out <dir>', 'write a page, Markdown, LaTeX and JSON into this folder')
    .option('--json', 'print the result as JSON on stdout')
    .addHelpText('after', EXAMPLES)
    .action(async (result: string | undefined, runs: string[], flags: ReproduceFlags) => {
      const { reproduceCommand } = await import('../reproduce-command.ts');
      context.end(await reproduceCommand({ result, runs }, flags, context.terminal));
    });
};

const collect = (value: string, before: readonly string[] = []) => [...before, value];

function points(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < 9))
    throw new InvalidArgumentError('must be rating points above 0 and below 9');
  return value;
}
