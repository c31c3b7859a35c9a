import { type DefineCommand, wholeNumber } from '../command.ts';
import type { SimulateFlags } from '../simulate-command.ts';

const EXAMPLES = `
Examples:
  care-judge simulate --config configs/vllm.yaml        answers from that config's questions
  care-judge simulate --config my.yaml --port 8000 --latency 200
  care-judge simulate --faults plan.yaml                every failure of the README, by share or question

Point a config at http://127.0.0.1:PORT/v1 (kind: vllm or openai) or http://127.0.0.1:PORT
(kind: azure). A model named …-90 knows 90 % of the answers, …-30 knows 30 %.`;

export const defineSimulate: DefineCommand = (program, context) => {
  program
    .command('simulate')
    .description('serve simulated models and judges, compatible with vLLM, OpenAI and Azure')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <n>', 'port; 0 takes a free one', wholeNumber(0), 8000)
    .option(
      '--config <file>',
      'take questions and references from this config (default: the bundled sample)',
    )
    .option('--latency <ms>', 'milliseconds before each reply', wholeNumber(0), 0)
    .option('--faults <file>', 'go wrong as this plan (YAML or JSON) says')
    .option('--judges <file>', 'judges with the known biases of this plan (YAML or JSON)')
    .option('--api-key <key>', 'refuse requests without this (made-up) key')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: SimulateFlags) => {
      const { simulateCommand } = await import('../simulate-command.ts');
      context.end(await simulateCommand(flags, context.terminal));
    });
};
