import { expect, test } from 'vitest';
import { evaluateGate } from '../../../src/analyses/gate/evaluate.ts';
import type { FamilyEvidence, FloorEvidence } from '../../../src/analyses/gate/evidence.ts';
import { gateChecks } from '../../../src/analyses/gate/rules/index.ts';
import { decide, evidenceOf, fallen, whole } from './evidence.ts';
import { policyOf } from './series.ts';

test('passes where every lower bound lies above its margin', () => {
  const { verdict, warnings } = decide({});
  expect(verdict).toBe('pass');
  expect(warnings).toEqual([]);
});

test('a lower bound that touches the margin does not pass', () => {
  expect(decide({ family: { lower: -0.65 } }).verdict).toBe('inconclusive');
  expect(decide({ family: { lower: -0.6499 } }).verdict).toBe('pass');
});

test('a drop of exactly the least that fails does, whatever the last bits say', () => {
  // Mean of 18 times -1 and 162 times 0, summed in halves.
  const atBound = { ...fallen, difference: -0.09999999999999999, lower: -0.7 };
  expect(decide({ family: atBound }).verdict).toBe('fail');
  expect(decide({ family: { ...atBound, difference: -0.0999 } }).verdict).toBe('inconclusive');
});

test('fails on a proven drop and says what fell and by how much', () => {
  const { verdict, headline: line } = decide({ family: fallen });
  expect(verdict).toBe('fail');
  expect(line).toBe('FAIL: Arab fell by 0.90 (may be 1.20, allowed 0.65)');
});

test.each([
  ['its adjusted p is above alpha', { adjusted: 0.051 }, {}],
  ['it was not tested', { p: null, adjusted: null }, {}],
  ['it is smaller than the minimal drop', {}, { minimalDrop: 0.91 }],
])('a drop beyond the margin stays inconclusive where %s', (_, family, policy) => {
  expect(decide({ family: { ...fallen, ...family } }, policy).verdict).toBe('inconclusive');
});

test('a culture has its own margin before the one for cultures', () => {
  const margins = { culture: 0.1, cultures: { Arab: 1.21 } };
  expect(decide({ family: fallen }, { margins }).verdict).toBe('pass');
});

test('a culture named like a property of every object has no margin by accident', () => {
  const family = { by: { culture: 'constructor' }, lower: -0.66 };
  expect(decide({ family }).families[1]?.margin).toBe(0.65);
});

test('a proven drop within the margin passes with a warning', () => {
  const family = { difference: -0.3, lower: -0.5, upper: -0.1, p: 0.001, adjusted: 0.002 };
  const { verdict, warnings } = decide({ family });
  expect(verdict).toBe('pass');
  expect(warnings).toEqual([
    'Small significant drop: Arab −0.30, at best −0.10, which the margin of 0.65 tolerates.',
  ]);
});

test('a family without a pair, or without a bound, is not passed over', () => {
  const nothing = { difference: null, lower: null, upper: null, se: null, n: 0 };
  expect(decide({ family: nothing }).verdict).toBe('inconclusive');
  expect(decide({ family: { lower: null, upper: null, se: null, n: 1 } }).verdict).toBe(
    'inconclusive',
  );
});

test('says how many questions would decide, and names answers where reruns were measured', () => {
  // Effect 0.65 / (0.5 √30) = .23735; by scipy.stats.nct one-sided 5 % and 80 % power take n = 112.
  // Answers at df 29: δ = 2.54661, SE' = 0.65 / δ = 0.25524. Now (2 + 2) / 1 = 4 of 30 · 0.25 = 7.5, so 3.5
  // between questions; 30 SE'² = 1.95 < 3.5: more answers cannot do it. With 7 of it noise: 7 / (1.95 - 0.5) = 4.8.
  const open = { se: 0.5, lower: -0.85, n: 30 };
  expect(decide({ family: open }).families[1]?.needed).toEqual({
    toShow: 'pass',
    questions: 112,
    answers: null,
  });
  const [pair] = evidenceOf({}).pairs;
  if (!pair) throw new Error('evidence has one pair');
  const noise = (variance: number) => ({ variance, answers: 1 });
  const answersWith = (variance: number) =>
    decide({
      family: open,
      evidence: { pairs: [{ ...pair, rerun: [noise(variance), noise(variance)] }] },
    }).families[1]?.needed?.answers;
  expect(answersWith(2)).toBeNull();
  expect(answersWith(3.5)).toBe(5);
});

