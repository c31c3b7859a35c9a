import { expect, it } from 'vitest';
import {
  measureLength,
  measureSelfPreference,
  type ObservedAnswer,
} from '../../../src/analyses/audit/observed.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { withinSlope } from '../../../src/stats/scales/within-slope.ts';
import { repetitions, shareOf, tolerance } from '../../stats/monte-carlo.ts';

const REPS = repetitions(200);
const PREFERENCE = 0.8;
const PER_HUNDRED = 0.5;

/** Three models, the first of the judge's family, on 60 questions of two cultures; better answers are longer. */
function simulate(rep: number): ObservedAnswer[] {
  const random = createRandom(`audit ${rep}`);
  return Array.from({ length: 60 }, (_, index) => {
    const difficulty = random.normal();
    return ['own', 'second', 'third'].map((model): ObservedAnswer => {
      const relative = model === 'own';
      const quality = 5 + difficulty + (relative ? 0.7 : 0) + random.normal();
      const characters = 300 + 40 * quality + 100 * random.normal();
      const judge = () => quality + 0.7 * random.normal();
      return {
        culture: index % 2 === 0 ? 'Arab' : 'Chinese',
        question: `q${index}`,
        cluster: `q${index}`,
        model,
        own: judge() + (relative ? PREFERENCE : 0) + (PER_HUNDRED * (characters - 500)) / 100,
        others: judge() + 0.4,
        characters,
        relative,
      };
    });
  }).flat();
}

const covers = (low: number | null | undefined, high: number | null | undefined, truth: number) =>
  (low ?? Infinity) <= truth && (high ?? -Infinity) >= truth;

it('covers a length effect, though better answers are longer and one model is favoured', () => {
  const share = shareOf(REPS, (rep) => {
    const [all] = measureLength(simulate(rep), 'others').rows;
    return covers(all?.shift.low, all?.shift.high, PER_HUNDRED);
  });
  expect(share).toBeGreaterThanOrEqual(0.95 - tolerance(0.95, REPS) - 0.01);
});

it('covers a preference for its own family', () => {
  // The family's answers are 28 characters longer for being better by 0.7: that is 0.14 points of length.
  const truth = PREFERENCE + PER_HUNDRED * 0.28;
  const share = shareOf(REPS, (rep) => {
    const [all] = measureSelfPreference(simulate(rep)).rows;
    return covers(all?.shift.low, all?.shift.high, truth);
  });
  expect(share).toBeGreaterThanOrEqual(0.95 - tolerance(0.95, REPS) - 0.01);
});

it('says in one of twenty fair judges at most that it favours its own', () => {
  const share = shareOf(REPS, (rep) => {
    const fair = simulate(rep).map((answer) => ({
      ...answer,
      own:
        answer.own -
        (answer.relative ? PREFERENCE : 0) -
        (PER_HUNDRED * (answer.characters - 500)) / 100,
    }));
    return (measureSelfPreference(fair).rows[0]?.p ?? 1) <= 0.05;
  });
  expect(share).toBeLessThanOrEqual(0.05 + tolerance(0.05, REPS));
});

it('finds the slope within two kinds of groups', () => {
  // y = 3 x + question + model, with no noise: the slope is 3 and its error 0.
  const points = [0, 1, 2, 3].flatMap((question) =>
    [0, 1, 2].map((model) => {
      const x = (question * 7 + model * model * 3 + question * model) % 5;
      return {
        x,
        y: 3 * x + 10 * question - 4 * model,
        effects: [`q${question}`, `m${model}`],
        cluster: `q${question}`,
      };
    }),
  );
  const slope = withinSlope(points);
  expect(slope?.mean).toBeCloseTo(3, 8);
  expect(slope?.se).toBeCloseTo(0, 8);
  expect(slope?.df).toBe(3);
});

it('has the clustered error of simple regression where each cluster is a group', () => {
  // Two clusters of two: x̃ = ±1 twice, ỹ = ±1 and ±2: b = (2 + 4) / 4 = 1.5; scores 2(1 - 1.5) = -1 and
  // 2(2 - 1.5) = 1, squared sum 2, times G/(G-1) = 2: SE = √4 / 4 = .5.
  const slope = withinSlope([
    { x: 0, y: 5, effects: ['a'], cluster: 'a' },
    { x: 2, y: 7, effects: ['a'], cluster: 'a' },
    { x: 10, y: 0, effects: ['b'], cluster: 'b' },
    { x: 12, y: 4, effects: ['b'], cluster: 'b' },
  ]);
  expect(slope).toMatchObject({ df: 1, n: 4 });
  expect(slope?.mean).toBeCloseTo(1.5, 10);
  expect(slope?.se).toBeCloseTo(0.5, 10);
  expect(withinSlope([{ x: 1, y: 1, effects: ['a'], cluster: 'a' }])).toBeNull();
});
