import { dryRun } from '../app/dry-run.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printLine, type Terminal } from './terminal.ts';

/** `care-judge run --dry-run`: what would be called, and nothing called or written. */
export async function dryRunCommand(
  config: string,
  flags: { readonly limit?: number; readonly json?: boolean },
  { stdout, environment }: Terminal,
): Promise<ExitCode> {
  const estimates = await dryRun({ config, environment, limit: flags.limit });
  if (flags.json) {
    printLine(stdout, JSON.stringify({ version: 1, calls: estimates }, null, 2));
    return EXIT.ok;
  }
  printLine(
    stdout,
    'Nothing was called. Of the whole plan, before what the store may already have:',
  );
  for (const { role, label, calls, promptTokens, completionTokens, usd } of estimates) {
    const cap =
      completionTokens === null
        ? 'no max_tokens set'
        : `at most ${count(completionTokens)} generated`;
    const cost = usd === null ? 'no price set' : `at most $${usd.toFixed(2)}`;
    printLine(
      stdout,
      `  ${role} ${label}: ${count(calls)} calls, about ${count(promptTokens)} prompt tokens, ${cap}, ${cost}`,
    );
  }
  printLine(stdout, 'Prompt tokens are estimated at four UTF-8 bytes each.');
  return EXIT.ok;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
