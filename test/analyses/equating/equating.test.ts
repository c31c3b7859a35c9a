import { expect, it } from 'vitest';
import { compareAcrossBridge } from '../../../src/analyses/comparison/compare-equated.ts';
import {
  type BridgedAnswer,
  bridgeSchema,
  buildBridge,
} from '../../../src/analyses/equating/equating.ts';
import type { ScoredSeries } from '../../../src/series/scores/scored-series.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { repetitions, shareOf, tolerance } from '../../stats/monte-carlo.ts';

const REPS = repetitions(200);
const judges = {
  old: { key: 'old', name: 'Old', run: 'r' },
  new: { key: 'new', name: 'New', run: 'r' },
};
const CULTURES = [
  { culture: 'Arab', intercept: 2, slope: 0.7 },
  { culture: 'Chinese', intercept: -1, slope: 1.2 },
];
const PER_CULTURE = 40;
const NOISE = 0.7;

/** Bridge answers, and two models on other questions of which the second is better by `gain` (old scale). */
function simulate(rep: number, gain: number) {
  const random = createRandom(`bridge ${rep}`);
  const old = (quality: number) => quality + NOISE * random.normal();
  // Equally reliable: noise in proportion to the scale.
  const renew = ({ intercept, slope }: (typeof CULTURES)[number], quality: number) =>
    (quality + NOISE * random.normal() - intercept) / slope;
  const answers = CULTURES.flatMap((line) =>
    Array.from({ length: PER_CULTURE }, (_, index): BridgedAnswer => {
      const quality = 6 + 1.5 * random.normal();
      const { culture } = line;
      return {
        culture,
        cluster: `${culture} ${index}`,
        model: `M${index % 2}`,
        old: old(quality),
        new: renew(line, quality),
      };
    }),
  );
  const questions = CULTURES.flatMap((line) =>
    Array.from({ length: PER_CULTURE }, (_, index) => {
      const quality = 5.5 + 1.2 * random.normal();
      const name = `${line.culture} ${index}`;
      const better = quality + gain + 0.5 * random.normal();
      return { name, line, baseline: old(quality), candidate: renew(line, better) };
    }),
  );
  const series = (key: 'baseline' | 'candidate', judgeKey: string): ScoredSeries => ({
    label: key,
    judgeKey,
    scale: 'rating',
    rows: questions.map((question) => ({
      item: question.name,
      id: question.name,
      culture: question.line.culture,
      category: 'Opinion',
      scope: null,
      cluster: null,
      rating: question[key],
      planned: 1,
      rated: 1,
    })),
  });
  return { answers, candidate: series('candidate', 'new'), baseline: series('baseline', 'old') };
}

it('finds each culture’s own line, and keeps it through a file', () => {
  const bridge = buildBridge(simulate(0, 0).answers, judges);
  for (const { culture, slope } of CULTURES) {
    const found = bridge.cultures.find((line) => line.culture === culture);
    expect(found?.slopeLow).toBeLessThan(slope);
    expect(found?.slopeHigh).toBeGreaterThan(slope);
  }
  expect(bridgeSchema.parse(JSON.parse(JSON.stringify(bridge)))).toEqual(bridge);
  expect(bridge.limits.join(' ')).toMatch(/single ratings/u);
});

it('covers the true difference in about 95 % of comparisons, the bridge’s error included', () => {
  const covered = shareOf(REPS, (rep) => {
    const { answers, candidate, baseline } = simulate(rep, 0.5);
    const bridge = buildBridge(answers, judges);
    const [pair] = compareAcrossBridge([candidate, baseline], bridge, { flips: 99 }).comparisons;
    const [total] = pair?.rows ?? [];
    return (total?.low ?? 9) <= 0.5 && (total?.high ?? -9) >= 0.5;
  });
  expect(covered).toBeGreaterThanOrEqual(0.95 - tolerance(0.95, REPS) - 0.01);
  expect(covered).toBeLessThan(0.995);
});

it('is wider than a comparison that takes the bridge for certain', () => {
  const { answers, candidate, baseline } = simulate(1, 0.5);
  const bridge = buildBridge(answers, judges);
  const certain = {
    ...bridge,
    cultures: bridge.cultures.map((line) => ({
      ...line,
      covariance: { intercept: 0, slope: 0, both: 0 },
    })),
  };
  const width = (used: typeof bridge) => {
    const [pair] = compareAcrossBridge([candidate, baseline], used, { flips: 99 }).comparisons;
    const [total] = pair?.rows ?? [];
    return (total?.high ?? 0) - (total?.low ?? 0);
  };
  expect(width(bridge)).toBeGreaterThan(1.05 * width(certain));
});

it('refuses cultures and judges that it was not made for', () => {
  const { answers, candidate, baseline } = simulate(2, 0);
  const arab = buildBridge(
    answers.filter(({ culture }) => culture === 'Arab'),
    judges,
  );
  expect(() => compareAcrossBridge([candidate, baseline], arab)).toThrow(
    /questions of Chinese, which the bridge does not cover \(Arab\)/u,
  );
  const other = { ...baseline, judgeKey: 'another' };
  expect(() => compareAcrossBridge([candidate, other], arab)).toThrow(/not rated by these two/u);
  expect(() => buildBridge(answers.slice(0, 10), judges)).toThrow(/no culture has 20/u);
});
