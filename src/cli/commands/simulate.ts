import { once } from 'node:events';
import type { Command } from '@commander-js/extra-typings';
import { packageFile } from '../../adapters/system/package-file.ts';
import { counted } from '../../domain/counted.ts';
import { type DefineCommand, type FlagsOf, wholeNumber } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge simulate --config configs/vllm.yaml        answers from that config's questions
  care-judge simulate --config my.yaml --port 8000 --latency 200
  care-judge simulate --faults plan.yaml                inject faults, by share or by question

Point a config at http://127.0.0.1:PORT/v1 (kind: vllm or openai) or http://127.0.0.1:PORT
(kind: azure). A model named …-90 knows 90 % of the answers, …-30 knows 30 %.
/v1/embeddings gives vectors of character sequences: near for like wording, the same every time.`;

const command = (program: Command) =>
  program
    .command('simulate')
    .description('serve simulated models and judges that speak the vLLM, OpenAI and Azure APIs')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <n>', 'port; 0 takes a free one', wholeNumber(0), 8000)
    .option(
      '--config <file>',
      'take questions and references from this config (default: the bundled sample)',
    )
    .option('--latency <ms>', 'milliseconds before each reply', wholeNumber(0), 0)
    .option('--faults <file>', 'inject the faults described in this file (YAML or JSON)')
    .option('--judges <file>', 'give judges the biases described in this file (YAML or JSON)')
    .option('--api-key <key>', 'refuse requests without this (made-up) key')
    .addHelpText('after', EXAMPLES);
type SimulateFlags = FlagsOf<typeof command>;

export const defineSimulate: DefineCommand = (program, context) => {
  command(program).action(async (flags) => {
    context.end(await simulateCommand(flags, context.terminal));
  });
};

const DEMO = packageFile('configs/demo.yaml');

/** `care-judge simulate`: serves until Ctrl-C. */
async function simulateCommand(
  flags: SimulateFlags,
  { stdout, stderr, environment, signals }: Terminal,
): Promise<ExitCode> {
  const { startSimulator } = await import('../../adapters/simulator/server.ts');
  const { readFaultPlan, readJudgePlan } = await import('../../prepare/read-fault-plan.ts');
  const { readReferences } = await import('../../prepare/references.ts');
  const references = await readReferences(flags.config ?? DEMO, environment);
  const { host, port, latency: latencyMs, apiKey } = flags;
  const simulator = await startSimulator({
    host,
    port,
    references,
    latencyMs,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(flags.faults === undefined ? {} : { faults: readFaultPlan(flags.faults) }),
    ...(flags.judges === undefined ? {} : { judging: readJudgePlan(flags.judges) }),
  });
  printLine(stdout, simulator.url);
  printLine(
    stderr,
    `Simulated models on ${simulator.url}/v1 (vLLM, OpenAI) and ${simulator.url} (Azure), ${counted(references.length, 'question')} known. Ctrl-C ends it.`,
  );
  const ended = new AbortController();
  const end = () => ended.abort();
  signals.on('SIGINT', end);
  signals.on('SIGTERM', end);
  if (!ended.signal.aborted) await once(ended.signal, 'abort');
  signals.off('SIGINT', end);
  signals.off('SIGTERM', end);
  await simulator.close();
  return EXIT.ok;
}
