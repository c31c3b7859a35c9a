import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intraclassCorrelation } from './icc.ts';
import { crossTabulate, DISAGREEMENTS, weightedKappa } from './kappa.ts';
import { describeRatingError } from './rating-error.ts';

// Shrout & Fleiss 1979, table 2: published .17 .29 .71 and .44 .62 .91.
const SHROUT_FLEISS = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
];

describe('intraclassCorrelation', () => {
  it('gives the six published coefficients', () => {
    const found = intraclassCorrelation(SHROUT_FLEISS);
    expect(found?.single.oneWay).toBeCloseTo(0.165742, 6);
    expect(found?.single.absolute).toBeCloseTo(0.289764, 6);
    expect(found?.single.consistency).toBeCloseTo(0.714841, 6);
    expect(found?.average.oneWay).toBeCloseTo(0.442797, 6);
    expect(found?.average.absolute).toBeCloseTo(0.620051, 6);
    expect(found?.average.consistency).toBeCloseTo(0.909316, 6);
  });

  it('drops rows with a missing rating and counts them', () => {
    const found = intraclassCorrelation([...SHROUT_FLEISS, [9, null, 9, 9]]);
    expect(found).toEqual({ ...intraclassCorrelation(SHROUT_FLEISS), dropped: 1 });
  });

  it('ignores a rater offset where consistency is asked, and only there', () => {
    const shifted = SHROUT_FLEISS.map((row) => row.map((value, rater) => value + 2 * rater));
    const before = intraclassCorrelation(SHROUT_FLEISS);
    const after = intraclassCorrelation(shifted);
    expect(after?.single.consistency).toBeCloseTo(before?.single.consistency ?? -9, 10);
    expect(after?.single.absolute).not.toBeCloseTo(before?.single.absolute ?? -9, 2);
  });

  it('has no coefficient whose denominator is 0 but for rounding', () => {
    // Mean squares by hand: rows 1.15, raters 2.5, residual 8.25; 1.15 + (2.5 - 8.25) / 5 = 0.
    const found = intraclassCorrelation([
      [2, 6],
      [5, 2],
      [5, 6],
      [1, 7],
      [6, 3],
    ]);
    expect(found?.average.absolute).toBeNull();
    expect(found?.average.consistency).toBeCloseTo((1.15 - 8.25) / 1.15, 10);
  });

  it('is null below two rows or raters and for constants', () => {
    expect(intraclassCorrelation([[1, 2]])).toBeNull();
    expect(intraclassCorrelation([[1], [2]])).toBeNull();
    expect(
      intraclassCorrelation([
        [0.1, 0.1],
        [0.1, 0.1],
        [0.1, 0.1],
      ]),
    ).toBeNull();
    expect(() =>
      intraclassCorrelation([
        [1, 2],
        [1, 2, 3],
      ]),
    ).toThrow(RangeError);
  });
});

