import { basename, dirname } from 'node:path';
import { readGitState } from '../adapters/system/git-state.ts';
import { programVersion } from '../adapters/system/program-version.ts';
import type { Anchor } from '../domain/anchor.ts';
import { type BatchedCall, isInFlight } from '../domain/batch.ts';
import type { TokenEstimate } from '../domain/call.ts';
import type { Item } from '../domain/item.ts';
import type { Json } from '../domain/json.ts';
import { type Shard, shardName } from '../domain/shard.ts';
import type { Spending } from '../domain/spending.ts';
import type { Lane } from '../endpoint/call-queue.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunEvent, RunListener } from '../ports/run-events.ts';
import type { RunStore, SessionEnd, SessionOutcome } from '../ports/run-store.ts';
import type { PreparedRun } from '../prepare/prepare.ts';
import type { BatchRunOptions } from './batch/run-in-batches.ts';
import { type CallPolicies, connect } from './connect.ts';
import { executeRun } from './execute.ts';
import { anchorProbes, executeProbes } from './extra-judgments.ts';
import { cost, createLedger, type Ledger } from './spending.ts';

export interface SessionOptions {
  readonly runId: string;
  readonly configFile: string;
  readonly rehearse: boolean;
  readonly shard: Shard | undefined;
  readonly retryMissing: boolean;
  readonly listener: RunListener;
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
  readonly policies: CallPolicies;
  readonly clock: Clock;
  /** Where calls go out in files; null where none do. */
  readonly batch: BatchRunOptions | null;
}

/** What one execution of a run came to. */
export interface SessionResult {
  readonly outcome: SessionOutcome;
  readonly calls: number;
  readonly spending: readonly Spending[];
}

/** Makes the calls that a run lacks, and writes down how that went, however it ends. */
export async function runSession(
  prepared: PreparedRun,
  store: RunStore,
  options: SessionOptions,
): Promise<SessionResult> {
  const { runId, listener } = options;
  const ledger = createLedger(prepared.program, store.usageTotals(runId));
  const budget = watchBudget(prepared.config.budget?.usd ?? null, ledger, listener);
  if (budget.spent.aborted) return { outcome: 'budget', calls: 0, spending: ledger.report() };
  const session = store.beginSession(runId, await sessionProvenance(options));
  const meter = createMeter(ledger, budget.check, listener);
  const lanes = new Map<string, Lane>();
  let outcome: SessionOutcome = 'broken-off';
  try {
    await execute(prepared, store, {
      ...options,
      listener: meter.listen,
      stop: AbortSignal.any([options.stop, budget.spent]),
      lanes,
      afford: budgetFor(prepared, store, { runId, spend: budget.enqueue }),
    });
    const waits = store.batches.list(runId).some(isInFlight);
    outcome = waits ? 'waiting' : 'finished';
    if (budget.spent.aborted) outcome = 'budget';
    if (options.stop.aborted) outcome = 'stopped';
  } finally {
    endSession(store, session, {
      endedAt: options.clock.now(),
      outcome,
      calls: meter.calls(),
      limits: [...lanes.values()].map((lane) => lane.history()),
      spending: ledger.report(),
    });
  }
  return { outcome, calls: meter.calls(), spending: ledger.report() };
}

/** Stops the run when its calls, those of earlier sessions included, have cost what the config allows. */
function watchBudget(usd: number | null, ledger: Ledger, listener: RunListener) {
  const ending = new AbortController();
  const check = () => {
    if (usd === null || ending.signal.aborted || ledger.usd() < usd) return;
    listener({
      kind: 'notice',
      level: 'error',
      message: `Budget of $${usd} reached: the calls of this run have cost ${ledger.estimates() ? 'about ' : ''}$${ledger.usd().toFixed(2)}${ledger.estimates() ? ' (an endpoint counts no tokens: estimated by length)' : ''}. Calls in flight will finish; the rest stay pending. To resume, raise budget.usd and run the same command again.`,
    });
    ending.abort();
  };
  check();
  let told = false;
  return {
    check,
    spent: ending.signal,
    /** Whether so much may still be put into batches, on top of what calls have cost. */
    enqueue: (enqueuedUsd: number): boolean => {
      if (usd === null || ledger.usd() + enqueuedUsd <= usd) return true;
      if (!told)
        listener({
          kind: 'notice',
          level: 'error',
          message: `Budget of $${usd} reached: the calls of this run have cost $${ledger.usd().toFixed(2)}, and those that wait in batches may cost $${enqueuedUsd.toFixed(2)}. The rest stay pending. To resume, raise budget.usd and run the same command again.`,
        });
      told = true;
      return false;
    },
  };
}

