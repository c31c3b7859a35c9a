import type { DefineCommand } from '../command.ts';
import type { DemoFlags } from '../demo-command.ts';

const EXAMPLES = `
Examples:
  care-judge demo                    three simulated models on the bundled sample
  care-judge demo --db /tmp/d.sqlite --out /tmp/demo

The models and the judge are simulated: the figures show what the program prints, not how good
any model is.`;

export const defineDemo: DefineCommand = (program, context) => {
  program
    .command('demo')
    .description('see it work: bundled questions, simulated models, no key, no network')
    .option('--db <file>', 'the store', 'results/demo.sqlite')
    .option('--out <dir>', 'where the report goes', 'reports/demo')
    .option('--json', 'print the summary as JSON on stdout')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: DemoFlags) => {
      const { demoCommand } = await import('../demo-command.ts');
      context.end(await demoCommand(flags, context.terminal));
    });
};