describe('weightedKappa', () => {
  const custom = [
    [0, 1, 3],
    [1, 0, 6],
    [3, 6, 0],
  ];
  const byTable = (first: number, second: number) => custom[first]?.[second] ?? Number.NaN;
  // Cohen 1960 and 1968: published .492 unweighted, .348 with the custom weights.
  const cohen = [
    [88, 14, 18],
    [10, 40, 10],
    [2, 6, 12],
  ];
  const second = [
    [106, 10, 4],
    [22, 28, 10],
    [2, 12, 6],
  ];

  it.each([
    { name: 'unweighted', table: cohen, weights: DISAGREEMENTS.nominal, expected: 0.491525 },
    { name: 'custom', table: cohen, weights: byTable, expected: 0.34782608695 },
    { name: 'linear', table: cohen, weights: DISAGREEMENTS.linear, expected: 0.473684 },
    { name: 'quadratic', table: cohen, weights: DISAGREEMENTS.quadratic, expected: 0.454545 },
    { name: 'unweighted', table: second, weights: DISAGREEMENTS.nominal, expected: 0.428571 },
    { name: 'linear', table: second, weights: DISAGREEMENTS.linear, expected: 0.492308 },
    { name: 'quadratic', table: second, weights: DISAGREEMENTS.quadratic, expected: 0.566667 },
  ])('is $expected $name', ({ table, weights, expected }) => {
    expect(weightedKappa(table, weights).value).toBeCloseTo(expected, 6);
  });

  it('counts ratings over all of 1 to 10, and those between points apart', () => {
    const scale = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const { counts, unplaced } = crossTabulate([10, 9, 7.5, 1], [9, 9, 8, 1], scale);
    expect(counts).toHaveLength(10);
    expect(counts[9]?.[8]).toBe(1);
    expect(counts[8]?.[8]).toBe(1);
    expect(unplaced).toBe(1);
    // Empty categories change no kappa: distances are positions on the full scale.
    expect(weightedKappa(counts, DISAGREEMENTS.linear).value).toBeCloseTo(
      // observed 1; expected from first {10, 9, 1}, second {9, 9, 1}: (1+1+9 + 0+0+8 + 8+8+0) / 3.
      1 - 1 / (35 / 3),
      12,
    );
  });

  it('is undefined where chance explains everything, or there is nothing', () => {
    expect(
      weightedKappa(
        [
          [5, 0],
          [0, 0],
        ],
        DISAGREEMENTS.nominal,
      ),
    ).toMatchObject({
      value: null,
      reason: 'constant',
    });
    expect(
      weightedKappa(
        [
          [0, 0],
          [0, 0],
        ],
        DISAGREEMENTS.nominal,
      ),
    ).toMatchObject({
      reason: 'too-few',
    });
    expect(() => weightedKappa([[1, 2]], DISAGREEMENTS.nominal)).toThrow(RangeError);
  });
});

describe('describeRatingError', () => {
  it('describes judge 7 9 10 against human 6 9 8', () => {
    // Differences 1 0 2. Human mean 23/3, judge 26/3; centred: xx = 14/3, yy = 14/3, xy = 11/3.
    const found = describeRatingError([7, 9, 10], [6, 9, 8]);
    expect(found?.bias).toBeCloseTo(1, 12);
    expect(found?.biasEstimate?.se).toBeCloseTo(Math.sqrt(1 / 3), 12);
    expect(found?.meanAbsolute).toBeCloseTo(1, 12);
    expect(found?.rootMeanSquare).toBeCloseTo(Math.sqrt(5 / 3), 12);
    expect(found?.exact).toBeCloseTo(1 / 3, 12);
    expect(found?.withinOne).toBeCloseTo(2 / 3, 12);
    expect(found?.slope).toBeCloseTo(11 / 14, 12);
    // 2 · 11/9 / (14/9 + 14/9 + 1).
    expect(found?.concordance).toBeCloseTo(22 / 37, 12);
  });

  it('takes the error of the bias over clusters where they are given', () => {
    const found = describeRatingError([7, 9, 10, 4], [6, 9, 8, 4], ['a', 'a', 'b', 'b']);
    // Differences 1 0 | 2 0, mean .75; residual sums -.5 and .5: √(2 · .5) / 4.
    expect(found?.biasEstimate?.se).toBeCloseTo(0.25, 12);
  });

  it('is null for no pairs, and has no slope or concordance on constants', () => {
    expect(describeRatingError([], [])).toBeNull();
    expect(describeRatingError([5, 5], [5, 5])).toMatchObject({ slope: null, concordance: null });
  });

  it('has concordance 1 for a copy, and never above the absolute correlation', () => {
    const ratings = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(ratings, (values) => {
        const copy = describeRatingError(values, values);
        if (copy?.slope === null) return;
        expect(copy?.concordance).toBeCloseTo(1, 12);
        const shifted = describeRatingError(
          values.map((value) => value + 1),
          values,
        );
        expect(shifted?.concordance).toBeLessThan(1);
      }),
      { seed: 2 },
    );
  });
});
