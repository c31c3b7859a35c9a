import type { BatchCall } from '../../batch/batch-call.ts';
import type { PendingUnit, RunStore } from '../../ports/run-store.ts';
import type { RunProgram } from '../../prepare/program.ts';
import { chatRequest, judgeRequest } from '../../prepare/requests.ts';
import { renderRubric } from '../../prompts/rubric.ts';
import { isDue, type ProbeCall } from '../extra-judgments.ts';
import { methodOf, promptOf } from '../task-prompts.ts';

export interface LackingOptions {
  readonly runId: string;
  readonly program: RunProgram;
  readonly store: RunStore;
  readonly probes: readonly ProbeCall[];
  /** Whether calls to an endpoint of the config are wanted. */
  readonly takes: (endpoint: string) => boolean;
}

const PAGE = 200;

/**
 * Calls that a run lacks and no batch holds, each once, in the order of the plan: answers, and
 * judgments of the answers that are there. A verdict without a rating is asked for again as often as
 * the judge's settings say.
 */
export async function* lackingCalls(options: LackingOptions): AsyncGenerator<BatchCall> {
  const { store, program } = options;
  const given = new Set<string>();
  const isNew = ({ key, endpoint }: BatchCall) => {
    if (given.has(key) || !options.takes(endpoint) || store.batches.isInFlight(key)) return false;
    given.add(key);
    return true;
  };
  yield* lackingProbes(options).filter(isNew);
  for (const model of program.models.keys()) {
    for (const unit of pendingUnits(options, model)) {
      yield* callsOf(program, unit, model).filter(isNew);
    }
  }
}

function* pendingUnits({ store, runId }: LackingOptions, model: number): Generator<PendingUnit> {
  let after = -1;
  for (;;) {
    const query = { model, after, limit: PAGE, retryMissing: false, unparsed: true };
    const page = store.pendingUnits(runId, query);
    yield* page;
    after = page.at(-1)?.position ?? after;
    if (page.length < PAGE) return;
  }
}

function callsOf(program: RunProgram, unit: PendingUnit, model: number): BatchCall[] {
  if (unit.answer === null) return answerCall(program, unit, model);
  const { answer, item } = unit;
  return unit.judgments.flatMap(({ key, judge: position, asks }): BatchCall[] => {
    const judge = program.judges[position];
    if (!judge || asks > judge.reask) return [];
    const filled = renderRubric(program.rubricOf(item.category), item, answer);
    const request = judgeRequest(judge, filled);
    return [{ key, role: 'judgment', position, endpoint: judge.endpoint, request }];
  });
}

function answerCall(program: RunProgram, unit: PendingUnit, position: number): BatchCall[] {
  const model = program.models[position];
  // What is read from token probabilities is asked for online.
  const words = methodOf(program, unit.item).method === undefined;
  if (!model?.endpoint || program.styles[unit.style] === null || !words) return [];
  const request = chatRequest(model, promptOf(program, unit));
  return [{ key: unit.key, role: 'response', position, endpoint: model.endpoint, request }];
}

function lackingProbes({ probes, program, store }: LackingOptions): BatchCall[] {
  const stored = store.probes.plan(probes.map(({ planned }) => planned));
  return probes.flatMap(({ judge: position, prompt, planned }, index): BatchCall[] => {
    const judge = program.judges[position];
    const probe = stored[index];
    if (!judge || !probe || !isDue(probe, false)) return [];
    const request = judgeRequest(judge, prompt);
    return [{ key: planned.key, role: 'probe', position, endpoint: judge.endpoint, request }];
  });
}
