import { judgeableText } from '../domain/model-response.ts';
import type { Shard } from '../domain/shard.ts';
import type { Spending } from '../domain/spending.ts';
import type { Clock } from '../ports/clock.ts';
import type { Recording, RecordingOrigin } from '../ports/recording.ts';
import type { PendingUnit, RunStore } from '../ports/run-store.ts';
import type { RunProgram } from '../prepare/program.ts';
import { sessionProvenance } from './session.ts';
import { createLedger } from './spending.ts';

/** Planned calls of one model or judge that a recording has no answer to. */
export interface LackingCalls {
  readonly role: 'model' | 'judge';
  readonly position: number;
  readonly calls: number;
  /** Questions concerned, and the ids of the first few. */
  readonly questions: number;
  readonly items: readonly string[];
}

/** What came out of a recording. */
export interface Replay {
  readonly recording: RecordingOrigin;
  /** Calls taken over. */
  readonly responses: number;
  readonly judgments: number;
  readonly lacking: readonly LackingCalls[];
  /** Answers that the store had already, in other words than the recording's: their ratings were left. */
  readonly otherAnswers: number;
}

interface ReplayOptions {
  readonly runId: string;
  readonly configFile: string;
  readonly rehearse: boolean;
  readonly shard: Shard | undefined;
  readonly recording: Recording;
  readonly clock: Clock;
}

const PAGE = 500;
const ITEMS_NAMED = 5;

/** Answers a run's open calls from a recording, and makes none. */
export async function replayRun(
  program: RunProgram,
  store: RunStore,
  { runId, recording, ...options }: ReplayOptions,
): Promise<{ readonly replay: Replay; readonly spending: readonly Spending[] }> {
  const { runs, ...origin } = recording.origin;
  const replay = { ...origin, runs: [...runs] };
  const session = store.beginSession(runId, { ...(await sessionProvenance(options)), replay });
  const tally = createTally();
  for (const model of program.models.keys()) {
    await fillModel({ store, recording, tally, model }, runId);
  }
  const spending = createLedger(program, store.usageTotals(runId)).report();
  store.endSession(session, {
    endedAt: options.clock.now(),
    outcome: 'finished',
    calls: 0,
    limits: [],
    spending,
  });
  return { replay: { recording: recording.origin, ...tally.result() }, spending };
}

type Tally = ReturnType<typeof createTally>;

interface Lack {
  readonly role: LackingCalls['role'];
  readonly position: number;
  readonly calls: Set<number>;
  readonly items: Set<string>;
}

/** Counts calls, not places in the plan: items that share a question share a call. */
function createTally() {
  const taken = { responses: new Set<number>(), judgments: new Set<number>() };
  const lacking = new Map<string, Lack>();
  let otherAnswers = 0;
  return {
    taken,
    meetOtherAnswer: () => {
      otherAnswers += 1;
    },
    lack: (
      role: LackingCalls['role'],
      position: number,
      { id, item }: { readonly id: number; readonly item: string },
    ) => {
      const key = `${role} ${position}`;
      const lack = lacking.get(key) ?? { role, position, calls: new Set(), items: new Set() };
      lacking.set(key, lack);
      lack.calls.add(id);
      lack.items.add(item);
    },
    result: () => ({
      responses: taken.responses.size,
      judgments: taken.judgments.size,
      lacking: [...lacking.values()]
        .sort((a, b) => b.role.localeCompare(a.role) || a.position - b.position)
        .map(({ role, position, calls, items }) => ({
          role,
          position,
          calls: calls.size,
          questions: items.size,
          items: [...items].slice(0, ITEMS_NAMED),
        })),
      otherAnswers,
    }),
  };
}

interface Filling {
  readonly store: RunStore;
  readonly recording: Recording;
  readonly tally: Tally;
  readonly model: number;
}

async function fillModel(filling: Filling, runId: string): Promise<void> {
  const { store, model } = filling;
  let after = -1;
  for (;;) {
    const page = store.pendingUnits(runId, { model, after, limit: PAGE, retryMissing: false });
    await Promise.all(page.flatMap((unit) => fillUnit(filling, unit)));
    after = page.at(-1)?.position ?? after;
    if (page.length < PAGE) return;
  }
}

/** A rating is taken over only for the very answer that it was given to. */
function fillUnit({ store, recording, tally, model }: Filling, unit: PendingUnit): Promise<void>[] {
  const { responseId, answer, judgments } = unit;
  const item = unit.item.id;
  const recorded = recording.response(unit.key);
  const lackJudgments = () => {
    for (const { id, judge } of judgments) tally.lack('judge', judge, { id, item });
  };
  if (recorded === null) {
    if (answer === null) tally.lack('model', model, { id: responseId, item });
    lackJudgments();
    return [];
  }
  const text = judgeableText(recorded.response);
  if (answer !== null && answer !== text) {
    tally.meetOtherAnswer();
    lackJudgments();
    return [];
  }
  const saves: Promise<void>[] = [];
  if (answer === null && !tally.taken.responses.has(responseId)) {
    tally.taken.responses.add(responseId);
    saves.push(store.saveResponse(responseId, recorded.response, recorded.meta));
  }
  return text === null ? saves : [...saves, ...fillJudgments(unit, { store, recording, tally })];
}

function fillJudgments(
  { judgments, item }: PendingUnit,
  { store, recording, tally }: Pick<Filling, 'store' | 'recording' | 'tally'>,
): Promise<void>[] {
  return judgments.flatMap(({ id, key, judge }) => {
    const recorded = recording.judgment(key);
    if (recorded === null) {
      tally.lack('judge', judge, { id, item: item.id });
      return [];
    }
    if (tally.taken.judgments.has(id)) return [];
    tally.taken.judgments.add(id);
    return [store.saveJudgment(id, recorded.judgment, recorded.meta)];
  });
}
