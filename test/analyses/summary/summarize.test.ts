import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RunSummary, runSummarySchema } from '../../../src/analyses/summary/schema.ts';
import { summarizeRun } from '../../../src/analyses/summary/summarize.ts';
import { jsonSchema } from '../../../src/domain/json.ts';
import type { Slice, SliceEstimate } from '../../../src/series/schema.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { once, type QuestionSpec, summarySource } from './run.ts';

const summarize = (questions: readonly QuestionSpec[]) => summarizeRun(summarySource(questions));

function estimateOf(summary: RunSummary, by: Slice, model = 'A'): SliceEstimate {
  const found = summary.estimates.find(
    (entry) => entry.model === model && JSON.stringify(entry.by) === JSON.stringify(by),
  );
  if (!found) throw new Error(`no estimate for ${model} ${JSON.stringify(by)}`);
  return found;
}

/** Questions of two cultures and categories with made-up ratings of two models. */
function questions(count: number, seed = 1): QuestionSpec[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, index) => ({
    culture: index % 2 === 0 ? 'Chinese' : 'Arab',
    category: index % 3 === 0 ? 'Opinion' : 'Literacy',
    scope: index % 5 === 0 ? 'Nationwide' : 'Worldwide',
    ratings: { A: once(1 + random.int(10)), B: once(1 + random.int(10)) },
  }));
}

describe('a summary', () => {
  it('fits its schema and JSON, and says what its intervals speak about', () => {
    const summary = summarize(questions(60));
    expect(runSummarySchema.parse(summary)).toEqual(summary);
    expect(jsonSchema.parse(summary)).toEqual(summary);
    expect(summary.estimand).toMatch(/questions like these/);
  });

  it('is the same for scores and items in any order', () => {
    const source = summarySource(questions(40));
    const expected = summarizeRun(source);
    const [items, scores] = [[...source.items], [...source.scores]];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(items, { minLength: items.length }),
        fc.shuffledSubarray(scores, { minLength: scores.length }),
        (shuffledItems, shuffledScores) => {
          const shuffled = { ...source, items: shuffledItems, scores: shuffledScores };
          expect(summarizeRun(shuffled)).toEqual(expected);
        },
      ),
      { numRuns: 4, seed: 3 },
    );
  });

  it('has the same figures when every judgment is there twice', () => {
    const spec = questions(60);
    const twice = spec.map((question) => ({
      ...question,
      ratings: Object.fromEntries(
        Object.entries(question.ratings).map(([model, [answer = []]]) => [
          model,
          [[...answer, ...answer]],
        ]),
      ),
    }));
    const intervals = (summary: RunSummary) =>
      summary.estimates.map(({ by, estimate: { value, low, high, n } }) => ({
        ...{ by, value, low, high, n },
      }));
    expect(intervals(summarize(twice))).toEqual(intervals(summarize(spec)));
  });
});

describe('an estimate', () => {
  it('keeps the mean over questions as its value and takes the error of that very mean', () => {
    // Chinese: 75 × (6, 8): mean 7, s² = 150/149. Arab: 25 × (1, 3): mean 2, s² = 50/49.
    // Value 1150/200 = 5.75; SE² = (3/4)²/149 + (1/4)²/49 = .0050507;
    // df = .0050507² / (.0037752²/149 + .0012755²/49) = 198.0; t = 1.97202: ± .140149.
    const pairs = (culture: string, count: number, low: number) =>
      Array.from({ length: 2 * count }, (_, index) => ({
        culture,
        ratings: { A: once(low + 2 * (index % 2)) },
      }));
    const summary = summarize([...pairs('Chinese', 75, 6), ...pairs('Arab', 25, 1)]);
    const { estimate, macro } = estimateOf(summary, {});
    expect(estimate.value).toBeCloseTo(5.75, 12);
    expect(estimate.high).toBeCloseTo(5.75 + 0.140149, 5);
    expect(estimate.low).toBeCloseTo(5.75 - 0.140149, 5);
    expect(estimate.method).toBe('mean; 95 % stratified t');
    // The mean of the cells' means is another figure: (7 + 2) / 2.
    expect(macro).toBeCloseTo(4.5, 12);
  });

  it('stays on the scale, holds its value and has width where all ratings are the same', () => {
    for (const count of [1, 2, 10, 40]) {
      const all = Array.from({ length: count }, () => ({
        culture: 'Chinese',
        ratings: { A: once(10) },
      }));
      const { estimate } = estimateOf(summarize(all), { culture: 'Chinese', category: 'Opinion' });
      expect(estimate.value).toBe(10);
      expect(estimate.high).toBe(10);
      expect(estimate.low).toBeGreaterThanOrEqual(1);
      expect(estimate.low).toBeLessThan(10);
    }
  });

  it('is null, not 0, where nothing was rated, and says what is missing', () => {
    const summary = summarize([
      { culture: 'Chinese', ratings: { A: once(null) } },
      { culture: 'Arab', ratings: { A: once(5) } },
    ]);
    expect(estimateOf(summary, { culture: 'Chinese' }).estimate).toEqual({
      value: null,
      low: null,
      high: null,
      n: 0,
      missing: 1,
      method: 'no rating',
    });
    expect(estimateOf(summary, {}).estimate).toMatchObject({ value: 5, n: 1, missing: 1 });
  });
});

