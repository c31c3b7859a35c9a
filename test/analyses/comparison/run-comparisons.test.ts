import { describe, expect, it } from 'vitest';
import { compareAll } from '../../../src/analyses/comparison/compare.ts';
import { testsByT } from '../../../src/analyses/comparison/significance.ts';
import { analyzeRun, type SummarySource } from '../../../src/analyses/summary/summarize.ts';
import { contrastDesign } from '../../../src/series/contrasts/strata.ts';
import { seriesOfRun } from '../../../src/series/scores/scored-series.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { once, type QuestionSpec, summarySource } from '../summary/run.ts';

/** 24 questions of two cultures and categories; `lift` is what a model's ratings lie above chance. */
function questions(lift: Readonly<Record<string, number>>): QuestionSpec[] {
  const random = createRandom('comparisons');
  return Array.from({ length: 24 }, (_, index) => ({
    culture: index % 2 === 0 ? 'Chinese' : 'Arab',
    category: index % 4 < 2 ? 'Opinion' : 'Literacy',
    ratings: Object.fromEntries(
      Object.entries(lift).map(([model, above]) => [model, once(1 + random.int(5) + above)]),
    ),
  }));
}

/** The same run with other roles for its models, or further scores. */
function changed(source: SummarySource, part: Partial<SummarySource>): SummarySource {
  return { ...source, ...part };
}

describe('the comparisons of a report', () => {
  it('have the figures that `compare` gives for the same series', () => {
    const source = summarySource(questions({ A: 0, B: 1, C: 3 }));
    const { definition } = source.run;
    const [comparison] = analyzeRun(source).comparisons;
    const series = seriesOfRun({ definition, items: source.items, scores: source.scores });
    // The report puts the higher mean first: C, B, A.
    const expected = compareAll([...series].reverse());
    expect(comparison).toMatchObject({ style: 'zero-shot', pairs: 3, shown: 'all' });
    expect(comparison?.set.test).toEqual(expected.test);
    expect(comparison?.set.comparisons).toEqual(expected.comparisons);
  });

  it('of more than four models are the best against the others, and variants against baselines', () => {
    const source = summarySource(questions({ A: 0, B: 1, C: 2, D: 3, E: 4 }));
    const [vanilla, tuned, ...others] = source.run.definition.models;
    if (!vanilla || !tuned) throw new Error('the run has no models');
    const models = [
      { ...vanilla, spec: { ...vanilla.spec, name: 'A', variant: 'Vanilla' } },
      { ...tuned, baseline: 'Vanilla', spec: { ...tuned.spec, name: 'A', variant: 'Tuned' } },
      ...others,
    ];
    const definition = { ...source.run.definition, models };
    const [comparison] = analyzeRun(
      changed(source, { run: { ...source.run, definition } }),
    ).comparisons;
    const pairs = comparison?.set.comparisons.map(
      ({ candidate, baseline }) => `${candidate} - ${baseline}`,
    );
    expect(pairs).toEqual(
      expect.arrayContaining(['E - D', 'E - C', 'E - A (Tuned)', 'E - A (Vanilla)']),
    );
    expect(pairs).toContain('A (Tuned) - A (Vanilla)');
    expect(pairs).toHaveLength(5);
    expect(comparison).toMatchObject({ pairs: 10, shown: 'best-and-baselines' });
  });

  it('are none where more than 5 % of the questions are not common, and then nothing is tied by test', () => {
    const some = questions({ A: 0, B: 1 }).map((question, index): QuestionSpec => {
      const { A = once(null) } = question.ratings;
      return index < 2 ? { ...question, ratings: { A } } : question;
    });
    const { comparisons, summary } = analyzeRun(summarySource(some));
    expect(comparisons).toEqual([]);
    expect(summary.estimates.every(({ tiedWithBest }) => tiedWithBest === null)).toBe(true);
    expect(summary.ties).toBe('no ties tested');
  });
});

describe('differences from a baseline', () => {
  it('are paired by question, so that what moves both sides alike does not widen them', () => {
    // B is one above A on every even question of a category, equal on the others: mean +0.5.
    const paired = Array.from({ length: 8 }, (_, index): QuestionSpec => {
      const base = 1 + (index % 4) * 2;
      return { culture: 'Arab', ratings: { A: once(base), B: once(base + ((index + 1) % 2)) } };
    });
    const source = summarySource(paired);
    const definition = {
      ...source.run.definition,
      models: source.run.definition.models.map((model, index) => ({
        ...model,
        baseline: index === 1 ? 'Vanilla' : null,
        spec: { ...model.spec, name: 'M', variant: index === 1 ? 'Tuned' : 'Vanilla' },
      })),
    };
    const { summary } = analyzeRun(changed(source, { run: { ...source.run, definition } }));
    const total = summary.differences?.find(({ by }) => Object.keys(by).length === 0);
    expect(total).toMatchObject({ model: 'M', variant: 'Tuned', baseline: 'Vanilla' });
    expect(total?.estimate).toMatchObject({ value: 0.5, n: 8, missing: 0 });
    // Differences 1 and 0, four each: s² = 8 · .25 / 7, SE = .188982, t(.975; 7) = 2.364624.
    expect(total?.estimate.low).toBeCloseTo(0.5 - 2.364624 * 0.188982, 5);
    expect(total?.estimate.high).toBeCloseTo(0.5 + 2.364624 * 0.188982, 5);
  });
});

describe('ties', () => {
  it('compare models within one prompting style, and styles within one model', () => {
    const source = summarySource(questions({ A: 0, B: 4 }));
    const [style] = source.run.definition.styles;
    // Under role-play A gains 5 points, so that it leads there; B stays as it is.
    const roleplay = [...source.scores].map((score) => ({
      ...score,
      style: 1,
      rating: score.rating === null || score.model === 1 ? score.rating : score.rating + 5,
    }));
    const definition = {
      ...source.run.definition,
      styles: style ? [style, { ...style, name: 'role-play' }] : [],
    };
    const { summary } = analyzeRun(
      changed(source, {
        run: { ...source.run, definition },
        scores: [...source.scores, ...roleplay],
      }),
    );
    const whole = summary.estimates.filter(({ by }) => Object.keys(by).length === 0);
    expect(
      whole.map(({ model, style: own, tiedWithBest, tiedWithBestWay }) => [
        `${model} ${own}`,
        tiedWithBest,
        tiedWithBestWay,
      ]),
    ).toEqual([
      ['A zero-shot', false, false],
      ['A role-play', true, true],
      // Of B's two styles none is better; that A's role-play beats both is another table's matter.
      ['B zero-shot', true, true],
      ['B role-play', expect.any(Boolean), true],
    ]);
  });

  it('fall back on paired t with Bonferroni for more pairs than flips are affordable for', () => {
    const design = contrastDesign(
      Array.from({ length: 8 }, (_, item) => ({
        item,
        culture: 'Arab',
        category: 'Opinion',
        cluster: null,
      })),
      'rating',
    );
    const tests = testsByT(design, 10)([1, 2, 3, 4, 5, 6, 7, 8]);
    // Mean 4.5, SE √(6/8): t = 5.196152 on 7 df, p = .00125832 (numerical integration).
    const [total, culture] = tests;
    expect(total?.p).toBeCloseTo(0.00125832, 8);
    expect(total?.adjusted).toBeCloseTo(0.0125832, 7);
    // The one culture and category are the total, and tested once.
    expect(culture).toEqual(total);
  });
});
