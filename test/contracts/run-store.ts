import { expect } from 'vitest';
import type { FilterFinding } from '../../src/domain/call.ts';
import type { Judgment } from '../../src/domain/judgment.ts';
import type { ModelResponse } from '../../src/domain/model-response.ts';
import type { PendingUnit, RunStore } from '../../src/ports/run-store.ts';
import { definition, ERROR, item, JUDGMENT_META, META, planned, RATED } from './small-plan.ts';

const COMPLETED: ModelResponse = { status: 'completed', text: 'an answer', reasoning: null };
const FILTER: FilterFinding = { stage: 'completion', categories: ['violence (medium)'] };

const RESPONSES: readonly ModelResponse[] = [
  COMPLETED,
  { status: 'truncated', text: 'an ans', reasoning: 'thoughts' },
  { status: 'empty', reasoning: null, cause: 'no-text' },
  { status: 'filtered', text: null, filter: FILTER },
  { status: 'failed', error: ERROR },
];

const verdict = { text: 'hm', reasoning: null };
const JUDGMENTS: readonly Judgment[] = [
  RATED,
  { status: 'unparsed', cause: 'no-rating', ...verdict },
  { status: 'out-of-range', value: 11, ...verdict },
  { status: 'filtered', filter: FILTER },
  { status: 'failed', error: ERROR },
];

const FIRST = item('a');
const ITEMS = [FIRST, ...['b', 'c', 'd', 'e'].map((id) => item(id))];

/** A store with an empty run in it. */
interface Scene {
  readonly store: RunStore;
  readonly run: string;
  pending(retryMissing?: boolean, model?: number, after?: number, limit?: number): PendingUnit[];
  /** Plans one answer and judgment for each item and model. */
  plan(models?: readonly number[]): void;
  answerAll(units: readonly PendingUnit[], responses: readonly ModelResponse[]): Promise<void>;
}

function makeScene(store: RunStore): Scene {
  const run = store.openRun(definition()).id;
  return {
    store,
    run,
    pending: (retryMissing = false, model = 0, after = -1, limit = 100) =>
      store.pendingUnits(run, { model, after, limit, retryMissing }),
    plan: (models) => {
      store.addToPlan(
        run,
        ITEMS.map((one) => planned(one, models)),
      );
      store.closePlan(run);
    },
    answerAll: async (units, responses) => {
      for (const [index, unit] of units.entries()) {
        await store.saveResponse(
          unit.responseId,
          responses[index % responses.length] ?? COMPLETED,
          META,
        );
      }
    },
  };
}

interface Rule {
  readonly rule: string;
  readonly holds: (scene: Scene) => void | Promise<void>;
}

