import type { DefineCommand } from '../command.ts';

const EXAMPLES = `
Examples:
  care-judge init                    writes care-judge.yaml
  care-judge init my-run.yaml`;

export const defineInit: DefineCommand = (program, context) => {
  program
    .command('init')
    .description('write a commented config to start from')
    .argument('[file]', 'the config to write', 'care-judge.yaml')
    .option('--force', 'write over an existing file')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: { readonly force?: boolean }) => {
      const { initCommand } = await import('../init-command.ts');
      context.end(await initCommand(file, flags.force ?? false, context.terminal));
    });
};
