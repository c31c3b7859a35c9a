import { once } from 'node:events';
import { startSimulator } from '../adapters/simulator/server.ts';
import { packageFile } from '../adapters/system/package-file.ts';
import { readFaultPlan, readJudgePlan } from '../prepare/read-fault-plan.ts';
import { readReferences } from '../prepare/references.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printLine, type Terminal } from './terminal.ts';

export interface SimulateFlags {
  readonly host: string;
  readonly port: number;
  readonly config?: string;
  readonly latency: number;
  readonly apiKey?: string;
  readonly faults?: string;
  readonly judges?: string;
}

const DEMO = packageFile('configs/demo.yaml');

/** `care-judge simulate`: serves until Ctrl-C. */
export async function simulateCommand(
  flags: SimulateFlags,
  { stdout, stderr, environment, signals }: Terminal,
): Promise<ExitCode> {
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
    `Simulated models on ${simulator.url}/v1 (vLLM, OpenAI) and ${simulator.url} (Azure), ${references.length} questions known. Ctrl-C ends it.`,
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
