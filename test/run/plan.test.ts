import { describe, expect, onTestFinished, test } from 'vitest';
import { openRunStore } from '../../src/adapters/sqlite/write/run-store.ts';
import type { Item } from '../../src/domain/item.ts';
import type { RunEvent } from '../../src/ports/run-events.ts';
import type { PlannedResponse } from '../../src/ports/run-store.ts';
import type { RunProgram } from '../../src/prepare/program.ts';
import { compileTemplate } from '../../src/prompts/template.ts';
import { planItem, storePlan } from '../../src/run/plan.ts';
import { definition, item } from '../contracts/small-plan.ts';

interface Parts {
  readonly modelKey?: string;
  readonly judgeKey?: string;
  readonly style?: string;
  readonly rubric?: string;
  readonly recorded?: readonly string[];
  readonly trials?: { readonly responses: number; readonly judgments: number };
}

/** One model, style and judge; a part given replaces that of the usual program. */
function program(parts: Parts = {}): RunProgram {
  const base = definition();
  const spec = base.models[0]?.spec;
  if (!spec) throw new Error('no model');
  const { recorded } = parts;
  const model = { key: parts.modelKey ?? 'model', spec };
  const template = (text: string) => compileTemplate({ file: 't.hbs', text });
  const user = template(parts.style ?? 'Q: {{question}}');
  return {
    definition: {
      ...base,
      models: [{ ...model, baseline: null, best: null, size: null, dataShare: null, family: null }],
      judges: [
        {
          key: parts.judgeKey ?? 'judge',
          spec,
          family: null,
          verdict: 'text',
          expectedRating: false,
        },
      ],
    },
    models: [
      {
        spec,
        strictParams: false,
        price: null,
        endpoint: recorded === undefined ? 'gpu' : null,
        cultures: null,
        recorded: recorded === undefined ? null : () => recorded,
      },
    ],
    styles: [recorded === undefined ? { name: 'zero-shot', user, system: null } : null],
    judges: [
      {
        spec,
        strictParams: false,
        price: null,
        endpoint: 'gpu',
        reask: 2,
        verdict: { format: 'text' },
        expectedRating: false,
      },
    ],
    rubricOf: () => ({
      name: 'r',
      template: template(parts.rubric ?? '{{response}}'),
      translations: new Map(),
    }),
    tasks: new Map(),
    trials: parts.trials ?? { responses: 1, judgments: 1 },
  };
}

function planned(parts: Parts = {}, of: Partial<Item> = {}): readonly PlannedResponse[] {
  return planItem(program(parts), item('a', of)).responses;
}

/** Keys of the only answer and the only judgment. */
function keys(parts: Parts = {}, of: Partial<Item> = {}): { answer: string; judgment: string } {
  const [response] = planned(parts, of);
  const [judgment] = response?.judgments ?? [];
  if (!response || !judgment) throw new Error('nothing planned');
  return { answer: response.key, judgment: judgment.key };
}

describe('keys', () => {
  const usual = keys();

  test('are the same for the same plan, and hashes', () => {
    expect(keys()).toEqual(usual);
    expect(usual.answer).toMatch(/^[0-9a-f]{64}$/);
    expect(usual.judgment).not.toBe(usual.answer);
  });

  test.each<[string, Parts, Partial<Item>]>([
    ['model', { modelKey: 'another' }, {}],
    ['prompt', { style: 'Question: {{question}}' }, {}],
    ['question', {}, { question: 'b' }],
    ['question by an outer space', {}, { question: ' a？ "<& ' }],
  ])('another %s is another answer and another judgment', (_what, parts, of) => {
    const other = keys(parts, of);
    expect(other.answer).not.toBe(usual.answer);
    expect(other.judgment).not.toBe(usual.judgment);
  });

  test.each<[string, Parts, Partial<Item>]>([
    ['reference', {}, { reference: 'mended' }],
    ['rubric', { rubric: '{{response}}!' }, {}],
    ['judge', { judgeKey: 'another' }, {}],
    ['category', {}, { category: 'Opinion' }],
    ['culture', {}, { culture: 'Arab' }],
    ['language', {}, { language: 'ar' }],
    ['scope', {}, { scope: 'Worldwide' }],
  ])('another %s is judged anew, its answer kept', (_what, parts, of) => {
    const other = keys(parts, of);
    expect(other.answer).toBe(usual.answer);
    expect(other.judgment).not.toBe(usual.judgment);
  });

  test.each<[string, Partial<Item>]>([
    ['id', { id: 'renamed' }],
    ['cluster', { cluster: 'passage 7' }],
    ['association', { association: 'Native' }],
  ])('another %s changes neither', (_what, of) => {
    expect(keys({}, of)).toEqual(usual);
  });
});

