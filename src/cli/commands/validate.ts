import type { DefineCommand } from '../command.ts';
import type { ValidateFlags } from '../validate-command.ts';

const EXAMPLES = `
Examples:
  care-judge validate configs/vllm.yaml           config, templates, every question: no call
  care-judge validate configs/vllm.yaml --ping    also ask each endpoint for its models`;

export const defineValidate: DefineCommand = (program, context) => {
  program
    .command('validate')
    .description('check config, templates and questions without a call')
    .argument('<config>', 'YAML or JSON config')
    .option('--ping', 'ask each endpoint which models it serves')
    .option('--json', 'print the findings as JSON on stdout')
    .addHelpText('after', EXAMPLES)
    .action(async (config: string, flags: ValidateFlags) => {
      const { validateCommand } = await import('../validate-command.ts');
      context.end(await validateCommand(config, flags, context.terminal));
    });
};
