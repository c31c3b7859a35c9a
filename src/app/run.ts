import { basename, dirname } from 'node:path';
import { openRunStore } from '../adapters/sqlite/run-store.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { readGitState } from '../adapters/system/git-state.ts';
import { programVersion } from '../adapters/system/program-version.ts';
import type { Json } from '../domain/json.ts';
import type { RunEvent, RunListener, Track } from '../ports/run-events.ts';
import type { RunCounts, RunStore } from '../ports/run-store.ts';
import { executeRun } from '../run/execute.ts';
import { storePlan } from '../run/plan.ts';
import type { RunProgram } from '../run/program.ts';
import { connect } from './connect.ts';
import { type PreparedRun, prepareRun } from './prepare.ts';

export interface RunOptions {
  readonly config: string;
  readonly db: string;
  readonly limit?: number | undefined;
  readonly rehearse?: boolean | undefined;
  readonly retryMissing?: boolean | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly listener?: RunListener;
  /** Finish what is in flight, start nothing more. */
  readonly stop?: AbortSignal;
  /** Break off what is in flight. */
  readonly abort?: AbortSignal;
}

export interface RunResult {
  readonly runId: string;
  readonly db: string;
  readonly counts: RunCounts;
  /** Calls made by this execution; 0 when the store had everything. */
  readonly calls: number;
  /** Planned judgments that have no rating. */
  readonly missing: number;
  readonly stopped: boolean;
}

/** Executes or resumes the run that a config describes. Throws InputError before anything is called. */
export async function runConfig(options: RunOptions): Promise<RunResult> {
  const prepared = await prepareRun(options.config, {
    environment: options.environment ?? process.env,
    limit: options.limit,
    rehearse: options.rehearse,
  });
  const listener = options.listener ?? (() => undefined);
  for (const { file, line, message } of prepared.warnings) {
    const place = line === undefined ? file : `${file}:${line}`;
    listener({ kind: 'notice', level: 'warning', message: `${place}: ${message}` });
  }
  const store = openRunStore(options.db);
  try {
    return await runInStore(prepared, store, { ...options, listener });
  } finally {
    store.close();
  }
}

async function runInStore(
  prepared: PreparedRun,
  store: RunStore,
  options: RunOptions & { readonly listener: RunListener },
): Promise<RunResult> {
  const { program, items, config } = prepared;
  const { id, planned } = store.openRun(program.definition);
  if (!planned) await storePlan(program, items(), store, id);
  const before = store.countRun(id);
  options.listener({ kind: 'planned', tracks: tracksOf(store, id, program) });
  let calls = 0;
  const stop = options.stop ?? new AbortController().signal;
  if (hasWork(before, options.retryMissing ?? false)) {
    const session = store.beginSession(id, await sessionProvenance(options));
    const counting = (event: RunEvent) => {
      if (event.kind === 'answered' || event.kind === 'judged') calls += 1;
      options.listener(event);
    };
    const connections = await connect({
      config,
      items,
      rehearse: options.rehearse ?? false,
      clock: systemClock,
      listener: options.listener,
      stop,
      abort: options.abort ?? new AbortController().signal,
    });
    try {
      await executeRun({
        runId: id,
        program,
        store,
        lanes: connections.lanes,
        listener: counting,
        clock: systemClock,
        stop,
        retryMissing: options.retryMissing ?? false,
      });
      store.endSession(session, {
        endedAt: Date.now(),
        outcome: stop.aborted ? 'stopped' : 'finished',
        calls,
      });
    } finally {
      await connections.close();
    }
  }
  const counts = store.countRun(id);
  const { rated, ...unrated } = counts.judgments;
  const missing = Object.values(unrated).reduce((sum, count) => sum + count, 0);
  return { runId: id, db: options.db, counts, calls, missing, stopped: stop.aborted };
}

function hasWork({ responses, judgments, unjudgeable }: RunCounts, retryMissing: boolean): boolean {
  const pending = responses.pending > 0 || judgments.pending > unjudgeable;
  if (!retryMissing) return pending;
  const { failed, unparsed } = judgments;
  return (
    pending ||
    responses.failed + responses.empty + failed + unparsed + judgments['out-of-range'] > 0
  );
}

function tracksOf(store: RunStore, runId: string, program: RunProgram): Track[] {
  return store.trackCounts(runId).map((count) => {
    const spec = (count.role === 'model' ? program.models : program.judges)[count.position]?.spec;
    const variant = spec?.variant ? ` (${spec.variant})` : '';
    return { ...count, label: `${spec?.name ?? ''}${variant}` };
  });
}

async function sessionProvenance({ config, rehearse }: RunOptions): Promise<Json> {
  const git = await readGitState(dirname(config));
  return {
    configFile: basename(config),
    ...(rehearse ? { rehearsal: true } : {}),
    program: programVersion(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    git: git && { commit: git.commit, dirty: git.dirty },
    startedAt: Date.now(),
  };
}
