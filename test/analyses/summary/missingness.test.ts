import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeMissing } from '../../../src/analyses/summary/missingness.ts';
import { summarizeRun } from '../../../src/analyses/summary/summarize.ts';
import { mcNemarExact } from '../../../src/stats/distributions/binomial.ts';
import { once, type QuestionSpec, summarySource } from './run.ts';

const summarize = (questions: readonly QuestionSpec[]) => summarizeRun(summarySource(questions));

const rating = fc.integer({ min: 1, max: 10 });
/** Two answers judged twice each, of which any judging may be missing. */
const answers = fc.tuple(
  fc.tuple(fc.option(rating), fc.option(rating)),
  fc.tuple(fc.option(rating), fc.option(rating)),
);

describe('missing ratings', () => {
  it('move the mean no further than its bounds, however they are completed', () => {
    fc.assert(
      fc.property(fc.array(answers, { minLength: 1, maxLength: 6 }), rating, (all, filler) => {
        const spec = (complete: boolean) =>
          all.map((judged) => ({
            culture: 'Chinese',
            ratings: {
              A: judged.map((judgings) =>
                judgings.map((given) => given ?? (complete ? filler : null)),
              ),
            },
          }));
        const [bounds] = summarize(spec(false)).missingness.bounds;
        if (!bounds) return;
        const value = summarize(spec(true)).estimates[0]?.estimate.value ?? Number.NaN;
        expect(value).toBeGreaterThanOrEqual(bounds.low - 1e-9);
        expect(value).toBeLessThanOrEqual(bounds.high + 1e-9);
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it('have bounds for the total and each culture that misses any, and none elsewhere', () => {
    const summary = summarize([
      { culture: 'Chinese', ratings: { A: once(6) } },
      { culture: 'Chinese', ratings: { A: once(null) } },
      { culture: 'Arab', ratings: { A: once(8) } },
    ]);
    // Total (6 + 8 + 1 or 10) / 3; Chinese (6 + 1 or 10) / 2.
    expect(summary.missingness.bounds.map(({ by, low, high }) => ({ by, low, high }))).toEqual([
      { by: {}, low: 5, high: 8 },
      { by: { culture: 'Chinese' }, low: 3.5, high: 8 },
    ]);
  });

  it('are tested for a difference between cultures by Fisher’s exact test', () => {
    const culture = (name: string, rated: number, missing: number) => [
      ...Array.from({ length: rated }, () => ({ culture: name, ratings: { A: once(5) } })),
      ...Array.from({ length: missing }, () => ({ culture: name, ratings: { A: once(null) } })),
    ];
    const { missingness } = summarize([...culture('Chinese', 1, 3), ...culture('Arab', 3, 1)]);
    // Fisher's tea: two-sided p = 34/70.
    expect(missingness.cultures[0]?.p).toBeCloseTo(34 / 70, 10);
    expect(missingness.cultures[0]?.counts).toEqual([
      { culture: 'Chinese', missing: 3, questions: 4 },
      { culture: 'Arab', missing: 1, questions: 4 },
    ]);
  });

  it('are tested for a difference between models, question by question, by McNemar’s', () => {
    const pair = (a: number | null, b: number | null, count: number) =>
      Array.from({ length: count }, () => ({
        culture: 'Chinese',
        ratings: { A: once(a), B: once(b) },
      }));
    const { missingness } = summarize([
      ...pair(5, 5, 10),
      ...pair(null, 5, 6),
      ...pair(5, null, 1),
      ...pair(null, null, 2),
    ]);
    expect(missingness.models).toMatchObject([
      { model: 'A', against: { model: 'B' }, onlyThis: 6, onlyOther: 1 },
    ]);
    // 2 (1 + 7) / 2⁷.
    expect(missingness.models[0]?.p).toBeCloseTo(16 / 128, 12);
    expect(mcNemarExact(6, 1)).toBeCloseTo(16 / 128, 12);
  });

  it('leave no trace where there are none', () => {
    const { missingness } = summarize([{ culture: 'Chinese', ratings: { A: once(6) } }]);
    expect(missingness).toEqual({ bounds: [], cultures: [], models: [] });
  });
});

it('missing ratings weigh as many judgings as are missing, of planned questions alone', () => {
  // Judged three times: 8, 6 and nothing, (14 + 1 or 10) / 3; then the mean with 6, 6 and 6. The third
  // question was never put to A.
  const summary = summarize([
    { culture: 'Chinese', scope: 'Worldwide', ratings: { A: [[8, 6, null]], B: [[5, 5, 5]] } },
    { culture: 'Chinese', scope: 'Worldwide', ratings: { A: [[6, 6, 6]], B: [[5, 5, 5]] } },
    { culture: 'Chinese', scope: 'Nationwide', ratings: { B: [[5, 5, 5]] } },
  ]);
  const { bounds } = summary.missingness;
  expect(bounds.map(({ model, by, low, high }) => [model, by, low, high])).toEqual([
    ['A', {}, 5.5, 7],
    ['A', { culture: 'Chinese' }, 5.5, 7],
  ]);
});

it('missing candidates of the best of several answers count, and can only have been higher', () => {
  // 12 questions, best of 3, 3 of 36 candidates unrated on three questions: (9 × 7 + 3 × 7) / 12 = 7
  // at the lowest, (9 × 7 + 3 × 10) / 12 = 7.75 at the highest.
  const source = summarySource(
    Array.from({ length: 12 }, (_, index) => ({
      culture: 'Chinese',
      ratings: { A: [[7], [5], [index < 3 ? null : 6]] },
    })),
  );
  const [model] = source.run.definition.models;
  if (!model) throw new Error('the run has a model');
  const best = { ...model, best: 3 };
  const scores = [...source.scores].map((score) => ({ ...score, rating: 7 }));
  const definition = { ...source.run.definition, models: [best] };
  const summary = summarizeRun({ ...source, run: { ...source.run, definition }, scores });
  expect(summary.estimates[0]?.estimate).toMatchObject({ value: 7, missing: 3 });
  expect(summary.missingness.bounds[0]).toMatchObject({ by: {}, low: 7, high: 7.75 });
});

it('a question whose trials are not kept apart weighs by what was rated', () => {
  const [question] = summarySource([{ culture: 'Arab', ratings: { A: once(8) } }]).items;
  if (!question) throw new Error('the run has a question');
  const series = {
    position: { model: 0, style: 0, judge: 0 },
    names: { model: 'A', variant: null, style: 'zero-shot', judge: 'J' },
    ...{ scale: 'rating' as const, raterKey: 'J', ratings: Float64Array.of(8), best: false },
    ...{ planned: Int32Array.of(4), rated: Int32Array.of(3) },
  };
  const { bounds } = describeMissing({
    table: { items: [{ ...question, item: 1 }], placeOf: new Map([[1, 0]]), series: [series] },
    slices: [{ by: {}, cells: [Int32Array.of(0)] }],
    ratingSum: () => undefined,
  });
  // (3 · 8 + 1) / 4 and (3 · 8 + 10) / 4.
  expect(bounds).toMatchObject([{ low: 6.25, high: 8.5 }]);
});
