import { randomBytes } from 'node:crypto';
import { openBatchFolder } from '../../adapters/batch-files/folder.ts';
import { advance } from '../../batch/advance.ts';
import { packCalls } from '../../batch/pack.ts';
import {
  type BatchLine,
  type BatchPolicy,
  type BatchWorks,
  defaultBatchPolicy,
} from '../../batch/works.ts';
import { type BatchedCall, isInFlight, type TrackedBatch } from '../../domain/batch.ts';
import type { LineResult } from '../../ports/batch-store.ts';
import type { RunListener } from '../../ports/run-events.ts';
import { type Execution, executeRun } from '../execute.ts';
import { executeProbes, type ProbeCall } from '../extra-judgments.ts';
import { lackingCalls } from './lacking-calls.ts';

/** How a run uses batches. */
export interface BatchRunOptions {
  /** Where batch files lie. */
  readonly folder: string;
  /** Stay until every batch has ended, and send what follows. */
  readonly wait: boolean;
  readonly policy?: BatchPolicy;
}

interface BatchExecution extends Execution, BatchRunOptions {
  readonly probes: readonly ProbeCall[];
  readonly lines: ReadonlyMap<string, BatchLine>;
  readonly abort: AbortSignal;
  readonly afford: (call: BatchedCall) => boolean;
}

/** Rounds of batches in a row that brought nothing, after which waiting for more is no use. */
const MOST_BARREN_ROUNDS = 3;

/**
 * Works off a run whose endpoints take files: collects the batches that have ended, makes the calls
 * of other endpoints online, sends what is lacking, and does so again while there is anything to wait
 * for and the caller waits. Everything can be broken off and is then taken up where it was.
 */
export async function runInBatches(execution: BatchExecution): Promise<void> {
  const works = createWorks(execution);
  const waits = execution.wait || [...works.lines.values()].some(({ simulated }) => simulated);
  learnRefusals(works, execution.runId);
  let barren = 0;
  let round: Round = { packed: 0, ended: [], isDue: true };
  while (!works.stop.aborted) {
    round = await workRound(round.isDue, works, execution);
    barren = barrenRounds(barren, round.ended, works);
    if (barren >= MOST_BARREN_ROUNDS) {
      const message = `${barren} rounds of batches brought nothing. What is lacking stays pending.`;
      works.tell('error', message);
      return;
    }
    const open = openBatches(works, execution.runId);
    const isStuck = open.every(({ endpoint }) => works.closed.has(endpoint));
    if (!waits || (isStuck && round.packed === 0)) return;
    await works.clock.sleep(lookMs(works), works.stop);
  }
}

interface Round {
  /** Batches that were made. */
  readonly packed: number;
  /** Batches that came to their end. */
  readonly ended: readonly string[];
  /** Whether what they brought calls for more. */
  readonly isDue: boolean;
}

async function workRound(
  isDue: boolean,
  works: BatchWorks,
  execution: BatchExecution,
): Promise<Round> {
  const ended = await advanceAll(works, execution.runId);
  const packed = isDue || ended.length > 0 ? await packMore(works, execution) : 0;
  const endedSoon = packed > 0 ? await advanceAll(works, execution.runId) : [];
  return { packed, ended: [...ended, ...endedSoon], isDue: endedSoon.length > 0 };
}

function createWorks(execution: BatchExecution): BatchWorks {
  const { store, program, lines, clock, stop, abort, listener } = execution;
  return {
    store: store.batches,
    folder: openBatchFolder(execution.folder),
    program,
    lines,
    clock,
    policy: execution.policy ?? defaultBatchPolicy,
    stop,
    abort,
    closed: new Set(),
    tell: (level, message) => listener({ kind: 'notice', level, message }),
    onStored: (results) => {
      for (const result of results) announce(result, listener);
    },
  };
}

/** What earlier batches taught about parameters that models reject. */
function learnRefusals({ store, lines, program }: BatchWorks, runId: string): void {
  for (const { endpoint, facts } of store.list(runId)) {
    const { refusal } = facts;
    const asked = (refusal?.role === 'response' ? program.models : program.judges)[
      refusal?.position ?? -1
    ];
    if (!refusal || !asked?.spec.model) continue;
    const { model, decoding } = asked.spec;
    lines
      .get(endpoint)
      ?.endpoint.learn({ model, decoding, strictParams: asked.strictParams }, refusal);
  }
}

function openBatches({ store, lines }: BatchWorks, runId: string): TrackedBatch[] {
  return store
    .list(runId)
    .filter((batch) => batch.transport === 'api' && isInFlight(batch) && lines.has(batch.endpoint));
}

/** Takes every batch as far as it goes; gives those whose results have been read, or that came to nothing. */
async function advanceAll(works: BatchWorks, runId: string): Promise<string[]> {
  const ended: string[] = [];
  for (const { id, endpoint, transport, state } of works.store.list(runId)) {
    if (works.stop.aborted) break;
    if (transport !== 'api' || state === 'cleaned' || state === 'abandoned') continue;
    if (!works.lines.has(endpoint)) continue;
    await advance(id, works);
    const after = works.store.find(id);
    if (state !== 'read' && after !== null && !isInFlight(after)) ended.push(id);
  }
  return ended;
}

/** Rounds in a row whose batches stored nothing; one that only was too large for a quota does not count. */
function barrenRounds(before: number, ended: readonly string[], { store }: BatchWorks): number {
  const counting = ended.filter((id) => store.find(id)?.facts.quotaTokens == null);
  if (counting.length === 0) return before;
  return counting.some((id) => (store.fates(id).get('stored') ?? 0) > 0) ? 0 : before + 1;
}

/** Online calls first: the judgments of their answers then go out in the same round. Gives the number of batches. */
async function packMore(works: BatchWorks, execution: BatchExecution): Promise<number> {
  const { runId, store, program, lanes, probes, afford } = execution;
  if (lanes.size > 0) {
    const judged = probes.filter(({ judge }) => lanes.has(program.judges[judge]?.endpoint ?? ''));
    await executeRun(execution);
    await executeProbes(judged, { ...execution, store: store.probes, judges: program.judges });
  }
  const before = works.store.list(runId).length;
  const takes = (endpoint: string) => works.lines.has(endpoint) && !works.closed.has(endpoint);
  const calls = lackingCalls({ runId, program, store, probes, takes });
  await packCalls(calls, works, { runId, afford, newId: () => randomBytes(6).toString('hex') });
  return works.store.list(runId).length - before;
}

function lookMs({ lines }: BatchWorks): number {
  return Math.min(...[...lines.values()].map(({ setting }) => setting.lookSeconds)) * 1000;
}

/** Tells the display and the budget of a call that came out of a batch. */
function announce({ role, position, fate, ended }: LineResult, listener: RunListener): void {
  if (ended === null || fate !== 'stored') return;
  const { usage, estimated = null } = ended.meta;
  const common = { usage, estimated, batched: true } as const;
  if (ended.kind === 'response') {
    listener({ kind: 'answered', model: position, status: ended.response.status, ...common });
    return;
  }
  const kind = role === 'probe' ? 'probed' : 'judged';
  listener({ kind, judge: position, status: ended.judgment.status, ...common });
}
