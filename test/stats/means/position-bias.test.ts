import { expect, test } from 'vitest';
import { type PositionedAnswer, positionBias } from '../../../src/stats/means/position-bias.ts';

/** `right` of `n` questions whose right option stands at `gold`; the others go to `instead`. */
const at = (gold: number, right: number, n: number, instead: number | null): PositionedAnswer[] =>
  Array.from({ length: n }, (_, index) => ({ gold, chosen: index < right ? gold : instead }));

test('recall by position and its spread', () => {
  const bias = positionBias(
    [...at(0, 8, 10, 1), ...at(1, 6, 10, 0), ...at(2, 5, 10, 0), ...at(3, 3, 10, 0)],
    4,
  );
  expect(bias.positions.map(({ recall }) => recall)).toEqual([0.8, 0.6, 0.5, 0.3]);
  // numpy.std([.8, .6, .5, .3]).
  expect(bias.rstd).toBeCloseTo(0.180277564, 8);
  // p = 22/40: √(3/4 · .2475 / 10).
  expect(bias.expected).toBeCloseTo(Math.sqrt(0.0185625), 12);
  // Chosen at 0: 8 + 4 + 5 + 7 of 40.
  expect(bias.positions[0]).toEqual({ position: 0, n: 10, recall: 0.8, chosen: 0.6 });
});

test('unread answers are not recalled and choose nothing; a position without questions has no recall', () => {
  const bias = positionBias([...at(0, 1, 2, null), ...at(1, 2, 2, null)], 3);
  expect(bias.positions).toEqual([
    { position: 0, n: 2, recall: 0.5, chosen: 1 / 3 },
    { position: 1, n: 2, recall: 1, chosen: 2 / 3 },
    { position: 2, n: 0, recall: null, chosen: 0 },
  ]);
  expect(bias.rstd).toBeCloseTo(0.25, 12);
});

test('one position has no spread', () => {
  expect(positionBias(at(0, 1, 2, null), 2)).toMatchObject({ rstd: null, expected: null });
  expect(positionBias([], 2).positions[0]).toEqual({
    position: 0,
    n: 0,
    recall: null,
    chosen: null,
  });
});