/** Adds up what calls in batches may cost, those of earlier sessions included. */
function budgetFor(
  { program }: PreparedRun,
  store: RunStore,
  { runId, spend }: { readonly runId: string; readonly spend: (usd: number) => boolean },
): (call: BatchedCall) => boolean {
  const priceOf = (role: 'model' | 'judge', position: number) =>
    (role === 'model' ? program.models : program.judges)[position]?.price ?? null;
  const usdOf = (
    role: 'model' | 'judge',
    position: number,
    { promptTokens, completionTokens }: TokenEstimate,
  ) => {
    const tokens = { promptTokens, completionTokens };
    return cost({ ...tokens, batch: { ...tokens, cachedTokens: 0 } }, priceOf(role, position)) ?? 0;
  };
  let enqueued: number | null = null;
  return (call) => {
    enqueued ??= store.batches
      .enqueued(runId)
      .reduce((sum, { role, position, ...tokens }) => sum + usdOf(role, position, tokens), 0);
    const more = usdOf(call.role === 'response' ? 'model' : 'judge', call.position, call);
    if (!spend(enqueued + more)) return false;
    enqueued += more;
    return true;
  };
}

function createMeter(ledger: Ledger, checkBudget: () => void, listener: RunListener) {
  let calls = 0;
  return {
    calls: () => calls,
    listen: (event: RunEvent) => {
      listener(event);
      if (event.kind !== 'answered' && event.kind !== 'judged' && event.kind !== 'probed') return;
      calls += 1;
      const [role, position] =
        event.kind === 'answered'
          ? (['model', event.model] as const)
          : (['judge', event.judge] as const);
      const replied = event.status !== 'failed' && event.status !== 'filtered';
      const { usage, estimated, batched = false } = event;
      ledger.add(role, position, { usage, estimated, replied, batched });
      checkBudget();
    },
  };
}

interface Execution extends SessionOptions {
  readonly afford: (call: BatchedCall) => boolean;
  /** Filled with what was opened. */
  readonly lanes: Map<string, Lane>;
}

async function execute(
  { program, items, config, anchors }: PreparedRun,
  store: RunStore,
  { runId, rehearse, retryMissing, listener, lanes, policies, clock, ...options }: Execution,
): Promise<void> {
  // A full disk or a bug ends the run at once: what is in flight could not be kept.
  const failure = new AbortController();
  const stop = AbortSignal.any([options.stop, failure.signal]);
  const abort = AbortSignal.any([options.abort, failure.signal]);
  const common = { listener, clock, stop, abort };
  const known = () => withAnchors(items, anchors);
  const connections = await connect({
    ...{ ...common, config, items: known, rehearse, policies },
    batches: options.batch !== null,
  });
  try {
    for (const [name, lane] of connections.lanes) lanes.set(name, lane);
    const execution = { ...common, store, lanes, retryMissing, failure };
    const probes = anchorProbes(program, anchors);
    if (options.batch !== null) {
      const { runInBatches } = await import('./batch/run-in-batches.ts');
      const { batch, afford } = options;
      const { lines } = connections;
      await runInBatches({ ...execution, runId, program, probes, lines, afford, abort, ...batch });
      return;
    }
    // In the same minutes as the answers, so that both meet the same judge.
    const ended = await Promise.allSettled([
      executeRun({ ...execution, runId, program }),
      executeProbes(probes, { ...execution, store: store.probes, judges: program.judges }),
    ]);
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
  } finally {
    await connections.close();
  }
}

/** Anchors are asked about as well, whatever the run selects. */
async function* withAnchors(
  items: () => AsyncIterable<Item>,
  anchors: readonly Anchor[],
): AsyncGenerator<Item> {
  yield* items();
  for (const { answer: _answer, ratings: _ratings, ...item } of anchors) yield item;
}

function endSession(store: RunStore, session: number, end: SessionEnd): void {
  if (end.outcome === 'broken-off') saveIfPossible(() => store.endSession(session, end));
  else store.endSession(session, end);
}

/** A store that could not take an answer will hardly take this; the first error is the one to show. */
function saveIfPossible(save: () => void): void {
  try {
    save();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

/** When, where and by what program a run is executed. */
export async function sessionProvenance({
  configFile,
  rehearse,
  shard,
  clock,
}: Pick<SessionOptions, 'configFile' | 'rehearse' | 'shard' | 'clock'>): Promise<{
  [key: string]: Json;
}> {
  const git = await readGitState(dirname(configFile));
  return {
    configFile: basename(configFile),
    ...(rehearse ? { rehearsal: true } : {}),
    ...(shard && { shard: shardName(shard) }),
    program: programVersion(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    git: git && { commit: git.commit, dirty: git.dirty },
    startedAt: clock.now(),
  };
}
