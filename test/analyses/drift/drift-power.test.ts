import { expect, it } from 'vitest';
import { alarmOf } from '../../../src/analyses/drift/drift.ts';
import type { RatedTwice } from '../../../src/series/contrasts/paired-shift.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { repetitions, shareOf, tolerance } from '../../stats/monte-carlo.ts';

const REPS = repetitions(300);
const CULTURES = ['Arab', 'Chinese', 'Japanese'];

interface Judge {
  readonly anchors: number;
  /** Standard deviation of one rating around the judge's own mean. */
  readonly noise: number;
  readonly shift: (culture: string) => number;
}

/** Anchors rated twice by a judge on whole numbers 1–10, true qualities spread over the scale. */
function rate({ anchors, noise, shift }: Judge, rep: number): RatedTwice[] {
  const random = createRandom(`drift ${anchors} ${noise} ${rep}`);
  const rating = (mean: number) =>
    Math.min(10, Math.max(1, Math.round(mean + noise * random.normal())));
  return Array.from({ length: anchors }, (_, index) => {
    const culture = CULTURES[index % CULTURES.length] ?? '';
    const quality = 2 + 7 * random.uniform();
    const cluster = String(index);
    return { culture, cluster, before: rating(quality), after: rating(quality + shift(culture)) };
  });
}

const alarms = (judge: Judge) =>
  shareOf(REPS, (rep) => alarmOf(rate(judge, rep)).state === 'shifted');

it.each([60, 90])('%i anchors alarm in at most 1 % of steady judges', (anchors) => {
  const steady = alarms({ anchors, noise: 0.6, shift: () => 0 });
  expect(steady).toBeLessThanOrEqual(0.01 + tolerance(0.01, REPS));
});

/**
 * By hand, for 90 anchors and σ = 0.6: a difference has variance 2 · (0.36 + 1/12) = 0.887, so the
 * error of the mean is 0.099. Holm's first level of 0.01 / 4 needs |t| > 3.10, so a shift of 0.5 is
 * seen with probability Φ(5.05 - 3.10) = 0.97, and one of 0.3 with Φ(3.03 - 3.10) = 0.47. One culture of
 * 30 that shifts by 1 has an error of 0.172: Φ(5.8 - 3.3) = 0.99. The ends of the scale take a little.
 */
it.each([
  { what: 'half a point everywhere', shift: () => 0.5, low: 0.9, high: 1 },
  { what: 'three tenths everywhere', shift: () => 0.3, low: 0.3, high: 0.62 },
  {
    what: 'a point in one culture',
    shift: (culture: string) => (culture === 'Arab' ? 1 : 0),
    low: 0.93,
    high: 1,
  },
])('90 anchors see $what as often as theory says', ({ shift, low, high }) => {
  const power = alarms({ anchors: 90, noise: 0.6, shift });
  expect(power).toBeGreaterThanOrEqual(low - tolerance(low, REPS));
  expect(power).toBeLessThanOrEqual(high);
});

it('covers the true shift in about 95 % of intervals', () => {
  const covered = shareOf(REPS, (rep) => {
    const [all] = alarmOf(rate({ anchors: 60, noise: 0.6, shift: () => 0.4 }, rep)).rows;
    const { low, high } = all?.shift ?? { low: null, high: null };
    return low !== null && high !== null && low <= 0.4 && high >= 0.4;
  });
  expect(covered).toBeGreaterThanOrEqual(0.95 - tolerance(0.95, REPS) - 0.02);
});