test('an unproven drop beyond the margin is told what would prove it', () => {
  // m = 2: one-sided 0.025, effect 0.9 / (0.5 √30) = .32863; scipy.stats.nct: n = 75.
  const family = { ...fallen, se: 0.5, n: 30, adjusted: 0.2 };
  expect(decide({ family }).families[1]?.needed).toMatchObject({ toShow: 'fail', questions: 75 });
});

const gaps = (missing: number) => ({ candidate: { planned: 100, missing }, baseline: whole });

test.each([
  ['2 % missing, evenly: complete pairs do', { missing: 2, uneven: 1, worst: -9 }, 'complete'],
  ['3 % missing, worst case within', { missing: 3, uneven: 1, worst: -0.64 }, 'worst-case-passes'],
  ['3 % missing, worst case open', { missing: 3, uneven: 1, worst: -0.65 }, 'worst-case-open'],
  ['1 % missing, unevenly, open', { missing: 1, uneven: 0.04, worst: -0.7 }, 'worst-case-open'],
  ['11 % missing', { missing: 11, uneven: 1, worst: 0 }, 'over-limit'],
] as const)('coverage: %s', (_, { missing, uneven, worst }, finding) => {
  const { coverage, verdict } = decide({
    uneven,
    family: { gaps: gaps(missing), worstLower: worst },
  });
  expect(coverage[0]?.finding).toBe(finding);
  const passes = finding === 'complete' || finding === 'worst-case-passes';
  expect(verdict).toBe(passes ? 'pass' : 'inconclusive');
});

test('what is missing on the baseline’s side counts as well', () => {
  const missing = { candidate: whole, baseline: { planned: 100, missing: 3 } };
  expect(decide({ family: { gaps: missing, worstLower: -0.7 } }).verdict).toBe('inconclusive');
});

test('too little coverage does not excuse a proven drop', () => {
  expect(decide({ family: { ...fallen, gaps: gaps(30) } }).verdict).toBe('fail');
});

function floorOf(low: number, high: number, worstLow = low): FloorEvidence {
  const estimate = { value: (low + high) / 2, low, high, n: 30, missing: 0, method: 'given' };
  return {
    scale: 'rating',
    candidate: 'new',
    floor: { culture: 'Arab', atLeast: 5 },
    estimate,
    gaps: { planned: 30, missing: worstLow === low ? 0 : 1 },
    worst: { ...estimate, low: worstLow },
  };
}

test.each([
  ['is reached where the low end reaches it', floorOf(5, 6), 'pass'],
  ['is open where the interval holds it', floorOf(4.9, 6), 'inconclusive'],
  ['is missed where the whole interval lies below', floorOf(4, 4.99), 'fail'],
  ['must hold with missing ratings at 1', floorOf(5.1, 6, 4.9), 'inconclusive'],
] as const)('a floor %s', (_, floor, verdict) => {
  expect(decide({ floors: [floor] }).verdict).toBe(verdict);
});

test.each([
  // Means of thirds and tenths come out a bit or two beside their bound, on either side.
  ['its low end a rounding below is reached', floorOf(5 - 1e-15, 6), 'pass'],
  ['its low end below is open', floorOf(5 - 1e-6, 6), 'inconclusive'],
  ['its high end at the floor is not missed', floorOf(4, 5), 'inconclusive'],
  ['its high end a rounding below is not missed', floorOf(4, 5 - 1e-15), 'inconclusive'],
  ['its high end below is missed', floorOf(4, 5 - 1e-6), 'fail'],
] as const)('a floor with %s', (_, floor, verdict) => {
  expect(decide({ floors: [floor] }).verdict).toBe(verdict);
});

