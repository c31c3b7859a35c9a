import { setImmediate } from 'node:timers/promises';
import type { CallMeta } from '../domain/call.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { Item } from '../domain/item.ts';
import type { Json } from '../domain/json.ts';
import type { RunListener } from '../ports/run-events.ts';
import type {
  PlannedItem,
  PlannedJudgment,
  PlannedResponse,
  RunStore,
} from '../ports/run-store.ts';
import type { PreparedRun } from '../prepare/prepare.ts';
import { answers, type RunModel, type RunProgram } from '../prepare/program.ts';
import { rubricTemplate } from '../prompts/rubric.ts';
import { isSuspect } from '../scorers/judge/suspect.ts';
import { askedTrials, methodOf, promptOf, scorersOf, stylesOf } from './task-prompts.ts';

/** Items that are written to the store in one transaction. */
const BATCH = 500;

/** What of a prepared run its plan is made of. */
interface PlannedRun extends Pick<PreparedRun, 'program' | 'items'> {
  readonly scan: Pick<PreparedRun['scan'], 'selectedCount'>;
}

/**
 * Writes the whole plan of a run to the store, a batch at a time. Calls that the store knows are found by
 * key. Large plans take minutes, so the listener hears of every batch.
 */
export async function storePlan(
  { program, items, scan }: PlannedRun,
  store: RunStore,
  runId: string,
  listener: RunListener,
): Promise<void> {
  let batch: PlannedItem[] = [];
  let planned = 0;
  for await (const item of items()) {
    batch.push(planItem(program, item));
    if (batch.length < BATCH) continue;
    store.addToPlan(runId, batch);
    planned += batch.length;
    batch = [];
    listener({ kind: 'planning', questions: planned, of: scan.selectedCount });
    // Planning never waits for anything: without this no display would be drawn.
    await setImmediate();
  }
  store.addToPlan(runId, batch);
  store.closePlan(runId);
}

/** All planned calls of one item. Pure. */
export function planItem(program: RunProgram, item: Item): PlannedItem {
  const responses = program.models.flatMap((model, position) => {
    if (!answers(model, item.culture)) return [];
    return model.recorded === null
      ? planAsked(program, { model, position, item })
      : planRecorded(program, { model, position, item });
  });
  return { item, responses };
}

interface Place {
  readonly model: RunModel;
  readonly position: number;
  readonly item: Item;
}

function planAsked(program: RunProgram, { position, item }: Place): PlannedResponse[] {
  return stylesOf(program, item).flatMap((style) => {
    const name = program.styles[style]?.name ?? null;
    return Array.from({ length: askedTrials(program, item) }, (_, trial) => {
      const key = responseKey({
        model: modelKey(program, position),
        question: item.question,
        style: name,
        content: promptOf(program, { item, style, trial }),
        trial,
        ...methodOf(program, item),
      });
      return {
        model: position,
        style,
        trial,
        key,
        recorded: null,
        ...planScoring(program, item, key),
      };
    });
  });
}

const RECORDED_META: CallMeta = {
  servedModel: null,
  systemFingerprint: null,
  finishReason: null,
  usage: null,
  attempts: 0,
  latencyMs: 0,
  endedAt: 0,
  notes: [],
};

/** An item without a recorded answer stays in the plan as an empty one: missing, not forgotten. */
function planRecorded(program: RunProgram, { model, position, item }: Place): PlannedResponse[] {
  const texts = model.recorded?.(item) ?? [];
  const style = program.styles.indexOf(null);
  const recorded: readonly (string | null)[] = texts.length > 0 ? texts : [null];
  return recorded.map((text, trial) => {
    const key = responseKey({
      model: modelKey(program, position),
      question: item.question,
      style: null,
      content: text,
      trial,
    });
    const response =
      text === null || text.trim() === ''
        ? ({ status: 'empty', reasoning: null, cause: 'no-text' } as const)
        : ({ status: 'completed', text, reasoning: null } as const);
    return {
      model: position,
      style,
      trial,
      key,
      recorded: { response, meta: { ...RECORDED_META, suspect: isSuspect(text) } },
      ...planScoring(program, item, key),
    };
  });
}

function modelKey({ definition }: RunProgram, position: number): string {
  const model = definition.models[position];
  if (!model) throw new Error(`the run has no model ${position}`);
  return model.key;
}

/** Everything that decides an answer, and nothing that does not (no URL, no key, no reference). */
function responseKey(call: {
  /** The model's key, which is made of all that decides its words. */
  readonly model: string;
  readonly question: string;
  readonly style: string | null;
  readonly content: string | null | readonly { readonly role: string; readonly content: string }[];
  readonly trial: number;
  /** Where an answer is more than the words that come back. */
  readonly method?: Json;
}): string {
  return fingerprint({
    kind: 'response',
    model: call.model,
    question: call.question,
    style: call.style,
    content:
      call.content === null || typeof call.content === 'string'
        ? call.content
        : call.content.map((message) => ({ role: message.role, content: message.content })),
    trial: call.trial,
    ...(call.method !== undefined && { method: call.method }),
  });
}

/** A question with a right answer is scored by rules, any other by the judges. */
function planScoring(
  program: RunProgram,
  item: Item,
  response: string,
): Pick<PlannedResponse, 'judgments' | 'scorers'> {
  return item.solution === undefined
    ? { judgments: planJudgments(program, item, response), scorers: [] }
    : { judgments: [], scorers: scorersOf(program, item.solution) };
}

/** The judge reads item and rubric; both are in the key, so a mended reference is judged anew. */
function planJudgments(program: RunProgram, item: Item, response: string): PlannedJudgment[] {
  const rubric = rubricTemplate(program.rubricOf(item.category), item.language).fingerprint;
  const { question, reference, culture, language, category, scope } = item;
  return program.definition.judges.flatMap((judge, position) =>
    Array.from({ length: program.trials.judgments }, (_, trial) => ({
      judge: position,
      trial,
      key: fingerprint({
        kind: 'judgment',
        response,
        judge: judge.key,
        rubric,
        item: { question, reference, culture, language, category, scope },
        trial,
      }),
    })),
  );
}
