import { besideStore } from '../adapters/batch-files/folder.ts';
import { openRunStore } from '../adapters/sqlite/write/run-store.ts';
import { systemClock } from '../adapters/system/clock.ts';
import type { BatchPolicy } from '../batch/works.ts';
import { isInFlight, type TrackedBatch } from '../domain/batch.ts';
import { OperatorError } from '../domain/errors.ts';
import { modelLabel } from '../domain/model-label.ts';
import type { Shard } from '../domain/shard.ts';
import type { Spending } from '../domain/spending.ts';
import { labelAnswerLanguages, labelWhile } from '../language/answer-languages.ts';
import type { Clock } from '../ports/clock.ts';
import type { Recording } from '../ports/recording.ts';
import type { RunListener, Track } from '../ports/run-events.ts';
import type { RunCounts, RunStore, SessionOutcome } from '../ports/run-store.ts';
import { type PreparedRun, prepareRun } from '../prepare/prepare.ts';
import type { RunProgram } from '../prepare/program.ts';
import { type CallPolicies, defaultPolicies } from './connect.ts';
import { anchorProbes, isDue } from './extra-judgments.ts';
import { storePlan } from './plan.ts';
import type { LackingCalls, Replay } from './replay.ts';
import { scoreStoredAnswers } from './score-by-rules.ts';
import { runSession, type SessionResult } from './session.ts';
import { takeShard } from './take-shard.ts';

export interface RunOptions {
  readonly config: string;
  readonly db: string;
  readonly limit?: number | undefined;
  /** Only this part of the run's calls; the store has the whole plan all the same. */
  readonly shard?: Shard | undefined;
  readonly rehearse?: boolean | undefined;
  readonly retryMissing?: boolean | undefined;
  /** Send calls in files where endpoints take them; `wait`: stay until all have come back. */
  readonly batch?: { readonly wait: boolean; readonly policy?: BatchPolicy } | undefined;
  /** A store to answer from in place of the endpoints: nothing is called, and no key is needed. */
  readonly replay?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly listener?: RunListener;
  /** Finish what is in flight, start nothing more. */
  readonly stop?: AbortSignal;
  /** Break off what is in flight. */
  readonly abort?: AbortSignal;
  readonly policies?: CallPolicies;
  readonly clock?: Clock;
}

export interface RunResult {
  readonly runId: string;
  readonly db: string;
  /** The part of the run that everything below is about; null for the whole. */
  readonly shard: Shard | null;
  readonly counts: RunCounts;
  /** Calls made by this execution; 0 when the store had everything. */
  readonly calls: number;
  /** Planned judgments that have no rating, and answers that no rule could score. */
  readonly missing: number;
  /** Planned judgments in all. */
  readonly planned: number;
  /** Calls that could still be made; 0 when every planned call has ended. */
  readonly open: number;
  /** The config's limits.missing. */
  readonly allowedMissing: number | null;
  readonly outcome: SessionOutcome;
  /** Batches that have not been read. */
  readonly waiting: readonly TrackedBatch[];
  /** By model and judge; names are those of `labels`. */
  readonly spending: readonly (Spending & { readonly label: string })[];
  /** What came out of a recording; null where endpoints were asked. */
  readonly replay: LabelledReplay | null;
  /** Whether anything tells of a judge's drift: anchors, or an endpoint that named several models. */
  readonly tellsOfDrift: boolean;
}

/** A replay whose models and judges have their names. */
export interface LabelledReplay extends Replay {
  readonly lacking: readonly (LackingCalls & { readonly label: string })[];
}

/** Executes or resumes the run that a config describes. Throws InputError before anything is called. */
export async function runConfig(options: RunOptions): Promise<RunResult> {
  const whole = await prepareRun(options.config, {
    environment: options.environment ?? process.env,
    limit: options.limit,
    rehearse: options.rehearse,
    replay: options.replay !== undefined,
  });
  const prepared = takeShard(whole, options.shard);
  if (options.batch) refuseWithoutBatches(prepared);
  const listener = options.listener ?? (() => undefined);
  for (const { file, line, message } of prepared.warnings) {
    const place = line === undefined ? file : `${file}:${line}`;
    listener({ kind: 'notice', level: 'warning', message: `${place}: ${message}` });
  }
  const recording = options.replay === undefined ? null : await openReplayed(options.replay);
  try {
    const store = openRunStore(options.db);
    try {
      return await runInStore(prepared, store, { ...options, listener, recording });
    } finally {
      store.close();
    }
  } finally {
    recording?.close();
  }
}

/** Nothing would go out in a file. */
function refuseWithoutBatches({ config }: PreparedRun): void {
  const used = [...config.models, ...config.judges].flatMap(({ endpoint }) => endpoint ?? []);
  if (used.some((name) => config.endpoints[name]?.batch !== undefined)) return;
  throw new OperatorError(
    '--batch: no endpoint of this config takes batches. Add `batch: {}` to one (on Azure `batch: { deployment: NAME }`, a deployment with the SKU GlobalBatch or DataZoneBatch).',
  );
}

