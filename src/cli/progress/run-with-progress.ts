import type { Drift } from '../../analyses/drift/drift.ts';
import { type Shard, shardName } from '../../domain/shard.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import type { RunResult } from '../../run/run.ts';
import { withStore } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { withStopSignals } from '../stop-signals.ts';
import { printLine, type Terminal } from '../terminal.ts';

/** The command that goes on with a run: the same, and after a replay the one that asks the endpoints. */
function againCommand(
  config: string,
  db: string,
  { limit, rehearse, batch, wait, shard }: RunLimits,
): string {
  // The rehearsal's store is derived again from the one that was named.
  const store = ` --db ${rehearse ? db.replace(/-rehearsal(\.[^./\\]*)?$/, '$1') : db}`;
  const part = shard === undefined ? '' : ` --shard ${shardName(shard)}`;
  const files = `${batch ? ' --batch' : ''}${wait ? ' --wait' : ''}`;
  return `care-judge run ${config}${store}${part}${limit === undefined ? '' : ` --limit ${limit}`}${rehearse ? ' --rehearse' : ''}${files}`;
}

interface RunLimits {
  readonly limit?: number | undefined;
  readonly shard?: Shard | undefined;
  readonly rehearse?: boolean | undefined;
  readonly retryMissing?: boolean | undefined;
  readonly replay?: string | undefined;
  readonly batch?: boolean | undefined;
  readonly wait?: boolean | undefined;
}

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
  const { runConfig } = await import('../../run/run.ts');
  const { closingLines } = await import('./closing-lines.ts');
  const { createProgress } = await import('./progress.ts');
  const progress = await createProgress(terminal.stderr);
  return await withStopSignals(terminal, progress, async ({ stop, abort }) => {
    try {
      const result = await runConfig({
        config,
        db,
        limit: flags.limit,
        shard: flags.shard,
        rehearse: flags.rehearse,
        retryMissing: flags.retryMissing,
        replay: flags.replay,
        batch: flags.batch ? { wait: flags.wait ?? false } : undefined,
        environment: terminal.environment,
        listener: progress.listen,
        stop,
        abort,
      });
      progress.end();
      const { missing, drift } = await storedFindings(db, result);
      const lines = closingLines(result, againCommand(config, db, flags), missing);
      for (const line of [...lines, ...drift.lines]) printLine(terminal.stderr, line);
      return { result, drift: drift.measured, exitCode: exitCodeOf(result) };
    } finally {
      progress.end();
    }
  });
}

const NO_DRIFT = { measured: [], lines: [] } as const;

/** What the store says of a run that has ended. Loaded where there is something to tell, and not before. */
async function storedFindings(db: string, { runId, missing, tellsOfDrift, shard }: RunResult) {
  if (missing === 0 && !tellsOfDrift) return { missing: [], drift: NO_DRIFT };
  const { missingTable } = await import('./missing-table.ts');
  const { readDrift } = await import('./drift-lines.ts');
  const read = (archive: RunArchive) => ({
    missing: missing > 0 ? missingTable(archive, runId) : [],
    drift: tellsOfDrift ? readDrift(archive, runId) : NO_DRIFT,
  });
  return await withStore(db, read, shard);
}

/**
 * 3 while calls are open or ratings are missing; a config that allows a share of them to be missing
 * gets 0 within that share, once every planned call has ended.
 */
export function exitCodeOf(
  result: Pick<
    RunResult,
    'outcome' | 'missing' | 'planned' | 'open' | 'allowedMissing' | 'waiting'
  >,
): ExitCode {
  const { outcome, missing, planned, open, allowedMissing, waiting } = result;
  if (outcome === 'stopped') return EXIT.interrupted;
  const tolerated =
    open === 0 && waiting.length === 0 && missing <= (allowedMissing ?? 0) * planned;
  return tolerated ? EXIT.ok : EXIT.missing;
}
