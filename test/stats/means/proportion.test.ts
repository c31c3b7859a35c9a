import { expect, test } from 'vitest';
import { wilsonInterval } from '../../../src/stats/means/proportion.ts';

test('Wilson’s interval is that of Newcombe 1998 (Stat. Med. 17, Table I, method 3)', () => {
  // 81 of 263, 15 of 148, 0 of 20, 1 of 29; z = 1.96.
  for (const [successes, n, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const interval = wilsonInterval(successes, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  }
});

test('all of them is 1 at its upper end, none is 0 at its lower', () => {
  expect(wilsonInterval(7, 7).high).toBe(1);
  expect(wilsonInterval(0, 7).low).toBe(0);
  // (z²/n) / (1 + z²/n) at 0 of 7: 0.54878 / 1.54878.
  expect(wilsonInterval(0, 7).high).toBeCloseTo(0.35433, 4);
});
