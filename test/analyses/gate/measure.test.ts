import { expect, test } from 'vitest';
import { measurePaired } from '../../../src/analyses/gate/differences/paired.ts';
import { measureUnpaired } from '../../../src/analyses/gate/differences/unpaired.ts';
import { completed } from '../../../src/analyses/gate/differences/worst-case.ts';
import { evaluateGate } from '../../../src/analyses/gate/evaluate.ts';
import { OperatorError } from '../../../src/domain/errors.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { policyOf, seriesOf } from './series.ts';

const policy = policyOf();
const options = { bridge: false, flips: 999 };

/** Every cell: half of the questions at `mean - 1`, half at `mean + 1`. */
const spread = (mean: number) => (_: string, place: number) => mean + (place % 2 === 0 ? -1 : 1);

test('bounds are those of the stratified mean, at one side, a little wider for what was not seen', () => {
  // Differences -1 and +1 in equal numbers: in each of 15 cells of 30, s² = 30/29, SE² = (30/29)/450.
  // df = 15 · 29 = 435; t(.95, 435) = 1.648335, so L = 0 - 1.648335 · 0.0479463 = -0.0790316.
  const baseline = seriesOf({ label: 'old', rating: () => 6 });
  const candidate = seriesOf({ label: 'new', rating: spread(6) });
  const { families } = measurePaired([{ candidate, baseline }], policy, options);
  expect(families.map(({ by }) => by.culture)).toEqual([undefined, 'Chinese', 'Arab', 'Japanese']);
  const [total] = families;
  expect(total?.difference).toBeCloseTo(0, 12);
  expect(total?.se).toBeCloseTo(Math.sqrt(30 / 29 / 450), 12);
  // Three pairs of the prior, mean square 30, add to Σ d² = 450: √((450 + 90) / 453 / 454) 1.645 = .0843.
  expect(total?.lower).toBeLessThan(-0.0790316);
  expect(total?.lower).toBeCloseTo(-0.0843, 2);
  expect(total?.upper).toBeCloseTo(-(total?.lower ?? 0), 4);
});

test('swapping the sides turns differences and bounds around', () => {
  const random = createRandom('swap');
  const one = seriesOf({ label: 'one', rating: () => 1 + random.int(10) });
  const two = seriesOf({ label: 'two', rating: () => 1 + random.int(10) });
  const forth = measurePaired([{ candidate: one, baseline: two }], policy, options).families;
  const back = measurePaired([{ candidate: two, baseline: one }], policy, options).families;
  expect([forth.length, back.length]).toEqual([4, 4]);
  forth.forEach((family, index) => {
    expect(back[index]?.difference).toBeCloseTo(-Number(family.difference), 12);
    expect(back[index]?.lower).toBeCloseTo(-Number(family.upper), 12);
    expect(back[index]?.upper).toBeCloseTo(-Number(family.lower), 12);
  });
});

test('the order of rows changes nothing', () => {
  const random = createRandom('order');
  const candidate = seriesOf({ label: 'new', rating: () => 1 + random.int(10) });
  const baseline = seriesOf({ label: 'old', rating: () => 1 + random.int(10) });
  const shuffled = { ...candidate, rows: random.shuffle(candidate.rows) };
  const floors = policyOf({ floors: [{ culture: 'Arab', atLeast: 5 }] });
  expect(measurePaired([{ candidate: shuffled, baseline }], floors, options)).toEqual(
    measurePaired([{ candidate, baseline }], floors, options),
  );
});

test('equal ratings everywhere do not prove that nothing changed', () => {
  // All 450 differences 0: at most 1 - .05^(1/450) = 0.66 % of questions differ, by at most 9 points.
  const baseline = seriesOf({ label: 'old', rating: () => 6 });
  const evidence = measurePaired([{ candidate: baseline, baseline }], policy, options);
  expect(evidence.families[0]?.lower).toBeCloseTo(-9 * (1 - 0.05 ** (1 / 450)), 12);
  expect(evidence.pairs[0]?.identical).toBe(true);
});

test('the worst case takes the candidate’s gaps at 1 and the baseline’s at 10', () => {
  // In the Arab culture 3 of 150 are missing on either side; the others differ by 0:
  // D = (3 (1 - 6) + 3 (6 - 10)) / 150 = -0.18, and its lower bound lies below that.
  const gapAt = (from: number) => (culture: string, place: number) =>
    culture === 'Arab' && place >= from && place < from + 3 ? null : 6;
  const candidate = seriesOf({ label: 'new', rating: gapAt(0) });
  const baseline = seriesOf({ label: 'old', rating: gapAt(3) });
  const evidence = measurePaired([{ candidate, baseline }], policy, options);
  const arab = evidence.families.find(({ by }) => by.culture === 'Arab');
  expect(arab?.gaps).toEqual({
    candidate: { planned: 150, missing: 3 },
    baseline: { planned: 150, missing: 3 },
  });
  expect(arab?.difference).toBe(0);
  expect(arab?.worstLower).toBeLessThan(-0.18);
  expect(arab?.worstLower).toBeGreaterThan(-0.36);
  expect(evaluateGate(evidence, policy).coverage[0]?.finding).toBe('complete');
});

test('a culture that one side lost altogether cannot pass', () => {
  const baseline = seriesOf({ label: 'old', rating: () => 6 });
  const candidate = seriesOf({
    label: 'new',
    rating: (culture) => (culture === 'Arab' ? null : 6),
  });
  const verdict = evaluateGate(measurePaired([{ candidate, baseline }], policy, options), policy);
  expect(verdict.verdict).toBe('inconclusive');
  expect(verdict.coverage[0]?.missing).toEqual({ candidate: 1, baseline: 0 });
});

