import { expect, it } from 'vitest';
import { describeAgreement } from '../../src/analyses/agreement/agreement.ts';
import { compareAll } from '../../src/analyses/comparison/compare.ts';
import { measurePaired } from '../../src/analyses/gate/differences/paired.ts';
import { evaluateGate } from '../../src/analyses/gate/evaluate.ts';
import { summarizeRun } from '../../src/analyses/summary/summarize.ts';
import { seriesOfRun } from '../../src/series/scores/scored-series.ts';
import { policyOf } from './gate/series.ts';
import { once, type QuestionSpec, summarySource } from './summary/run.ts';

const of = (
  n: number,
  ratings: (index: number) => Readonly<Record<string, number | null>>,
): QuestionSpec[] =>
  Array.from({ length: n }, (_, index) => ({
    culture: index % 2 === 0 ? 'Arab' : 'Chinese',
    ratings: Object.fromEntries(
      Object.entries(ratings(index)).map(([model, rating]) => [model, once(rating)]),
    ),
  }));

const STORES: Readonly<Record<string, QuestionSpec[]>> = {
  'all equal': of(12, () => ({ A: 7, B: 7 })),
  'all at the top': of(12, () => ({ A: 10, B: 10 })),
  'one apart everywhere': of(12, () => ({ A: 8, B: 7 })),
  'one question': of(1, () => ({ A: 8, B: 3 })),
  'two questions': of(2, (index) => ({ A: 8, B: 3 + index })),
  'three questions': of(3, () => ({ A: 9, B: 4 })),
  'one model': of(8, (index) => ({ A: 1 + index })),
  'nothing rated': of(6, () => ({ A: null, B: null })),
  'the ends of the scale': of(4, (index) => ({ A: index < 2 ? 10 : 1, B: index < 2 ? 1 : 10 })),
  'one side unrated': of(6, (index) => ({ A: 5 + (index % 3), B: null })),
};

/** Paths of numbers that no figure may be. */
function faults(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return isImpossible(value, path) ? [`${path} = ${value}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => faults(inner, `${path}.${key}`));
}

function isImpossible(value: number, path: string): boolean {
  const key = path.split('.').at(-1) ?? '';
  if (!Number.isFinite(value)) return true;
  if (/^(p|adjusted|randomP)$/u.test(key)) return value === 0;
  if (/^(se|sd|variance|between|df)$/u.test(key)) return value < 0;
  // An end of an interval: of a rating, within 1 and 10; of a difference, within 9 either way.
  if (!/^(low|high|lower|upper|worstLower)$/u.test(key)) return false;
  return value < -9 || value > (/\.(estimate|missingness)\b/u.test(path) ? 10 : 9);
}

it.each(Object.entries(STORES))('a store with %s has no impossible number', (_, questions) => {
  const source = summarySource(questions);
  const summary = summarizeRun(source);
  expect(summary.estimates.length).toBeGreaterThan(0);
  expect(faults(summary)).toEqual([]);
  const series = seriesOfRun({ ...source, definition: source.run.definition });
  const [first, second] = series;
  if (!first || !second) return;
  expect(faults(compareAll(series, { flips: 99 }))).toEqual([]);
  const policy = policyOf();
  const pairs = [{ candidate: first, baseline: second }];
  const evidence = measurePaired(pairs, policy, { bridge: false, flips: 99 });
  expect(faults(evaluateGate(evidence, policy))).toEqual([]);
});

it.each([
  ['all equal', () => [7, 7, 7]],
  ['equal but for one rater', () => [7, 7, 8]],
  ['full agreement', (index: number) => [3 + index, 3 + index, 3 + index]],
] as const)('agreement with %s has no impossible number', (_, ratings) => {
  for (const n of [1, 2, 3, 6]) {
    const answers = Array.from({ length: n }, (_unused, index) => ({
      ...{ answer: `a${index}`, cluster: `q${index}`, culture: 'Arab', category: 'Opinion' },
      ...{ system: 'M', names: { model: 'M', variant: null, style: 'zero-shot' } },
      judges: new Map([['J', ratings(index)[0] ?? null]]),
      raters: ratings(index).map((rating, rater) => ({ rater: `r${rater}`, rating })),
    }));
    const report = describeAgreement(
      { runs: ['r'], answers, judges: ['J'], ratings: 3 * n, rescaled: 0, sources: [] },
      { seed: 1, resamples: 50 },
    );
    expect(faults(report)).toEqual([]);
    const figures = report.agreements.flatMap(({ slices }) =>
      slices.flatMap(({ levels }) => levels.flatMap((level) => Object.values(level.figures))),
    );
    // Perfect agreement on few answers is no interval of one point.
    expect(figures.filter(({ low, high }) => low !== null && low === high)).toEqual([]);
  }
});
