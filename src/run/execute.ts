import { judgeableText } from '../domain/model-response.ts';
import type { TokenEvidence } from '../domain/token-evidence.ts';
import type { Lane } from '../endpoint/call-queue.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunListener } from '../ports/run-events.ts';
import type { PendingUnit, RunStore } from '../ports/run-store.ts';
import type { RunModel, RunProgram } from '../prepare/program.ts';
import { judgeRequest } from '../prepare/requests.ts';
import { renderRubric } from '../prompts/rubric.ts';
import { isSuspect } from '../scorers/judge/suspect.ts';
import { askAnswer } from './ask-answer.ts';
import { type CallNotices, createCallNotices } from './call-notices.ts';
import { askJudge } from './calls.ts';
import { scoreByRules } from './score-by-rules.ts';
import { createWindow } from './window.ts';

/** Units read from the store at once; their texts are what a run holds in memory. */
const PAGE = 200;
/** Judging goes first where both share an endpoint: it ends units, so fewer stay in memory. */
const PRIORITY = { answer: 0, judgment: 1 } as const;

export interface Execution {
  readonly runId: string;
  readonly program: RunProgram;
  readonly store: RunStore;
  /** By endpoint name. */
  readonly lanes: ReadonlyMap<string, Lane>;
  readonly listener: RunListener;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  readonly retryMissing: boolean;
  /** Aborted with the first error that is no outcome; what is in flight should then be given up. */
  readonly failure: AbortController;
}

/**
 * Makes every call that the run still lacks: models side by side, and each answer judged as soon as
 * it is there. What has begun is bounded, so memory does not grow with the plan. Rejects with the
 * first error that is no outcome (a full disk, a bug); calls in flight are then given up.
 */
export async function executeRun(execution: Execution): Promise<void> {
  const { program, failure, listener } = execution;
  const notices = createCallNotices(listener);
  const asked = new Map<number, Promise<Answer | null>>();
  await Promise.all(
    program.models.map((model, position) =>
      workThroughModel({ ...execution, model, position, asked, notices }),
    ),
  );
  notices.end();
  failure.signal.throwIfAborted();
}

/** An answer that can be judged or scored. */
interface Answer {
  readonly text: string;
  readonly evidence: TokenEvidence | null;
}

interface ModelWork extends Execution {
  readonly model: RunModel;
  readonly position: number;
  /** Answers being asked for: items that share a question share the call. */
  readonly asked: Map<number, Promise<Answer | null>>;
  readonly notices: CallNotices;
}

async function workThroughModel(work: ModelWork): Promise<void> {
  const { runId, store, position, failure, stop } = work;
  const units = createWindow(windowOf(work), (error) => failure.abort(error));
  let after = -1;
  while (!stop.aborted && !failure.signal.aborted) {
    const page = store.pendingUnits(runId, {
      model: position,
      after,
      limit: PAGE,
      retryMissing: work.retryMissing,
    });
    for (const unit of page) {
      await units.room();
      if (stop.aborted || failure.signal.aborted) break;
      units.begin(() => workThroughUnit(work, unit));
      after = unit.position;
    }
    if (page.length < PAGE) break;
  }
  await units.idle();
}

/** Enough units to keep the model and all judges busy at once, with some to spare. */
function windowOf({ lanes, model, program }: ModelWork): number {
  const own = model.endpoint === null ? 0 : (lanes.get(model.endpoint)?.concurrency ?? 0);
  const judging = program.judges.map((judge) => lanes.get(judge.endpoint)?.concurrency ?? 0);
  return Math.ceil(1.25 * (own + Math.max(0, ...judging)));
}

async function workThroughUnit(work: ModelWork, unit: PendingUnit): Promise<void> {
  if (work.stop.aborted || work.failure.signal.aborted) return;
  const { answer: text, evidence } = unit;
  const answer = text === null ? await answerOf(work, unit) : { text, evidence };
  if (answer === null) return;
  const scored = scoreByRules(work.program, unit, answer);
  await Promise.all([
    ...unit.judgments.map((judgment) => judge(work, unit, { answer: answer.text, judgment })),
    ...(scored.length > 0 ? [work.store.saveRuleJudgments(unit.position, scored)] : []),
  ]);
}

async function answerOf(work: ModelWork, unit: PendingUnit): Promise<Answer | null> {
  const running = work.asked.get(unit.responseId) ?? respond(work, unit);
  work.asked.set(unit.responseId, running);
  try {
    return await running;
  } finally {
    work.asked.delete(unit.responseId);
  }
}

async function respond(work: ModelWork, unit: PendingUnit): Promise<Answer | null> {
  const { model, program, lanes, clock, store } = work;
  const lane = model.endpoint === null ? undefined : lanes.get(model.endpoint);
  if (program.styles[unit.style] === null || !lane) return null;
  if (store.batches.isInFlight(unit.key)) return null;
  const asked = await askAnswer({
    ...{ program, model, question: unit, lane },
    id: `${work.runId}-${unit.responseId}`,
    priority: PRIORITY.answer,
    now: clock.now,
    onReply: (result) => work.notices.replied(model, result),
  });
  if (asked === null) return null;
  const { response, evidence } = asked;
  const text = judgeableText(response);
  const suspect = isSuspect(text);
  const meta = { ...asked.meta, ...(evidence && { evidence }), suspect };
  await store.saveResponse(unit.responseId, response, meta);
  work.listener({
    kind: 'answered',
    model: work.position,
    status: response.status,
    usage: meta.usage,
    estimated: meta.estimated ?? null,
  });
  return text === null ? null : { text, evidence };
}

interface JudgmentWork {
  readonly answer: string;
  readonly judgment: PendingUnit['judgments'][number];
}

async function judge(
  work: ModelWork,
  unit: PendingUnit,
  { answer, judgment }: JudgmentWork,
): Promise<void> {
  const { program, lanes, clock, store } = work;
  const judgeModel = program.judges[judgment.judge];
  const lane = judgeModel && lanes.get(judgeModel.endpoint);
  if (!lane || store.batches.isInFlight(judgment.key)) return;
  const rubric = program.rubricOf(unit.item.category);
  const ended = await askJudge(lane, {
    request: judgeRequest(judgeModel, renderRubric(rubric, unit.item, answer)),
    format: judgeModel.verdict.format,
    id: `${work.runId}-j${judgment.id}`,
    priority: PRIORITY.judgment,
    reask: judgeModel.reask,
    now: clock.now,
    onReply: (result) => work.notices.replied(judgeModel, result),
  });
  if (ended === null) return;
  work.notices.judged(judgeModel, ended.judgment);
  await store.saveJudgment(judgment.id, ended.judgment, ended.meta);
  work.listener({
    kind: 'judged',
    judge: judgment.judge,
    status: ended.judgment.status,
    usage: ended.meta.usage,
    estimated: ended.meta.estimated ?? null,
  });
}
