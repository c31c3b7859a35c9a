import type { Drift } from '../analyses/drift/drift.ts';
import { OperatorError } from '../domain/errors.ts';
import { type RunResult, runConfig } from '../run/run.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { closingLines } from './progress/closing-lines.ts';
import { createProgress } from './progress/progress.ts';
import { withStopSignals } from './stop-signals.ts';
import { printJson, printLine, type Terminal } from './terminal.ts';

export interface RunFlags {
  readonly db: string;
  readonly limit?: number;
  readonly dryRun?: boolean;
  readonly rehearse?: boolean;
  readonly retryMissing?: boolean;
  readonly replay?: string;
  readonly json?: boolean;
}

/** `care-judge run`: executes or resumes, and prints the run's id last. */
export async function runCommand(
  config: string,
  flags: RunFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  refuseContradictions(flags);
  if (flags.dryRun) {
    const { dryRunCommand } = await import('./dry-run-command.ts');
    return await dryRunCommand(config, flags, terminal);
  }
  const db = flags.rehearse ? rehearsalStore(flags.db) : flags.db;
  const { result, drift, exitCode } = await runWithProgress({ config, db, flags, terminal });
  if (flags.json) printJson(terminal.stdout, resultJson(result, drift));
  else printLine(terminal.stdout, result.runId);
  return exitCode;
}

/** A replay calls nothing, so nothing can be tried again or counted beforehand. */
function refuseContradictions({ replay, retryMissing, dryRun }: RunFlags): void {
  if (replay === undefined || (!retryMissing && !dryRun)) return;
  throw new OperatorError(
    `--replay calls nothing, so that ${retryMissing ? '--retry-missing' : '--dry-run'} has nothing to do: leave one of the two out.`,
  );
}

/** The command that goes on with a run: the same, and after a replay the one that asks the endpoints. */
function againCommand(config: string, db: string, { limit, rehearse }: RunLimits): string {
  // The rehearsal's store is derived again from the one that was named.
  const store = ` --db ${rehearse ? db.replace(/-rehearsal(\.[^./\\]*)?$/, '$1') : db}`;
  return `care-judge run ${config}${store}${limit === undefined ? '' : ` --limit ${limit}`}${rehearse ? ' --rehearse' : ''}`;
}

function resultJson(
  { runId, counts, allowedMissing: _, tellsOfDrift: __, ...rest }: RunResult,
  drift: readonly Drift[],
) {
  return {
    version: 1,
    run: runId,
    ...rest,
    stopped: rest.outcome === 'stopped',
    ...counts,
    ...(drift.length > 0 ? { drift } : {}),
  };
}

type RunLimits = Pick<RunFlags, 'limit' | 'rehearse' | 'retryMissing' | 'replay'>;

export interface ProgressRun {
  readonly config: string;
  readonly db: string;
  readonly flags: RunLimits;
  readonly terminal: Terminal;
}

/** Runs a config with progress on stderr; Ctrl-C stops it cleanly. */
export async function runWithProgress({ config, db, flags, terminal }: ProgressRun): Promise<{
  readonly result: RunResult;
  readonly drift: readonly Drift[];
  readonly exitCode: ExitCode;
}> {
  const progress = await createProgress(terminal.stderr);
  return await withStopSignals(terminal, progress, async ({ stop, abort }) => {
    try {
      const result = await runConfig({
        config,
        db,
        limit: flags.limit,
        rehearse: flags.rehearse,
        retryMissing: flags.retryMissing,
        replay: flags.replay,
        environment: terminal.environment,
        listener: progress.listen,
        stop,
        abort,
      });
      progress.end();
      const missing = result.missing > 0 ? await missingLines(db, result.runId) : [];
      const lines = closingLines(result, againCommand(config, db, flags), missing);
      const drift = result.tellsOfDrift ? await readDrift(db, result.runId) : NO_DRIFT;
      for (const line of [...lines, ...drift.lines]) printLine(terminal.stderr, line);
      return { result, drift: drift.measured, exitCode: exitCodeOf(result) };
    } finally {
      progress.end();
    }
  });
}

const NO_DRIFT = { measured: [], lines: [] } as const;

/** Loaded when there is something to tell, and not before, as the next. */
async function readDrift(db: string, runId: string) {
  const { readDrift: read } = await import('./progress/drift-lines.ts');
  return read(db, runId);
}

/** Loaded when something is missing, and not before: a run's start need not pay for it. */
async function missingLines(db: string, runId: string): Promise<string[]> {
  const { missingTable } = await import('./progress/missing-table.ts');
  return missingTable(db, runId);
}

/** Simulated figures never share a store with real ones. */
function rehearsalStore(db: string): string {
  return db.replace(/(\.[^./\\]*)?$/, (ending) => `-rehearsal${ending}`);
}

/**
 * 3 while calls are open or ratings are missing; a config that allows a share of them to be missing
 * gets 0 within that share, once every planned call has ended.
 */
export function exitCodeOf(
  result: Pick<RunResult, 'outcome' | 'missing' | 'planned' | 'open' | 'allowedMissing'>,
): ExitCode {
  const { outcome, missing, planned, open, allowedMissing } = result;
  if (outcome === 'stopped') return EXIT.interrupted;
  const tolerated = open === 0 && missing <= (allowedMissing ?? 0) * planned;
  return tolerated ? EXIT.ok : EXIT.missing;
}
