import { type RunResult, runConfig } from '../app/run.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { createProgress } from './progress.ts';
import { withStopSignals } from './stop-signals.ts';
import { printLine, type Terminal } from './terminal.ts';

export interface RunFlags {
  readonly db: string;
  readonly limit?: number;
  readonly dryRun?: boolean;
  readonly rehearse?: boolean;
  readonly retryMissing?: boolean;
  readonly json?: boolean;
}

/** `care-judge run`: executes or resumes, and prints the run's id last. */
export async function runCommand(
  config: string,
  flags: RunFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  if (flags.dryRun) {
    const { dryRunCommand } = await import('./dry-run-command.ts');
    return await dryRunCommand(config, flags, terminal);
  }
  const db = flags.rehearse ? rehearsalStore(flags.db) : flags.db;
  const { result, exitCode } = await runWithProgress({ config, db, flags, terminal });
  if (flags.json) printLine(terminal.stdout, JSON.stringify(resultJson(result), null, 2));
  else printLine(terminal.stdout, result.runId);
  return exitCode;
}

export interface ProgressRun {
  readonly config: string;
  readonly db: string;
  readonly flags: Pick<RunFlags, 'limit' | 'rehearse' | 'retryMissing'>;
  readonly terminal: Terminal;
}

/** Runs a config with progress on stderr; Ctrl-C stops it cleanly. */
export async function runWithProgress({
  config,
  db,
  flags,
  terminal,
}: ProgressRun): Promise<{ readonly result: RunResult; readonly exitCode: ExitCode }> {
  const progress = createProgress(terminal.stderr);
  return await withStopSignals(terminal, progress, async ({ stop, abort }) => {
    try {
      const result = await runConfig({
        config,
        db,
        limit: flags.limit,
        rehearse: flags.rehearse,
        retryMissing: flags.retryMissing,
        environment: terminal.environment,
        listener: progress.listen,
        stop,
        abort,
      });
      progress.end();
      for (const line of closingLines(result, config, flags)) printLine(terminal.stderr, line);
      return { result, exitCode: exitCodeOf(result) };
    } finally {
      progress.end();
    }
  });
}

/** Simulated figures never share a store with real ones. */
export function rehearsalStore(db: string): string {
  return db.replace(/(\.[^./\\]*)?$/, (ending) => `-rehearsal${ending}`);
}

function exitCodeOf({ stopped, missing }: RunResult): ExitCode {
  if (stopped) return EXIT.interrupted;
  return missing > 0 ? EXIT.missing : EXIT.ok;
}

function closingLines(result: RunResult, config: string, flags: ProgressRun['flags']): string[] {
  const { calls, missing, counts, stopped, db } = result;
  const again = [
    'care-judge run',
    config,
    `--db ${db}`,
    flags.limit === undefined ? '' : `--limit ${flags.limit}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
  const lines: string[] = [];
  if (stopped) lines.push(`Stopped. Nothing is lost; go on with: ${again}`);
  if (!stopped && calls === 0 && missing === 0) {
    lines.push('Nothing to call: the store already has every answer and rating of this run.');
  }
  const { failed, empty, filtered, truncated } = counts.responses;
  const { unparsed, pending } = counts.judgments;
  const reasons = [
    [failed, 'answers failed'],
    [empty, 'answers empty'],
    [filtered, 'answers filtered'],
    [unparsed, 'verdicts without a readable rating'],
    [counts.judgments['out-of-range'], 'verdicts out of 1–10'],
    [counts.judgments.filtered, 'verdicts filtered'],
    [counts.judgments.failed, 'judge calls failed'],
    [pending - counts.unjudgeable, 'ratings not called yet'],
  ] as const;
  if (missing > 0) {
    const listed = reasons
      .filter(([count]) => count > 0)
      .map(([count, reason]) => `${count} ${reason}`);
    lines.push(`${counts.judgments.rated} ratings, ${missing} missing: ${listed.join(', ')}.`);
    if (!stopped) lines.push(`Try the missing ones again with: ${again} --retry-missing`);
  } else {
    lines.push(`${counts.judgments.rated} ratings, none missing.`);
  }
  if (truncated > 0) lines.push(`${truncated} answers hit max_tokens and were judged as they are.`);
  return lines;
}

function resultJson({ runId, db, counts, calls, missing, stopped }: RunResult) {
  return { version: 1, run: runId, db, calls, missing, stopped, ...counts };
}
