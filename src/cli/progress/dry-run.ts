import { type CallEstimate, DRY_RUN_TOKENIZER, dryRun, type Load } from '../../run/dry-run.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printJson, printLine, type Terminal } from '../terminal.ts';

/** `care-judge run --dry-run`: what would be called, and nothing called or written. */
export async function dryRunCommand(
  config: string,
  flags: { readonly db: string; readonly limit?: number; readonly json?: boolean },
  { stdout, environment }: Terminal,
): Promise<ExitCode> {
  const { db, limit } = flags;
  const estimates = await dryRun({ config, environment, limit, db });
  if (flags.json) {
    printJson(stdout, { version: 1, tokenizer: DRY_RUN_TOKENIZER, calls: estimates });
    return EXIT.ok;
  }
  for (const line of ['Nothing was called. The whole plan:', ...estimates.map(describe)]) {
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
