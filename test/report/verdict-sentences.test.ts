import { expect, test } from 'vitest';
import type { RunSummary } from '../../src/analyses/summary/schema.ts';
import { plainText } from '../../src/render/safe-text.ts';
import { runVerdict } from '../../src/report/words/headline.ts';
import type { Slice, SliceEstimate } from '../../src/series/schema.ts';

type Figure = readonly [value: number | null, low: number | null, high: number | null];

function figure(
  model: string,
  by: Slice,
  [value, low, high]: Figure,
  part: Partial<SliceEstimate> = {},
): SliceEstimate {
  return {
    model,
    variant: null,
    style: 'zero-shot',
    judge: 'J',
    by,
    estimate: { value, low, high, n: 30, missing: 0, method: 'mean' },
    macro: null,
    tiedWithBest: null,
    frozen: null,
    spread: null,
    ...part,
  };
}

function summary(estimates: SliceEstimate[], part: Partial<RunSummary> = {}): RunSummary {
  const cultures = [...new Set(estimates.flatMap(({ by }) => by.culture ?? []))];
  return {
    version: 1,
    run: { id: 'r', name: 'r', provenance: {} },
    models: [],
    questions: 60,
    cultures,
    categories: [],
    scopes: [],
    planned: 120,
    rated: 120,
    estimand: '',
    ties: '',
    estimates,
    scopeContrasts: [],
    components: [],
    missingness: { bounds: [], cultures: [], models: [] },
    coverage: [],
    ...part,
  };
}

function said(run: RunSummary): string[] {
  const { question, sentences } = runVerdict(run);
  return [question, ...sentences].map(plainText);
}

const chinese = { culture: 'Chinese' };
const arab = { culture: 'Arab' };

test('a leader everywhere is named with its figures and the next', () => {
  expect(
    said(
      summary([
        figure('A', {}, [8, 7.5, 8.5]),
        figure('B', {}, [6, 5.5, 6.5]),
        figure('A', chinese, [8, 7.4, 8.6]),
        figure('B', chinese, [6, 5.4, 6.6]),
        figure('A', arab, [8, 7.4, 8.6]),
        figure('B', arab, [6, 5.4, 6.6]),
      ]),
    ),
  ).toEqual([
    'How well do 2 models answer 60 questions on Chinese and Arab culture?',
    'A (8.00 [7.50, 8.50]) leads overall and on Chinese and Arab alike, ahead of B (6.00 [5.50, 6.50]).',
    'No lead is shared, and none of the 120 planned ratings is missing.',
  ]);
});

test('overlapping intervals are a tie, and another may lead elsewhere', () => {
  expect(
    said(
      summary(
        [
          figure('A', {}, [7, 6.4, 7.6]),
          figure('B', {}, [6.5, 6, 7]),
          figure('A', chinese, [8, 7.4, 8.6]),
          figure('B', chinese, [6, 5.4, 6.6]),
          figure('A', arab, [6, 5.4, 6.6]),
          figure('B', arab, [6.8, 6.2, 7.4]),
        ],
        { rated: 118 },
      ),
    ).slice(1),
  ).toEqual([
    'No model leads overall: A (7.00 [6.40, 7.60]) and B (6.50 [6.00, 7.00]) are too close to call; A leads on Chinese.',
    'Too close to call: B and A on Arab; 2 of 120 planned ratings are missing (1.7 %).',
  ]);
});

test('a lead that one prompting style does not show is none', () => {
  const other = { style: 'role-play' };
  const [, sentence] = said(
    summary([
      figure('A', {}, [8, 7.5, 8.5]),
      figure('B', {}, [6, 5.5, 6.5]),
      figure('A', {}, [7, 6.5, 7.5], other),
      figure('B', {}, [6.8, 6.3, 7.3], other),
    ]),
  );
  expect(sentence).toBe(
    'No model leads overall: A (7.00–8.00) and B (6.00–6.80) are too close to call.',
  );
});