const RULES: readonly Rule[] = [
  {
    rule: 'finds a run again by its plan key, and knows whether its plan is whole',
    holds: ({ store, run }) => {
      expect(store.openRun(definition())).toEqual({ id: run, planned: false });
      store.closePlan(run);
      expect(store.openRun(definition({ id: 'another-id' }))).toEqual({ id: run, planned: true });
      const other = store.openRun(definition({ id: 'other', planKey: 'plan-2' }));
      expect(other).toEqual({ id: 'other', planned: false });
    },
  },
  {
    rule: 'gives the plan back in its order, page by page, items to the letter',
    holds: ({ pending, plan }) => {
      plan();
      const units = pending();
      expect(units.map((unit) => unit.item)).toEqual(ITEMS);
      const first = pending(false, 0, -1, 2);
      const second = pending(false, 0, first.at(-1)?.position, 2);
      expect([...first, ...second].map((unit) => unit.item.id)).toEqual(['a', 'b', 'c', 'd']);
      expect(pending(false, 1)).toEqual([]);
    },
  },
  {
    rule: 'planning twice, as after a kill, changes nothing',
    holds: ({ store, run, pending, plan }) => {
      plan();
      const before = pending();
      plan();
      expect(pending()).toEqual(before);
      expect(store.countRun(run).responses.pending).toBe(5);
    },
  },
  {
    rule: 'an answered question waits for its judgment, with the answer at hand',
    holds: async ({ store, pending, plan }) => {
      plan();
      const [unit] = pending();
      if (!unit) throw new Error('nothing pending');
      expect(unit.answer).toBeNull();
      await store.saveResponse(unit.responseId, COMPLETED, META);
      expect(pending()[0]).toEqual({ ...unit, answer: 'an answer' });
      for (const judgment of unit.judgments)
        await store.saveJudgment(judgment.id, RATED, JUDGMENT_META);
      expect(pending().map(({ item: { id } }) => id)).toEqual(['b', 'c', 'd', 'e']);
    },
  },
  {
    rule: 'drift is looked for where an endpoint named a second model, or there are anchors',
    holds: async ({ store, run, pending, plan, answerAll }) => {
      plan();
      await answerAll(pending(), [COMPLETED]);
      const judgments = pending().flatMap((unit) => unit.judgments);
      const named = ['judge-1', 'judge-1', 'judge-2'];
      const told: boolean[] = [store.tellsOfDrift(run)];
      for (const [index, servedModel] of named.entries()) {
        await store.saveJudgment(judgments[index]?.id ?? 0, RATED, {
          ...JUDGMENT_META,
          servedModel,
        });
        told.push(store.tellsOfDrift(run));
      }
      expect(told).toEqual([false, false, false, true]);

      const other = store.openRun(definition({ id: 'other', planKey: 'plan-2' })).id;
      expect(store.tellsOfDrift(other)).toBe(false);
      const anchor = {
        key: 'k',
        purpose: 'anchor',
        run: other,
        judge: 'judge-j',
        subject: {},
      } as const;
      store.probes.plan([anchor]);
      expect(store.tellsOfDrift(other)).toBe(true);
    },
  },
  {
    rule: 'a truncated answer is judged; an empty, filtered or failed one is not',
    holds: async ({ store, run, pending, plan, answerAll }) => {
      plan();
      await answerAll(pending(), RESPONSES);
      expect(pending().map((unit) => [unit.item.id, unit.answer])).toEqual([
        ['a', 'an answer'],
        ['b', 'an ans'],
      ]);
      const { responses, judgments, unjudgeable } = store.countRun(run);
      expect(responses).toEqual({
        pending: 0,
        completed: 1,
        truncated: 1,
        empty: 1,
        filtered: 1,
        failed: 1,
      });
      expect([judgments.pending, unjudgeable]).toEqual([5, 3]);
    },
  },
  {
    rule: 'what is missing is tried again on request, content filters excepted',
    holds: async ({ pending, plan, answerAll }) => {
      plan();
      await answerAll(pending(), RESPONSES);
      const retried = pending(true).map((unit) => [unit.item.id, unit.answer]);
      expect(retried).toEqual([
        ['a', 'an answer'],
        ['b', 'an ans'],
        ['c', null],
        ['e', null],
      ]);
    },
  },
  {
    rule: 'a judgment without a rating is kept with its reason, and tried again on request',
    holds: async ({ store, run, pending, plan, answerAll }) => {
      plan();
      const units = pending();
      await answerAll(units, [COMPLETED]);
      const ids = units.flatMap(({ judgments }) => judgments.map(({ id }) => id));
      for (const [index, id] of ids.entries()) {
        await store.saveJudgment(id, JUDGMENTS[index] ?? RATED, JUDGMENT_META);
      }
      expect(store.countRun(run).judgments).toEqual({
        pending: 0,
        rated: 1,
        unparsed: 1,
        'out-of-range': 1,
        filtered: 1,
        failed: 1,
      });
      expect(pending()).toEqual([]);
      expect(pending(true).map((unit) => unit.item.id)).toEqual(['b', 'c', 'e']);
    },
  },
  {
    rule: 'counts planned and stored calls of each model and judge',
    holds: async ({ store, run, pending, plan, answerAll }) => {
      plan([0, 1]);
      await answerAll(pending().slice(0, 2), [COMPLETED]);
      expect(store.trackCounts(run)).toEqual([
        { role: 'model', position: 0, planned: 5, stored: 2 },
        { role: 'model', position: 1, planned: 5, stored: 0 },
        { role: 'judge', position: 0, planned: 10, stored: 0 },
      ]);
    },
  },
  {
    rule: 'two runs share what has the same key, and nothing else',
    holds: async ({ store, run, pending, plan, answerAll }) => {
      plan();
      await answerAll(pending(), [COMPLETED]);
      const other = store.openRun(definition({ id: 'other', planKey: 'plan-2' })).id;
      const shared = planned(FIRST);
      const [response] = shared.responses;
      if (!response) throw new Error('no response');
      const judgedAnew = [{ judge: 0, trial: 0, key: 'another judgment' }];
      store.addToPlan(other, [
        { item: FIRST, responses: [{ ...response, judgments: judgedAnew }] },
      ]);
      const [unit] = store.pendingUnits(other, {
        model: 0,
        after: -1,
        limit: 9,
        retryMissing: false,
      });
      expect(unit?.answer).toBe('an answer');
      for (const { id } of unit?.judgments ?? [])
        await store.saveJudgment(id, RATED, JUDGMENT_META);
      expect(store.countRun(other).judgments.rated).toBe(1);
      expect(store.countRun(run).judgments.rated).toBe(0);
    },
  },
  {
    rule: 'trials of one question are answers and judgments of their own',
    holds: ({ store, run, pending }) => {
      const responses = [0, 1].map((trial) => ({
        model: 0,
        style: 0,
        trial,
        key: `r-${trial}`,
        recorded: null,
        judgments: [0, 1].map((again) => ({ judge: 0, trial: again, key: `j-${trial}-${again}` })),
        scorers: [],
      }));
      store.addToPlan(run, [{ item: FIRST, responses }]);
      const units = pending();
      expect(units.map(({ trial }) => trial)).toEqual([0, 1]);
      const ids = units.flatMap(({ judgments }) => judgments.map(({ id }) => id));
      expect(new Set(ids).size).toBe(4);
    },
  },
  {
    rule: 'keeps answers made elsewhere without asking for them',
    holds: ({ store, run, pending }) => {
      const plannedItem = planned(FIRST);
      const recorded = { response: COMPLETED, meta: { ...META, attempts: 0 } };
      store.addToPlan(run, [
        {
          item: FIRST,
          responses: plannedItem.responses.map((response) => ({ ...response, recorded })),
        },
      ]);
      expect(pending().map(({ answer }) => answer)).toEqual(['an answer']);
      expect(store.trackCounts(run)[0]).toMatchObject({ planned: 1, stored: 1 });
    },
  },
];

/** What every store of runs must do. */
export const runStoreRules = RULES.map(
  ({ rule, holds }) => [rule, async (store: RunStore) => holds(makeScene(store))] as const,
);