describe('an interval', () => {
  it('is not claimed for fewer than five questions of a scope', () => {
    const scoped = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        culture: 'Chinese',
        scope: 'Worldwide',
        ratings: { A: once(4 + index) },
      }));
    expect(estimateOf(summarize(scoped(4)), { scope: 'Worldwide' }).estimate).toMatchObject({
      value: 5.5,
      low: null,
      method: 'mean; n < 5: no interval',
    });
    expect(estimateOf(summarize(scoped(5)), { scope: 'Worldwide' }).estimate.low).not.toBeNull();
  });

  it('is the same for the same ratings, wherever they stand', () => {
    const cell = (culture: string) =>
      [3, 7, 7, 9, 10, 2].map((rating) => ({ culture, ratings: { A: once(rating) } }));
    const summary = summarize([...cell('Chinese'), ...cell('Arab').reverse()]);
    const of = (culture: string) => estimateOf(summary, { culture, category: 'Opinion' }).estimate;
    expect(of('Chinese')).toEqual(of('Arab'));
  });

  it('is wider where questions share a passage', () => {
    const ratings = [2, 2, 3, 3, 9, 9, 10, 10, 6, 6];
    const spec = (clustered: boolean) =>
      ratings.map((rating, index) => ({
        culture: 'Chinese',
        ...(clustered ? { cluster: `passage ${index >> 1}` } : {}),
        ratings: { A: once(rating) },
      }));
    const width = (clustered: boolean) => {
      const { low, high } = estimateOf(summarize(spec(clustered)), {}).estimate;
      return (high ?? 0) - (low ?? 0);
    };
    expect(width(true)).toBeGreaterThan(1.2 * width(false));
  });

  it('tells how ratings spread', () => {
    const summary = summarize(
      [10, 10, 2, 6].map((rating) => ({ culture: 'Chinese', ratings: { A: once(rating) } })),
    );
    // Shares ½ ¼ ¼: entropy ½ ln 2 + 2 · ¼ ln 4 = 1.5 ln 2.
    expect(estimateOf(summary, {}).spread).toEqual({
      sd: expect.closeTo(Math.sqrt((9 + 9 + 25 + 1) / 3), 12),
      top: 0.5,
      atMost3: 0.25,
      modal: 0.5,
      levels: expect.closeTo(2 ** 1.5, 12),
    });
  });
});

describe('ties with the best', () => {
  const shifted = (shift: number) => {
    const random = createRandom('ties');
    return Array.from({ length: 60 }, (_, index) => {
      const rating = 3 + random.int(4);
      return {
        culture: index % 2 === 0 ? 'Chinese' : 'Arab',
        ratings: {
          A: once(rating + shift),
          B: once(rating + (index % 3 === 0 ? 1 : 0)),
          C: once(rating + (index % 3 === 1 ? 1 : 0)),
        },
      };
    });
  };

  it('tells a model that is far above the others from them', () => {
    const summary = summarize(shifted(3));
    const tied = ['A', 'B', 'C'].map((model) => estimateOf(summary, {}, model).tiedWithBest);
    expect(tied).toEqual([true, false, false]);
  });

  it('finds the best of every culture among its own questions', () => {
    // A leads in Arab by 2, B in Chinese by 5 and so in total.
    const summary = summarize(
      Array.from({ length: 60 }, (_, index) => {
        const noise = Math.floor(index / 2) % 2;
        const arab = index % 2 === 0;
        return {
          culture: arab ? 'Arab' : 'Chinese',
          ratings: { A: once(arab ? 7 + noise : 3), B: once(arab ? 5 : 8 + noise) },
        };
      }),
    );
    const tied = (by: object) => ['A', 'B'].map((name) => estimateOf(summary, by, name));
    for (const [by, best] of [
      [{ culture: 'Arab' }, [true, false]],
      [{ culture: 'Chinese' }, [false, true]],
    ] as const) {
      expect(tied(by).map(({ tiedWithBest }) => tiedWithBest)).toEqual(best);
      expect(tied(by).some(({ missingDecides }) => missingDecides === true)).toBe(false);
    }
  });

  it('ties models that differ by chance alone, and tests no scopes', () => {
    const summary = summarize(shifted(0));
    expect(estimateOf(summary, { culture: 'Arab' }, 'B').tiedWithBest).toBe(true);
    expect(estimateOf(summary, { culture: 'Arab' }, 'C').tiedWithBest).toBe(true);
    const cell = { culture: 'Arab', category: 'Opinion' };
    expect(estimateOf(summary, cell, 'B').tiedWithBest).toBe(true);
    const scoped = summarize(questions(60));
    expect(estimateOf(scoped, { scope: 'Nationwide' }).tiedWithBest).toBeNull();
  });
});