test.each(['max-t', 'holm'] as const)('a large drop in one culture fails (%s)', (correction) => {
  const random = createRandom('drop');
  const baseline = seriesOf({ label: 'old', rating: () => 4 + random.int(5) });
  const rows = baseline.rows.map((row) => ({
    ...row,
    rating: Number(row.rating) - (row.culture === 'Japanese' ? 2 : 0) + (random.int(3) - 1),
  }));
  const holding = policyOf({ correction });
  const evidence = measurePaired(
    [{ candidate: { ...baseline, rows }, baseline }],
    holding,
    options,
  );
  const verdict = evaluateGate(evidence, holding);
  expect(verdict.verdict).toBe('fail');
  expect(verdict.families.map(({ by, status }) => [by.culture ?? 'All', status])).toEqual([
    ['All', 'fail'],
    ['Chinese', 'pass'],
    ['Arab', 'pass'],
    ['Japanese', 'fail'],
  ]);
});

test('different judges are refused, unless bridged and then named', () => {
  const candidate = seriesOf({ label: 'new', rating: () => 6 });
  const baseline = seriesOf({ label: 'old', judgeKey: 'other', rating: () => 6 });
  const pairs = [{ candidate, baseline }];
  expect(() => measurePaired(pairs, policy, options)).toThrow(OperatorError);
  expect(measurePaired(pairs, policy, { ...options, bridge: true }).bridged).toBe(true);
});

test('several pairs are adjusted together', () => {
  const random = createRandom('several');
  const noisy = (label: string) =>
    seriesOf({ label, rating: () => 5 + random.int(3) - (random.int(12) === 0 ? 1 : 0) });
  const pairs = ['a', 'b', 'c', 'd'].map((label) => ({
    candidate: noisy(`new ${label}`),
    baseline: noisy(`old ${label}`),
  }));
  const [alone] = measurePaired(pairs.slice(0, 1), policy, options).families;
  const [among] = measurePaired(pairs, policy, options).families;
  expect(among?.p).toBe(alone?.p);
  expect(Number(among?.adjusted)).toBeGreaterThan(Number(alone?.adjusted));
});

const CELLS = ['Entities', 'Opinion', 'Norms', 'Commonsense', 'Literacy'].flatMap((category) =>
  ['Chinese', 'Arab', 'Japanese'].map((culture) => ({ culture, category })),
);

test('against averages the questions’ own spread stays in the error', () => {
  // Candidate cells: mean 6, s² = 30/29. Baseline cells: mean 6.5, sd 2, n 30.
  // SE² = (30/29 + 4) / 30 / 15 = 0.0111877, D = -0.5.
  // v per side of a cell: a = (30/29)/30/225, b = 4/30/225; df = SE⁴ / (15 (a² + b²) / 29) = 649.03.
  // t(.95, 649) = 1.64722: L = -0.5 - 1.64722 · 0.105772 = -0.674230.
  const candidate = seriesOf({ label: 'new', rating: spread(6) });
  const cells = CELLS.map((cell) => ({
    ...cell,
    n: 30,
    mean: 6.5,
    sd: 2,
    gaps: { planned: 30, missing: 0 },
  }));
  const evidence = measureUnpaired(candidate, { label: 'old', cells }, { policy, bridged: false });
  const [total] = evidence.families;
  expect(evidence.design).toBe('unpaired');
  expect(total?.difference).toBeCloseTo(-0.5, 12);
  expect(total?.se).toBeCloseTo(Math.sqrt((30 / 29 + 4) / 450), 12);
  expect(total?.lower).toBeCloseTo(-0.67423, 4);
  expect(evaluateGate(evidence, policy).families[0]?.status).toBe('fail');
});

test('against averages clusters count as one draw each', () => {
  // Four passages with two questions each: 6 6 7 7 8 8 9 9, baseline without spread.
  // Clustered SE² = (4/3) Σ (2 d)² / 8² = s² / 4 over passages = (5/3) / 4.
  const whole = seriesOf({ label: 'new', rating: () => 6 });
  const rows = whole.rows
    .filter(({ culture, category }) => culture === 'Arab' && category === 'Opinion')
    .slice(0, 8)
    .map((row, index) => ({
      ...row,
      cluster: `passage ${Math.floor(index / 2)}`,
      rating: 6 + Math.floor(index / 2),
    }));
  const gaps = { planned: 8, missing: 0 };
  const cells = [{ culture: 'Arab', category: 'Opinion', n: 8, mean: 7, sd: 0, gaps }];
  const { families } = measureUnpaired(
    { ...whole, rows },
    { label: 'old', cells },
    { policy, bridged: false },
  );
  expect(families[0]?.se).toBeCloseTo(Math.sqrt(5 / 12), 12);
});

test('the best of several answers can only have been higher', () => {
  const [row] = seriesOf({ label: 'new', rating: () => 8 }).rows;
  if (!row) throw new Error('no row');
  const best = { ...row, planned: 3, rated: 2, best: true } as const;
  expect([completed(best, 1), completed(best, 10)]).toEqual([8, 10]);
});

test('against averages a cell without any rating counts as missing', () => {
  const candidate = seriesOf({ label: 'new', rating: spread(6) });
  const cells = CELLS.map((cell, index) => ({
    ...cell,
    ...(index === 0 ? { n: 0, mean: Number.NaN, sd: null } : { n: 30, mean: 6, sd: 2 }),
    gaps: { planned: 30, missing: index === 0 ? 30 : 0 },
  }));
  const evidence = measureUnpaired(candidate, { label: 'old', cells }, { policy, bridged: false });
  const verdict = evaluateGate(evidence, policy);
  expect(verdict.coverage[0]?.finding).toBe('over-limit');
  expect(verdict.families.every(({ difference }) => Number.isFinite(difference))).toBe(true);
});