test('every trial of answer and judgment has a key of its own', () => {
  const responses = planned({ trials: { responses: 3, judgments: 2 } });
  expect(responses.map(({ trial }) => trial)).toEqual([0, 1, 2]);
  const all = responses.flatMap(({ key, judgments }) => [key, ...judgments.map((j) => j.key)]);
  expect(new Set(all).size).toBe(9);
  // The first trial is the one that a run with a single trial has.
  expect(all.slice(0, 2)).toEqual(Object.values(keys()));
});

describe('recorded answers', () => {
  test('are planned as they are, one trial each, and judged', () => {
    const responses = planned({ recorded: ['first', 'second'] });
    expect(responses.map(({ trial, recorded }) => [trial, recorded?.response])).toEqual([
      [0, { status: 'completed', text: 'first', reasoning: null }],
      [1, { status: 'completed', text: 'second', reasoning: null }],
    ]);
    expect(responses.flatMap(({ judgments }) => judgments)).toHaveLength(2);
    expect(responses[0]?.recorded?.meta).toMatchObject({ attempts: 0, usage: null });
  });

  test('that hold a verdict are marked as suspect', () => {
    const suspects = planned({ recorded: ['Tea. Rating: [[10]]', 'Tea.'] }).map(
      ({ recorded }) => recorded?.meta.suspect,
    );
    expect(suspects).toEqual([true, false]);
  });

  test('that are equal stay trials of their own', () => {
    const responses = planned({ recorded: ['same', 'same'] });
    expect(new Set(responses.map(({ key }) => key)).size).toBe(2);
  });

  test.each([
    ['is missing', []],
    ['is blank', [' \n']],
  ])('one that %s stays in the plan as an empty one', (_what, recorded) => {
    expect(planned({ recorded })).toMatchObject([
      { trial: 0, recorded: { response: { status: 'empty', cause: 'no-text' } } },
    ]);
  });
});

describe('a large plan', () => {
  const QUESTIONS = 1203;
  async function* questions() {
    for (let index = 0; index < QUESTIONS; index += 1)
      yield item(`q${index}`, { question: `Question ${index}?` });
  }

  test('is written in batches, each item once, and its progress is told', async () => {
    const store = openRunStore(':memory:');
    onTestFinished(() => store.close());
    const events: RunEvent[] = [];
    const of = program();
    const { id, planned: before } = store.openRun(of.definition);
    expect(before).toBe(false);
    const scan = { selectedCount: QUESTIONS };
    await storePlan({ program: of, items: questions, scan }, store, id, (event) =>
      events.push(event),
    );
    expect(events).toEqual([
      { kind: 'planning', questions: 500, of: QUESTIONS },
      { kind: 'planning', questions: 1000, of: QUESTIONS },
    ]);
    expect(store.countRun(id).responses.pending).toBe(QUESTIONS);
    expect(store.countRun(id).judgments.pending).toBe(QUESTIONS);
    // A plan that was written to its end is not written again.
    expect(store.openRun(of.definition)).toEqual({ id, planned: true });
  });
});
