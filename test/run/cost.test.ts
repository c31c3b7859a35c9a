import { expect, test } from 'vitest';
import { cost } from '../../src/run/spending.ts';

const PRICE = { prompt: 2, completion: 10 };
const MILLION = 1_000_000;

// In millions: 3 prompt tokens, of which 1 cached, and 0.5 of completion; 0.2 and 0.1 more by length.
const TOKENS = {
  promptTokens: 3 * MILLION,
  completionTokens: 0.5 * MILLION,
  cachedTokens: MILLION,
  estimated: { promptTokens: 0.2 * MILLION, completionTokens: 0.1 * MILLION },
};

test.each([
  ['without a price of their own, cached tokens cost what others do', PRICE, 12.4],
  ['cached tokens have their own price', { ...PRICE, cached: 0.5 }, 10.9],
  ['and may be free', { ...PRICE, cached: 0 }, 10.4],
])('%s', (_name, price, usd) => {
  // 3.2 × 2 + 0.6 × 10 = 12.4; 2.2 × 2 + 1 × 0.5 + 6 = 10.9
  expect(cost(TOKENS, price)).toBeCloseTo(usd, 9);
});

test('no price is no cost, and an endpoint cannot have cached more than was sent', () => {
  expect(cost(TOKENS, null)).toBeNull();
  const odd = { promptTokens: MILLION, completionTokens: 0, cachedTokens: 5 * MILLION };
  expect(cost(odd, { ...PRICE, cached: 1 })).toBeCloseTo(1, 9);
});
