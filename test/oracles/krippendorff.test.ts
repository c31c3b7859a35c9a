import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/stats/random/random.ts';
import { krippendorffAlpha, type Measurement } from './krippendorff.ts';

/** Raters as lines of one value a unit, `.` where missing; letters become numbers in their order. */
function units(...raters: string[]): (number | null)[][] {
  const rows = raters.map((line) => line.split(/\s+/));
  const code = (cell: string) => (/^[a-z]$/.test(cell) ? cell.charCodeAt(0) : Number(cell));
  return Array.from({ length: rows[0]?.length ?? 0 }, (_, unit) =>
    rows.map((row) => (row[unit] === '.' ? null : code(String(row[unit])))),
  );
}

const alpha = (data: readonly (readonly (number | null)[])[], measurement: Measurement) =>
  krippendorffAlpha(data, measurement).value;

// A, B, C: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability.
const A = units('0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0');
const B = units('a a b b d c c c e d d a', 'b a b b b c c c e d d d');
const C = units(
  '1 2 3 3 2 1 4 1 2 . . .',
  '1 2 3 3 2 2 4 1 2 5 . 3',
  '. 3 3 3 2 3 4 2 2 5 1 .',
  '1 2 3 3 2 4 4 1 2 5 1 .',
);
// The worked example of Wikipedia's article on the coefficient.
const WIKIPEDIA = units(
  '. . . . . 3 4 1 2 1 1 3 3 . 3',
  '1 . 2 1 3 3 4 3 . . . . . . .',
  '. . 2 1 3 4 4 . 2 1 1 3 3 . 4',
);

const published = [
  { name: 'Krippendorff A', data: A, measurement: 'nominal', expected: 0.095238 },
  { name: 'Krippendorff B', data: B, measurement: 'nominal', expected: 0.691964 },
  { name: 'Krippendorff C', data: C, measurement: 'nominal', expected: 0.743421 },
  { name: 'Krippendorff C', data: C, measurement: 'ordinal', expected: 0.815388 },
  { name: 'Krippendorff C', data: C, measurement: 'interval', expected: 0.849107 },
  { name: 'Krippendorff C', data: C, measurement: 'ratio', expected: 0.797403 },
  { name: 'Wikipedia', data: WIKIPEDIA, measurement: 'nominal', expected: 0.691358 },
  { name: 'Wikipedia', data: WIKIPEDIA, measurement: 'ordinal', expected: 0.806721 },
  { name: 'Wikipedia', data: WIKIPEDIA, measurement: 'interval', expected: 0.810845 },
  { name: 'Wikipedia', data: WIKIPEDIA, measurement: 'ratio', expected: 0.808944 },
] as const;

// UKGovernmentBEIS/inspect_ai tests/scorer/test_krippendorff.py.
const fractions = [
  {
    data: [
      [1, 1],
      [3, 4],
      [5, 5],
    ],
    measurement: 'ordinal',
    expected: 94 / 99,
  },
  {
    data: [
      [1, 2],
      [3, 4],
      [1, 1],
    ],
    measurement: 'interval',
    expected: 19 / 24,
  },
  {
    data: [
      [1, 1, 0],
      [0, 0],
    ],
    measurement: 'nominal',
    expected: 1 / 3,
  },
  {
    data: [
      [0, 1],
      [0, 1],
      [1, 0],
      [1, 0],
    ],
    measurement: 'nominal',
    expected: -0.75,
  },
] as const;

describe('krippendorffAlpha', () => {
  it.each(published)('is $expected $measurement for $name', ({ data, measurement, expected }) => {
    expect(alpha(data, measurement)).toBeCloseTo(expected, 6);
  });

  it.each(fractions)('is $expected for $data', ({ data, measurement, expected }) => {
    expect(alpha(data, measurement)).toBeCloseTo(expected, 12);
  });

  it('is undefined without a pair, and where all values are equal', () => {
    expect(krippendorffAlpha([[1], [2, null]], 'ordinal')).toMatchObject({ reason: 'too-few' });
    expect(
      krippendorffAlpha(
        [
          [7, 7],
          [7, 7],
        ],
        'interval',
      ),
    ).toMatchObject({ reason: 'constant' });
    expect(() => krippendorffAlpha([[-1, 2]], 'ratio')).toThrow(RangeError);
  });

  it('puts 10 after 9: interval alpha does not change when ratings move by one', () => {
    const low = [
      [8, 9],
      [7, 8],
      [9, 9],
      [6, 8],
    ];
    const high = low.map((unit) => unit.map((value) => value + 1));
    expect(alpha(high, 'ordinal')).toBeCloseTo(alpha(low, 'ordinal') ?? -9, 12);
    expect(alpha(high, 'interval')).toBeCloseTo(alpha(low, 'interval') ?? -9, 12);
  });
});

const cell = fc.option(fc.integer({ min: 1, max: 10 }), { freq: 4 });
const design = fc
  .array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 15 })
  .filter((data) => alpha(data, 'interval') !== null);
const measurements = ['nominal', 'ordinal', 'interval', 'ratio'] as const;

function expectSame(
  first: readonly (readonly (number | null)[])[],
  second: readonly (readonly (number | null)[])[],
  measurement: Measurement,
) {
  expect(alpha(second, measurement)).toBeCloseTo(alpha(first, measurement) ?? -9, 10);
}

describe('invariants of alpha', () => {
  it('is the same for any order of raters and units, and for units with one rating more', () => {
    fc.assert(
      fc.property(design, fc.constantFrom(...measurements), (data, measurement) => {
        expectSame(
          data,
          data.map((unit) => unit.toReversed()),
          measurement,
        );
        expectSame(data, data.toReversed(), measurement);
        expectSame(data, [...data, [4, null, null]], measurement);
      }),
      { seed: 3 },
    );
  });

  it('is the same under affine maps where interval, monotone ones where ordinal', () => {
    const map = (data: readonly (readonly (number | null)[])[], f: (value: number) => number) =>
      data.map((unit) => unit.map((value) => (value === null ? null : f(value))));
    fc.assert(
      fc.property(design, (data) => {
        expectSame(
          data,
          map(data, (value) => 3 * value - 7),
          'interval',
        );
        expectSame(
          data,
          map(data, (value) => value ** 3),
          'ordinal',
        );
        expectSame(
          data,
          map(data, (value) => value * 4),
          'ratio',
        );
      }),
      { seed: 4 },
    );
  });

  it('is 1 - (Σ m s² / n) / s² where interval, over pairable values', () => {
    const variance = (values: readonly number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    };
    fc.assert(
      fc.property(design, (data) => {
        const rated = data
          .map((unit) => unit.filter((value) => value !== null))
          .filter((unit) => unit.length > 1);
        const all = rated.flat();
        const within = rated.reduce((sum, unit) => sum + unit.length * variance(unit), 0);
        const expected = 1 - within / all.length / variance(all);
        expect(alpha(data, 'interval')).toBeCloseTo(expected, 9);
      }),
      { seed: 5 },
    );
  });

  it('is 1 for perfect agreement and about 0 for random raters', () => {
    const random = createRandom('raters');
    for (const measurement of measurements) {
      const copies = Array.from({ length: 20 }, (_, unit) => [1 + (unit % 10), 1 + (unit % 10)]);
      expect(alpha(copies, measurement)).toBe(1);
      const noise = Array.from({ length: 4000 }, () => [1 + random.int(10), 1 + random.int(10)]);
      // The spread of a correlation of 4000 pairs is .016.
      expect(Math.abs(alpha(noise, measurement) ?? 1)).toBeLessThan(0.05);
    }
  });
});
