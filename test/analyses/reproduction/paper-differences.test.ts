import { expect, test } from 'vitest';
import { paperDifferences } from '../../../src/analyses/reproduction/paper-differences.ts';
import { accuracyTableOf } from '../../../src/analyses/reproduction/reproduce-accuracy.ts';

const table = accuracyTableOf('Table 14');
const differences = table === null ? [] : paperDifferences(table);
const found = (benchmark: string, language: string, approach: string) =>
  differences.find(
    (entry) =>
      entry.benchmark === benchmark && entry.language === language && entry.approach === approach,
  );

test.each([
  // statsmodels 0.15.0: confint_proportions_2indep(…, method='newcomb', compare='diff'), widened by 0.1.
  [
    'MMLU, native',
    'Japanese',
    'DPO, CARE',
    { value: 1.4, low: 0.1343017, high: 2.6651824, resolved: 'yes' },
  ],
  [
    'TruthfulQA',
    'Chinese',
    'DPO, CARE',
    { value: 3, low: -1.833538, high: 7.8146346, resolved: 'if paired' },
  ],
  [
    'MMLU, native',
    'Arabic',
    'DPO, general',
    { value: 0.7, low: -0.5421226, high: 1.9418644, resolved: 'if paired' },
  ],
  // As printed, nothing differs; nor does a tenth of a point that rounding may have made.
  ['MMLU, English', 'Arabic', 'DPO, CARE', { value: 0, resolved: 'no' }],
  ['MMLU, native', 'Arabic', 'DPO, CARE', { value: 0.1, resolved: 'no' }],
] as const)('%s, %s, %s against vanilla', (benchmark, language, approach, expected) => {
  const difference = found(benchmark, language, approach);
  expect(difference?.resolved).toBe(expected.resolved);
  expect(difference?.value).toBeCloseTo(expected.value, 6);
  if (!('low' in expected)) return;
  expect(difference?.low).toBeCloseTo(expected.low, 6);
  expect(difference?.high).toBeCloseTo(expected.high, 6);
});

test('pairing shows a difference only where few questions are right for one model alone', () => {
  // 817 (.030 - .001)² / 1.96²: .17886.
  expect(found('TruthfulQA', 'Chinese', 'DPO, CARE')?.discordantMost).toBeCloseTo(0.178863, 5);
});

test('one of the paper’s differences is resolved at its n', () => {
  const count = (state: string) => differences.filter(({ resolved }) => resolved === state).length;
  expect([differences.length, count('yes'), count('if paired'), count('no')]).toEqual([
    24, 1, 15, 8,
  ]);
});
