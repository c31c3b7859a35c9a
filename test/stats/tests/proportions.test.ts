import { expect, test } from 'vitest';
import { mcNemarExact } from '../../../src/stats/distributions/binomial.ts';
import {
  detectableGain,
  detectablePaired,
  newcombeInterval,
} from '../../../src/stats/tests/proportions.ts';

test('a difference of two shares lies where Newcombe puts it', () => {
  // Newcombe 1998 (Stat. Med. 17:873–890), Table II, method 10.
  for (const [a, n, b, m, low, high] of [
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [10, 10, 0, 10, 0.6075, 1],
  ] as const) {
    const interval = newcombeInterval({ successes: a, n }, { successes: b, n: m });
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  }
});

test('gain that a second sample shows is that of R’s power.prop.test', () => {
  // Its example: p1 = .50, p2 = .75, power = .90 => n = 76.7.
  const gain = detectableGain({ successes: 76.65294 / 2, n: 76.65294 }, { power: 0.9 });
  expect(gain).toBeCloseTo(0.2501, 4);
  // The same equation by scipy 1.17.1's brentq, at .8.
  expect(detectableGain({ successes: 0.378 * 817, n: 817 })).toBeCloseTo(0.068178234, 8);
  expect(detectableGain({ successes: 0.555 * 11_582, n: 11_582 })).toBeCloseTo(0.018254643, 8);
  expect(detectableGain({ successes: 9, n: 10 })).toBeNull();
});

test('paired difference that McNemar’s test shows', () => {
  // δ √n = 1.959964 √d + .841621 √(d - δ²) by scipy's brentq.
  expect(detectablePaired({ n: 150, discordant: 0.2 })).toBeCloseTo(0.101497491, 8);
  expect(detectablePaired({ n: 817, discordant: 0.1 })).toBeCloseTo(0.030950379, 8);
  expect(detectablePaired({ n: 14_042, discordant: 0.05 })).toBeCloseTo(0.005286131, 8);
  // Two of ten discordant: even both on one side prove nothing.
  expect(detectablePaired({ n: 10, discordant: 0.2 })).toBeNull();
  expect(detectablePaired({ n: 100, discordant: 0 })).toBeNull();
});

test('McNemar’s exact p is that of statsmodels', () => {
  // statsmodels 0.15.0: mcnemar([[0, b], [c, 0]], exact=True).pvalue.
  expect(mcNemarExact(10, 2)).toBeCloseTo(0.03857421875, 12);
  expect(mcNemarExact(5, 5)).toBe(1);
  expect(mcNemarExact(15, 6)).toBeCloseTo(0.0783538818359375, 12);
});
