import type { Command } from '@commander-js/extra-typings';
import type { Drift } from '../../analyses/drift/drift.ts';
import { OperatorError } from '../../domain/errors.ts';
import { type Shard, shardName } from '../../domain/shard.ts';
import type { RunResult } from '../../run/run.ts';
import { DEFAULT_DB, type DefineCommand, type FlagsOf, wholeNumber } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { runWithProgress } from '../progress/run-with-progress.ts';
import { readShard } from '../shard-flag.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  care-judge run configs/vllm.yaml                    run, or resume where it stopped
  care-judge run configs/vllm.yaml --limit 20         the same 20 questions everywhere
  care-judge run configs/vllm.yaml --dry-run          the planned calls, none made
  care-judge run configs/vllm.yaml --rehearse         against the simulator, in a separate store
  care-judge run configs/vllm.yaml --retry-missing    retry what failed or could not be parsed
  care-judge run configs/batch.yaml --batch           send files, at half price; later the same
                                                      command collects them and sends the next
  care-judge run configs/vllm.yaml --replay paper.sqlite --db results/replayed.sqlite
                                                      answers from a recording: no call, no key
  care-judge run configs/vllm.yaml --shard 3/8        the third of eight parts, for \`merge\`
  care-judge run configs/vllm.yaml --shard auto       in a job array: SLURM, GitLab, Buildkite, Kubernetes`;

const command = (program: Command) =>
  program
    .command('run')
    .description('query the models and judge the answers; run again to resume')
    .argument('<config>', 'YAML or JSON config')
    .option('--db <file>', 'the store', DEFAULT_DB)
    .option(
      '--limit <n>',
      'at most this many questions, drawn by the config’s seed',
      wholeNumber(1),
    )
    .option(
      '--shard <i/n>',
      'only this part of the calls, in a separate store; auto: from the scheduler’s variables',
    )
    .option('--dry-run', 'render every prompt and count the calls without making them')
    .option('--rehearse', 'use simulated endpoints and a separate store')
    .option('--retry-missing', 'also retry what failed, was empty or could not be parsed')
    .option(
      '--replay <store>',
      'take answers from this store instead of the endpoints; make no calls',
    )
    .option(
      '--batch',
      'send calls as batch files where endpoints have `batch:`; run again to collect',
    )
    .option('--wait', 'with --batch: stay until every batch has ended')
    .option('--json', 'print the result as JSON on stdout')
    .addHelpText('after', EXAMPLES);
type RunFlags = Omit<FlagsOf<typeof command>, 'shard'> & { readonly shard: Shard | undefined };

export const defineRun: DefineCommand = (program, context) => {
  const run = command(program);
  run.action(async (config, { shard: place, ...flags }) => {
    const { terminal } = context;
    const shard = place === undefined ? undefined : readShard(place, terminal.environment);
    const named = run.getOptionValueSource('db') !== 'default';
    const db = shard === undefined || named ? flags.db : shardStore(flags.db, shard);
    context.end(await runCommand(config, { ...flags, db, shard }, terminal));
  });
};

/** `care-judge run`: executes or resumes, and prints the run's id last. */
async function runCommand(config: string, flags: RunFlags, terminal: Terminal): Promise<ExitCode> {
  refuseContradictions(flags);
  if (flags.dryRun) {
    const { dryRunCommand } = await import('../progress/dry-run.ts');
    return await dryRunCommand(config, flags, terminal);
  }
  const db = flags.rehearse ? rehearsalStore(flags.db) : flags.db;
  const { result, drift, exitCode } = await runWithProgress({ config, db, flags, terminal });
  if (flags.json) printJson(terminal.stdout, resultJson(result, drift));
  else printLine(terminal.stdout, result.runId);
  return exitCode;
}

/** A replay calls nothing, so nothing can be tried again or counted beforehand. */
function refuseContradictions({ replay, retryMissing, dryRun, batch, wait }: RunFlags): void {
  if (wait && !batch) throw new OperatorError('--wait goes with --batch only.');
  const given = [
    ['--replay', replay !== undefined],
    ['--retry-missing', retryMissing],
    ['--dry-run', dryRun],
  ] as const;
  const [one, other] = given.flatMap(([name, isGiven]) => (isGiven ? name : []));
  if (batch && one !== undefined) {
    throw new OperatorError(`--batch does not go with ${one}: leave one of the two out.`);
  }
  if (replay === undefined || other === undefined) return;
  throw new OperatorError(
    `--replay calls nothing, so that ${other} has nothing to do: leave one of the two out.`,
  );
}

function resultJson(
  { runId, counts, allowedMissing: _, tellsOfDrift: __, ...rest }: RunResult,
  drift: readonly Drift[],
) {
  return {
    version: 1,
    run: runId,
    ...rest,
    shard: rest.shard && shardName(rest.shard),
    stopped: rest.outcome === 'stopped',
    ...counts,
    ...(drift.length > 0 ? { drift } : {}),
  };
}

/** Simulated figures never share a store with real ones. */
function rehearsalStore(db: string): string {
  return withSuffix(db, '-rehearsal');
}

/** Shards that run side by side cannot write to one store. */
function shardStore(db: string, { index, count }: Shard): string {
  return withSuffix(db, `-shard-${index}-of-${count}`);
}

function withSuffix(db: string, suffix: string): string {
  return db.replace(/(\.[^./\\]*)?$/, (ending) => `${suffix}${ending}`);
}