/** What replays is loaded here and not before: a run that asks endpoints starts without it. */
async function openReplayed(file: string): Promise<Recording> {
  const { openRecording } = await import('../adapters/sqlite/write/recording.ts');
  return await openRecording(file);
}

interface RunAtHand extends RunOptions {
  readonly listener: RunListener;
  /** Answered from in place of the endpoints. */
  readonly recording: Recording | null;
}

async function runInStore(
  prepared: PreparedRun,
  store: RunStore,
  options: RunAtHand,
): Promise<RunResult> {
  const { program } = prepared;
  const { id, planned } = store.openRun(program.definition);
  if (!planned) await storePlan(prepared, store, id, options.listener);
  if (options.shard !== undefined) store.keepTo(options.shard);
  await scoreStoredAnswers(program, store, id);
  const before = store.countRun(id);
  // A replay takes no time worth a display.
  if (options.recording === null)
    options.listener({ kind: 'planned', tracks: tracksOf(store, id, program) });
  const session = await fillIn(prepared, store, { ...options, runId: id, before });
  // Those that a recording or a batch brought.
  await scoreStoredAnswers(program, store, id);
  await labelAnswerLanguages(store, id);
  const counts = store.countRun(id);
  const { rated, ...unrated } = counts.judgments;
  const { pending, ...scored } = counts.rules;
  // What a rule could not read was answered: it is reported, and nothing is left to call.
  const missing = sumOf(unrated) + pending;
  return {
    runId: id,
    db: options.db,
    shard: options.shard ?? null,
    counts,
    calls: session.calls,
    missing,
    planned: rated + missing + sumOf(scored),
    open: counts.responses.pending + counts.judgments.pending - counts.unjudgeable,
    allowedMissing: prepared.config.limits.missing ?? null,
    outcome: session.outcome,
    waiting: store.batches.list(id).filter(isInFlight),
    tellsOfDrift: store.tellsOfDrift(id),
    spending: session.spending.map((spending) => ({
      ...spending,
      label: labelOf(program, spending),
    })),
    replay: session.replay && {
      ...session.replay,
      lacking: session.replay.lacking.map((calls) => ({
        ...calls,
        label: labelOf(program, calls),
      })),
    },
  };
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

type Filled = SessionResult & { readonly replay: Replay | null };

/** Answers what the store lacks: from endpoints, or from a recording. */
async function fillIn(
  prepared: PreparedRun,
  store: RunStore,
  {
    runId,
    before,
    recording,
    ...options
  }: RunAtHand & { readonly runId: string; readonly before: RunCounts },
): Promise<Filled> {
  const retryMissing = options.retryMissing ?? false;
  const session = {
    runId,
    configFile: options.config,
    rehearse: options.rehearse ?? false,
    shard: options.shard,
    clock: options.clock ?? systemClock,
  };
  if (recording !== null) {
    const { replayRun } = await import('./replay.ts');
    const replayed = await replayRun(prepared.program, store, { ...session, recording });
    return { outcome: 'finished', calls: 0, ...replayed };
  }
  const isDone = !hasWork(before, retryMissing) && !anchorsDue(prepared, store, retryMissing);
  if (isDone && !(options.batch && hasBatches(store, runId, before)))
    return { outcome: 'finished', calls: 0, spending: [], replay: null };
  const calls = runSession(prepared, store, {
    ...session,
    retryMissing,
    listener: options.listener,
    stop: options.stop ?? new AbortController().signal,
    abort: options.abort ?? new AbortController().signal,
    policies: options.policies ?? defaultPolicies,
    batch: options.batch ? { ...options.batch, folder: besideStore(options.db) } : null,
  });
  const made = await labelWhile(calls, store, runId);
  return { ...made, replay: null };
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

/** What is still to be read or deleted, and verdicts that a judge may be asked for again. */
function hasBatches(store: RunStore, runId: string, { judgments }: RunCounts): boolean {
  const open = store.batches
    .list(runId)
    .some(({ state }) => state !== 'cleaned' && state !== 'abandoned');
  return open || judgments.unparsed > 0;
}

/** Anchors are added to a run that was finished without them, too. */
function anchorsDue({ program, anchors }: PreparedRun, store: RunStore, retryMissing: boolean) {
  const planned = anchorProbes(program, anchors).map((call) => call.planned);
  return store.probes.plan(planned).some((probe) => isDue(probe, retryMissing));
}

function tracksOf(store: RunStore, runId: string, program: RunProgram): Track[] {
  return store.trackCounts(runId).map((count) => ({ ...count, label: labelOf(program, count) }));
}

function labelOf(
  { models, judges }: RunProgram,
  { role, position }: Pick<Track, 'role' | 'position'>,
): string {
  if (role === 'judge') return judges[position]?.spec.name ?? '';
  const model = models[position];
  if (!model) return '';
  // Checkpoints made for one culture each share a name.
  const only = model.cultures === null ? '' : ` for ${model.cultures.join(', ')}`;
  return `${modelLabel(model.spec)}${only}`;
}
