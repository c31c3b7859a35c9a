import { DEFAULT_DB, type DefineCommand, wholeNumber } from '../command.ts';
import type { RunFlags } from '../run-command.ts';

const EXAMPLES = `
Examples:
  care-judge run configs/vllm.yaml                    run, or go on where it stopped
  care-judge run configs/vllm.yaml --limit 20         the same 20 questions everywhere
  care-judge run configs/vllm.yaml --dry-run          what it would call, and call nothing
  care-judge run configs/vllm.yaml --rehearse         against the simulator, in a store of its own
  care-judge run configs/vllm.yaml --retry-missing    try again what failed or could not be read
  care-judge run configs/vllm.yaml --replay paper.sqlite --db results/replayed.sqlite
                                                      answers from a recording: no call, no key`;

export const defineRun: DefineCommand = (program, context) => {
  program
    .command('run')
    .description('ask the models, have the answers judged; running it again resumes')
    .argument('<config>', 'YAML or JSON config')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option(
      '--limit <n>',
      'at most this many questions, drawn by the config’s seed',
      wholeNumber(1),
    )
    .option('--dry-run', 'render every prompt and count the calls; call nothing')
    .option('--rehearse', 'simulated endpoints in place of the real ones, store of its own')
    .option('--retry-missing', 'also try again what failed, came back empty or could not be read')
    .option('--replay <store>', 'answer from this store in place of the endpoints; call nothing')
    .option('--json', 'print the result as JSON on stdout')
    .addHelpText('after', EXAMPLES)
    .action(async (config: string, flags: RunFlags) => {
      const { runCommand } = await import('../run-command.ts');
      context.end(await runCommand(config, flags, context.terminal));
    });
};
