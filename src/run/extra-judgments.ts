import type { Anchor, AnchorSubject } from '../domain/anchor.ts';
import { anchorKey } from '../domain/anchor.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import { itemKey } from '../domain/item.ts';
import type { Prompt } from '../domain/prompt.ts';
import type { Lane } from '../endpoint/call-queue.ts';
import type { Clock } from '../ports/clock.ts';
import type { PlannedProbe, StoredProbe } from '../ports/extra-judgments.ts';
import type { RunListener } from '../ports/run-events.ts';
import type { ProbeStore } from '../ports/run-store.ts';
import type { RunJudge, RunProgram } from '../prepare/program.ts';
import { judgeRequest } from '../prepare/requests.ts';
import { renderRubric } from '../prompts/rubric.ts';
import { askJudge } from './calls.ts';
import { createWindow } from './window.ts';

/** A probe with the call that it needs. */
export interface ProbeCall {
  readonly planned: PlannedProbe;
  /** Position in the program's judges. */
  readonly judge: number;
  readonly prompt: Prompt;
}

/** The anchor judgments of a run: every anchor with every judge that has a frozen rating of it. */
export function anchorProbes(
  program: Pick<RunProgram, 'definition' | 'rubricOf'>,
  anchors: readonly Anchor[],
): ProbeCall[] {
  const { id, judges } = program.definition;
  return judges.flatMap(({ key }, judge) =>
    anchors.flatMap((anchor): ProbeCall[] => {
      const frozen = anchor.ratings.find((rating) => rating.judge === key);
      if (frozen === undefined) return [];
      const { answer, ratings: _ratings, ...item } = anchor;
      const subject: AnchorSubject = {
        anchor: anchorKey(anchor),
        culture: item.culture,
        cluster: item.cluster ?? itemKey(item),
        frozen,
      };
      return [
        {
          judge,
          prompt: renderRubric(program.rubricOf(item.category), item, answer),
          planned: {
            key: fingerprint({ kind: 'anchor', run: id, judge: key, anchor: subject.anchor }),
            purpose: 'anchor',
            run: id,
            judge: key,
            subject: { ...subject, frozen: { ...frozen } },
          },
        },
      ];
    }),
  );
}

export interface ProbeExecution {
  readonly judges: readonly RunJudge[];
  readonly store: ProbeStore;
  /** By endpoint name. */
  readonly lanes: ReadonlyMap<string, Lane>;
  readonly listener: RunListener;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  readonly retryMissing: boolean;
  readonly failure: AbortController;
}

/** Whether a probe has to be asked for. */
export function isDue({ status }: StoredProbe, retryMissing: boolean): boolean {
  return status === 'pending' || (retryMissing && status !== 'rated' && status !== 'filtered');
}

/** Work begun at once, beyond what the lanes let through. */
const WINDOW = 256;

/** Makes the probes' calls that the store lacks. Rejects with the first error that is no outcome. */
export async function executeProbes(
  calls: readonly ProbeCall[],
  execution: ProbeExecution,
): Promise<void> {
  const { store, stop, failure, retryMissing } = execution;
  const stored = store.plan(calls.map(({ planned }) => planned));
  const window = createWindow(WINDOW, (error) => failure.abort(error));
  for (const [position, call] of calls.entries()) {
    const probe = stored[position];
    if (probe === undefined || !isDue(probe, retryMissing)) continue;
    await window.room();
    if (stop.aborted || failure.signal.aborted) break;
    window.begin(() => judgeProbe(call, probe, execution));
  }
  await window.idle();
  failure.signal.throwIfAborted();
}

async function judgeProbe(
  { judge: position, prompt }: ProbeCall,
  { id }: StoredProbe,
  { judges, store, lanes, listener, clock }: ProbeExecution,
): Promise<void> {
  const judge = judges[position];
  const lane = judge && lanes.get(judge.endpoint);
  if (!lane) return;
  const ended = await askJudge(lane, {
    request: judgeRequest(judge, prompt),
    format: judge.verdict.format,
    id: `probe-${id}`,
    priority: 0,
    reask: judge.reask,
    now: clock.now,
    onReply: () => undefined,
  });
  if (ended === null) return;
  await store.save(id, ended.judgment, ended.meta);
  listener({
    kind: 'probed',
    judge: position,
    status: ended.judgment.status,
    usage: ended.meta.usage,
    estimated: ended.meta.estimated ?? null,
  });
}