test.each([
  // 0.03 less two units in the last place, as a sum of decimals gives.
  [
    'Within rounding of the share from which the worst case counts',
    3,
    { worstCaseAbove: 0.02 + 0.01 - 1e-17 },
  ],
  ['At that share exactly', 2, { worstCaseAbove: 0.02 }],
] as const)('%s a floor and the coverage take what is rated', (_, missing, limits) => {
  const floor = { ...floorOf(5.1, 6, 4.9), gaps: { planned: 100, missing } };
  expect(decide({ floors: [floor] }, { missing: limits }).verdict).toBe('pass');
  const more = { ...floor, gaps: { planned: 100, missing: missing + 1 } };
  expect(decide({ floors: [more] }, { missing: limits }).verdict).toBe('inconclusive');
  const family = { gaps: gaps(missing), worstLower: -9 };
  expect(decide({ family }, { missing: limits }).coverage[0]?.finding).toBe('complete');
  const beyond = { gaps: gaps(missing + 1), worstLower: -9 };
  expect(decide({ family: beyond }, { missing: limits }).coverage[0]?.finding).toBe(
    'worst-case-open',
  );
});

test('missing ratings at the limit still count, one more does not', () => {
  // The policy's limit is 10 %.
  const at = (missing: number) =>
    decide({
      floors: [{ ...floorOf(5.5, 6, 5.1), gaps: { planned: 100, missing } }],
      family: { gaps: gaps(missing), worstLower: 0 },
    });
  expect(at(10).verdict).toBe('pass');
  expect(at(11).floors[0]?.status).toBe('inconclusive');
  expect(at(11).coverage[0]?.finding).toBe('over-limit');
});

test('says what a family decides, with the zone in which a loss is not failed', () => {
  const policy = policyOf();
  const text = (family: Partial<FamilyEvidence>) =>
    gateChecks(evaluateGate(evidenceOf({ family }), policy), policy)[1]?.text;
  expect(text({})).toContain(
    'Arab: 0.00, at worst −0.20; tolerated is a loss of 0.65 (150 questions).',
  );
  expect(text(fallen)).toContain(
    'Arab fell by 0.90 (90 % interval −1.20 to −0.60, adjusted p 0.001, 150 questions); the loss may be as large as 1.20, allowed is 0.65.',
  );
  // Proven, but smaller than the least drop that fails: named with that bound.
  expect(text({ ...fallen, difference: -0.09 })).toContain(
    'may be a loss of more than the allowed 0.65, and no drop is proven of the least that fails, 0.10.',
  );
  expect(text({ ...fallen, adjusted: 0.2, n: 1 })).toContain('1 question) may be a loss');
});

test('warns of averages, of other judges, of equal ratings and of questions left out', () => {
  const [pair] = evidenceOf({}).pairs;
  if (!pair) throw new Error('evidence has one pair');
  const leftOut = { candidate: ['q1'], baseline: [] };
  const { warnings } = decide({
    evidence: {
      design: 'unpaired',
      bridged: true,
      pairs: [{ ...pair, identical: true, leftOut }],
    },
  });
  expect(warnings.map((text) => text.split(/[ ,:]/).slice(0, 3).join(' '))).toEqual([
    'The baseline is',
    'The sides were',
    'All ratings of',
    'Left out ',
  ]);
});

test('an inconclusive gate that the policy lets through says that it showed nothing', () => {
  const open = { family: { lower: -0.7 } };
  expect(decide(open, { inconclusive: 'warn' }).warnings).toHaveLength(1);
  expect(decide(open).warnings).toEqual([]);
});