test('a figure without an interval keeps the highest from leading', () => {
  const [, sentence] = said(
    summary([figure('A', {}, [8, 7.5, 8.5]), figure('B', {}, [3, null, null])]),
  );
  expect(sentence).toContain('No model leads overall');
});

test('variants are held against their baselines', () => {
  const model = { model: 'A', size: null, dataShare: null };
  const [, sentence] = said(
    summary(
      [
        figure('A', {}, [6, 5.5, 6.5], { variant: 'Vanilla' }),
        figure('A', {}, [8, 7.5, 8.5], { variant: 'Aligned' }),
        figure('A', {}, [6.2, 5.7, 6.7], { variant: 'Other' }),
      ],
      {
        models: [
          { ...model, variant: 'Vanilla', baseline: null },
          { ...model, variant: 'Aligned', baseline: 'Vanilla' },
          { ...model, variant: 'Other', baseline: 'Vanilla' },
        ],
      },
    ),
  );
  expect(sentence).toContain(
    '; A (Aligned) is above its baseline and A (Other) is not shown to differ from its baseline.',
  );
});

test('one model is described by itself', () => {
  expect(
    said(
      summary([
        figure('A', {}, [7, 6.5, 7.5]),
        figure('A', chinese, [8, 7.4, 8.6]),
        figure('A', arab, [6, 5.4, 6.6]),
      ]),
    ).slice(0, 2),
  ).toEqual([
    'How well does A answer 60 questions on Chinese and Arab culture?',
    'A reaches a mean rating of 7.00 [6.50, 7.50] out of 10, highest on Chinese (8.00) and lowest on Arab (6.00).',
  ]);
});

test('a run without ratings says so and claims nothing', () => {
  const empty = summary(
    [figure('A', {}, [null, null, null]), figure('B', {}, [null, null, null])],
    { rated: 0 },
  );
  expect(said(empty).slice(1)).toEqual([
    'Nothing is rated yet.',
    '120 of 120 planned ratings are missing (100.0 %).',
  ]);
});

function answer(run: RunSummary): string {
  return runVerdict(run).answer.map(plainText).join(' ');
}

test('the answer at the head is at most two short sentences, however many models there are', () => {
  const eight = [...'ABCDEFGH'].map((label, index) =>
    figure(label, {}, [7 - index / 10, 6 - index / 10, 8 - index / 10]),
  );
  expect(answer(summary(eight))).toBe(
    'No model leads: all 8 are too close to call. No rating is missing.',
  );
  const low = ['Y', 'Z'].map((label) => figure(label, {}, [3, 2.5, 3.5]));
  expect(answer(summary([...eight.slice(0, 5), ...low], { rated: 117 }))).toBe(
    'No model leads: A (7.00), B (6.90) and 3 others are too close to call. 3 ratings are missing (2.5 %).',
  );
});

test('a leader’s answer says how many cultures it leads in, and who is next', () => {
  const both = [figure('A', {}, [8, 7.5, 8.5]), figure('B', {}, [6, 5.5, 6.5])];
  const inChinese = [figure('A', chinese, [8, 7.4, 8.6]), figure('B', chinese, [6, 5.4, 6.6])];
  const inArab = [figure('A', arab, [8, 7.4, 8.6]), figure('B', arab, [6, 5.4, 6.6])];
  const levelInArab = [figure('A', arab, [7, 6.4, 7.6]), figure('B', arab, [6.8, 6.2, 7.4])];
  expect(answer(summary([...both, ...inChinese, ...inArab]))).toBe(
    'A (8.00) leads overall and in both cultures, ahead of B (6.00). No rating is missing.',
  );
  expect(answer(summary([...both, ...inChinese, ...levelInArab], { rated: 119 }))).toBe(
    'A (8.00) leads overall and in 1 of 2 cultures, ahead of B (6.00). 1 rating is missing (0.8 %).',
  );
});
