import { type Shard, shardName } from '../../domain/shard.ts';
import { type CallEstimate, DRY_RUN_TOKENIZER, dryRun, type Load } from '../../run/dry-run.ts';
import { withStoreIfAny } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

interface DryRunFlags {
  readonly db: string;
  readonly limit?: number | undefined;
  readonly shard?: Shard | undefined;
  readonly json?: boolean | undefined;
}

/** `care-judge run --dry-run`: what would be called, and nothing called or written. */
export async function dryRunCommand(
  config: string,
  flags: DryRunFlags,
  { stdout, environment }: Terminal,
): Promise<ExitCode> {
  const { db, limit, shard } = flags;
  const estimates = await withStoreIfAny(db, (archive) =>
    dryRun({ config, environment, limit, shard, archive }),
  );
  if (flags.json) {
    printJson(stdout, { version: 1, tokenizer: DRY_RUN_TOKENIZER, calls: estimates });
    return EXIT.ok;
  }
  const whole = shard === undefined ? 'The whole plan' : `Shard ${shardName(shard)} of the plan`;
  for (const line of [`Nothing was called. ${whole}:`, ...estimates.map(describe)]) {
    printLine(stdout, line);
  }
  const left = estimates.flatMap((one) => (one.left === null ? [] : [{ ...one, ...one.left }]));
  if (left.length > 0) {
    printLine(stdout, `Of that, what ${db} does not have yet:`);
    for (const one of left) printLine(stdout, describe(one));
    printLine(stdout, `  in all: ${totalOf(left)}`);
  } else {
    printLine(stdout, `  in all: ${totalOf(estimates)}`);
  }
  printLine(
    stdout,
    `Prompt tokens are counted with ${DRY_RUN_TOKENIZER}, the tokenizer of gpt-4o and later; other models' tokenizers count otherwise. An answer to be judged is taken to be as long as its reference.`,
  );
  return EXIT.ok;
}

function describe({ role, label, ...load }: Pick<CallEstimate, 'role' | 'label'> & Load): string {
  const { calls, promptTokens, completionTokens, usd } = load;
  const cap =
    completionTokens === null
      ? 'no max_tokens set'
      : `at most ${count(completionTokens)} generated`;
  const cost = usd === null ? 'no price set' : `at most $${usd.toFixed(2)}`;
  return `  ${role} ${label}: ${count(calls)} calls, about ${count(promptTokens)} prompt tokens, ${cap}, ${cost}`;
}

function totalOf(loads: readonly Load[]): string {
  const calls = loads.reduce((sum, load) => sum + load.calls, 0);
  const known = loads.every(({ usd }) => usd !== null);
  const usd = loads.reduce((sum, load) => sum + (load.usd ?? 0), 0);
  return `${count(calls)} calls${known ? `, at most $${usd.toFixed(2)}` : ''}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
