import { describe, expect, it } from 'vitest';
import { estimateMean } from '../../../src/stats/means/describe.ts';
import { tInterval } from '../../../src/stats/means/intervals.ts';
import { createRandom, type Random } from '../../../src/stats/random/random.ts';
import { predictionPoweredMean, tuneLambda } from '../../../src/stats/scales/ppi.ts';
import { repetitions, tolerance } from '../monte-carlo.ts';

const input = {
  human: [6, 7, 4, 8, 9, 5, 7, 6],
  judge: [7, 8, 6, 8, 9, 7, 8, 6],
  judgeOnly: [8, 7, 9, 6, 8, 8, 5, 9, 7, 8, 7, 9],
};

/** A human rating and a judge that correlates with it by `rho` and is .8 lenient. */
function drawPair(random: Random, rho: number) {
  const human = 6 + 2 * random.normal();
  const noise = 2 * Math.sqrt(1 - rho ** 2) * random.normal();
  return { human, judge: 6.8 + rho * (human - 6) + noise };
}

function drawStudy(random: Random, n: number, rho: number) {
  const labelled = Array.from({ length: n }, () => drawPair(random, rho));
  return {
    human: labelled.map((pair) => pair.human),
    judge: labelled.map((pair) => pair.judge),
    judgeOnly: Array.from({ length: 400 }, () => drawPair(random, rho).judge),
  };
}

describe('predictionPoweredMean', () => {
  it('gives λ .5985 and θ 6.6246875, as ppi_py does', () => {
    const found = predictionPoweredMean(input);
    expect(found?.lambda).toBeCloseTo(0.5985, 10);
    expect(found?.mean).toBeCloseTo(6.6246875, 10);
    // NumPy 2 with ddof 1; with ddof 0, as ppi_py has it, the same formula gives .4135497.
    expect(found?.se).toBeCloseTo(0.439623967733, 10);
  });

  it('trusts a judge neither against itself nor beyond its word', () => {
    // Cov(Y, f) = 8/3 over (1 + 3/6) · Var(f) = 1.5 · 0.75: 2.37, taken as 1; the judge turned round, as 0.
    const human = [1, 5, 9];
    const judgeOnly = [4, 5, 6, 4, 5, 6];
    expect(tuneLambda({ human, judge: [4, 5, 6], judgeOnly })).toBe(1);
    expect(tuneLambda({ human, judge: [6, 5, 4], judgeOnly })).toBe(0);
  });

  it('is the human mean at λ = 0, and the judge less its bias at λ = 1', () => {
    expect(predictionPoweredMean(input, 0)?.mean).toBe(6.5);
    expect(predictionPoweredMean(input, 0)?.se).toBeCloseTo(
      estimateMean(input.human)?.se ?? -1,
      12,
    );
    expect(predictionPoweredMean(input, 1)?.mean).toBeCloseTo(6.7083333, 7);
  });

  it('covers the human mean where the interval of a lenient judge misses it', () => {
    const reps = repetitions(1000);
    const random = createRandom('lenient judge');
    let powered = 0;
    let naive = 0;
    const covers = (estimate: ReturnType<typeof estimateMean>) => {
      const interval = estimate && tInterval(estimate);
      return interval !== null && interval.low <= 6 && interval.high >= 6 ? 1 : 0;
    };
    for (let rep = 0; rep < reps; rep += 1) {
      const study = drawStudy(random, 30, 0.8);
      powered += covers(predictionPoweredMean(study)) / reps;
      naive += covers(estimateMean(study.judgeOnly)) / reps;
    }
    expect(powered).toBeGreaterThan(0.93 - tolerance(0.95, reps));
    expect(naive).toBeLessThan(0.05);
  });

  it('is hardly wider than the human mean alone where the judge is useless', () => {
    const random = createRandom('useless judge');
    const reps = repetitions(500);
    let powered = 0;
    let alone = 0;
    for (let rep = 0; rep < reps; rep += 1) {
      const study = drawStudy(random, 30, 0);
      powered += predictionPoweredMean(study)?.se ?? Number.NaN;
      alone += estimateMean(study.human)?.se ?? Number.NaN;
    }
    expect(powered / alone).toBeLessThan(1.05);
  });

  it('trusts a constant judge not at all, and is null below two ratings of either kind', () => {
    const constant = { human: [5, 7, 9], judge: [8, 8, 8], judgeOnly: [8, 8, 8, 8] };
    expect(predictionPoweredMean(constant)).toMatchObject({ lambda: 0, mean: 7 });
    expect(predictionPoweredMean({ human: [5], judge: [8], judgeOnly: [8, 9] })).toBeNull();
    expect(predictionPoweredMean({ human: [5, 6], judge: [8, 7], judgeOnly: [] })).toBeNull();
  });
});
