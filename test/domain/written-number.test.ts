import { expect, it } from 'vitest';
import { parseNumber } from '../../src/domain/written-number.ts';

it.each([
  ['7', 7],
  [' 7.5 ', 7.5],
  ['7,5', 7.5],
  ['٧', 7],
  ['۸', 8],
  ['८', 8],
  ['８', 8],
  ['٧٫٥', 7.5],
  ['१०', 10],
  ['-1', -1],
])('%s is read as %d', (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

it.each(['', ' ', '1,000', '7,5,1', '7.5,1', '7/10', '0x7', '1e1', 'seven', '7%', 'NaN'])(
  '%o is no number',
  (text) => {
    expect(parseNumber(text)).toBeNull();
  },
);
