import { expect, test } from 'vitest';
import { measurePaired } from '../../../src/analyses/gate/differences/paired.ts';
import { evaluateGate } from '../../../src/analyses/gate/evaluate.ts';
import type { GateStatus } from '../../../src/analyses/gate/rules/rule.ts';
import type { GatePolicy } from '../../../src/domain/gate-policy.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { repetitions, tolerance } from '../../stats/monte-carlo.ts';
import { CULTURES, policyOf, seriesOf } from './series.ts';

/** True mean differences of the three cultures. */
type Drops = readonly [number, number, number];

interface Population {
  readonly name: string;
  readonly sd: number;
  readonly drops: Drops;
  readonly policy: GatePolicy;
  readonly reps: number;
}

const STATUSES = ['pass', 'fail', 'inconclusive'] as const;

/** Shares of PASS, FAIL and INCONCLUSIVE over simulated gates: 3 × 150 normal differences. */
function simulate({ name, sd, drops, policy, reps }: Population): Record<GateStatus, number> {
  const counts: Record<GateStatus, number> = { pass: 0, fail: 0, inconclusive: 0 };
  const random = createRandom(`gate ${name} ${sd}`);
  const dropOf = new Map<string, number>(
    CULTURES.map((culture, index) => [culture, drops[index] ?? 0]),
  );
  const baseline = seriesOf({ label: 'baseline', rating: () => 0 });
  for (let rep = 0; rep < reps; rep += 1) {
    const candidate = seriesOf({
      label: 'candidate',
      rating: (culture) => (dropOf.get(culture) ?? 0) + sd * random.normal(),
    });
    const evidence = measurePaired([{ candidate, baseline }], policy, {
      bridge: false,
      flips: 399,
    });
    counts[evaluateGate(evidence, policy).verdict] += 1;
  }
  return {
    pass: counts.pass / reps,
    fail: counts.fail / reps,
    inconclusive: counts.inconclusive / reps,
  };
}

const unchanged: Drops = [0, 0, 0];
const allByTenth: Drops = [-0.1, -0.1, -0.1];
const allByThreeTenths: Drops = [-0.3, -0.3, -0.3];
const oneCulture: Drops = [0, -0.6, 0];
const tight = { total: 0.3, culture: 0.5 };
const usual = { total: 0.35, culture: 0.65 };

/** What the gate's bound for skewed differences took off P(FAIL) beyond that in 2,000 repetitions of each. */
const PRICE_OF_SKEW = 0.02;

/** PASS and FAIL of 20,000 simulated gates each, as published with the rule. */
const PUBLISHED = [
  { sd: 1.5, margins: usual, name: 'unchanged', drops: unchanged, pass: 0.999, fail: 0.001 },
  { sd: 1.5, margins: usual, name: 'all -0.1', drops: allByTenth, pass: 0.97, fail: 0.03 },
  { sd: 1.5, margins: usual, name: 'all -0.3', drops: allByThreeTenths, pass: 0.17, fail: 0.83 },
  { sd: 1.5, margins: usual, name: 'one -0.6', drops: oneCulture, pass: 0.1, fail: 0.9 },
  { sd: 2, margins: tight, name: 'unchanged', drops: unchanged, pass: 0.77, fail: 0.04 },
  { sd: 2, margins: tight, name: 'all -0.1', drops: allByTenth, pass: 0.46, fail: 0.2 },
  { sd: 2, margins: tight, name: 'all -0.3', drops: allByThreeTenths, pass: 0.02, fail: 0.86 },
  { sd: 2, margins: tight, name: 'one -0.6', drops: oneCulture, pass: 0.01, fail: 0.93 },
  { sd: 2, margins: usual, name: 'unchanged', drops: unchanged, pass: 0.96, fail: 0.03 },
  { sd: 2, margins: usual, name: 'all -0.1', drops: allByTenth, pass: 0.79, fail: 0.17 },
  { sd: 2, margins: usual, name: 'all -0.3', drops: allByThreeTenths, pass: 0.12, fail: 0.85 },
  { sd: 2, margins: usual, name: 'one -0.6', drops: oneCulture, pass: 0.08, fail: 0.91 },
  { sd: 2.7, margins: usual, name: 'unchanged', drops: unchanged, pass: 0.71, fail: 0.04 },
  { sd: 2.7, margins: usual, name: 'all -0.1', drops: allByTenth, pass: 0.46, fail: 0.14 },
  { sd: 2.7, margins: usual, name: 'all -0.3', drops: allByThreeTenths, pass: 0.07, fail: 0.62 },
  { sd: 2.7, margins: usual, name: 'one -0.6', drops: oneCulture, pass: 0.06, fail: 0.7 },
] as const;

test.each(PUBLISHED)(
  'the rule decides as published: SD $sd, margins $margins.total/$margins.culture, $name',
  ({ pass, fail, name, margins, ...population }) => {
    const reps = repetitions(40);
    const policy = policyOf({ margins, correction: 'holm' });
    const found = simulate({ ...population, name, policy, reps });
    const near = (share: number) => 0.02 + tolerance(Math.min(0.98, Math.max(0.02, share)), reps);
    expect(Math.abs(found.pass - pass)).toBeLessThanOrEqual(near(pass));
    // A drop also has to be proven where differences are skewed, which the published rule did not ask for:
    // it fails a few per cent less often, and never more often.
    expect(found.fail - fail).toBeLessThanOrEqual(near(fail));
    expect(fail - found.fail).toBeLessThanOrEqual(near(fail) + PRICE_OF_SKEW);
    expect(STATUSES.reduce((sum, status) => sum + found[status], 0)).toBeCloseTo(1, 12);
  },
  2_400_000,
);

test.each(['max-t', 'holm'] as const)(
  'a loss of a whole margin in total passes no more often than alpha (%s)',
  (correction) => {
    const reps = repetitions(60);
    const policy = policyOf({ correction });
    const drops: Drops = [-0.35, -0.35, -0.35];
    const { pass } = simulate({ name: `margin ${correction}`, sd: 2, drops, policy, reps });
    expect(pass).toBeLessThanOrEqual(0.05 + tolerance(0.05, reps));
  },
  2_400_000,
);

test.each(['max-t', 'holm'] as const)(
  'an unchanged model fails no more often than alpha, over all four families (%s)',
  (correction) => {
    const reps = repetitions(60);
    // Margins and drop of next to nothing: every alarm shows as FAIL.
    const margins = { total: 1e-9, culture: 1e-9 };
    const policy = policyOf({ correction, margins, minimalDrop: 0 });
    const { fail } = simulate({
      name: `null ${correction}`,
      sd: 2,
      drops: unchanged,
      policy,
      reps,
    });
    expect(fail).toBeLessThanOrEqual(0.05 + tolerance(0.05, reps));
    if (reps >= 1000) expect(fail).toBeGreaterThan(0.02);
  },
  2_400_000,
);
