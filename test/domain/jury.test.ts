import { expect, test } from 'vitest';
import { aggregateRatings, seatsFor } from '../../src/domain/jury.ts';

test.each([
  ['mean', [2, 4, 9], 5],
  ['median', [9, 2, 4], 4],
  // (4 + 7) / 2
  ['median', [9, 2, 7, 4], 5.5],
  // Without 1 and 10: (4 + 6) / 2
  ['trimmed', [10, 4, 1, 6], 5],
  // One of each end goes, equal ones or not.
  ['trimmed', [1, 1, 10], 1],
] as const)('the %s of %j is %d', (aggregate, ratings, expected) => {
  expect(aggregateRatings(ratings, aggregate)).toBe(expected);
});

test('too few ratings are no panel: one for a mean or median, two for a trimmed mean', () => {
  expect(aggregateRatings([7], 'mean')).toBeNull();
  expect(aggregateRatings([7], 'median')).toBeNull();
  expect(aggregateRatings([7, 8], 'trimmed')).toBeNull();
});

const JUDGES = [{ family: 'GPT' }, { family: 'Qwen' }, { family: null }];

test('judges of the model’s own family do not sit, where the jury says so and families are stated', () => {
  const jury = { judges: [0, 1, 2], excludeOwnFamily: true };
  expect(seatsFor(jury, { family: 'Qwen' }, JUDGES)).toEqual([0, 2]);
  expect(seatsFor(jury, { family: 'Llama' }, JUDGES)).toEqual([0, 1, 2]);
  // No family is not a family of its own.
  expect(seatsFor(jury, { family: null }, JUDGES)).toEqual([0, 1, 2]);
  expect(seatsFor({ ...jury, excludeOwnFamily: false }, { family: 'Qwen' }, JUDGES)).toEqual([
    0, 1, 2,
  ]);
});
