import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearson, spearman } from '../../../src/stats/agreement/correlation.ts';
import { codePairs, countCells } from '../../../src/stats/agreement/pair-table.ts';
import {
  AGREEMENT_MEASURES,
  type AgreementMeasure,
  measureTable,
} from '../../../src/stats/agreement/table-agreement.ts';
import { intraclassCorrelation } from '../../oracles/icc.ts';
import { crossTabulate, DISAGREEMENTS, weightedKappa } from '../../oracles/kappa.ts';
import { kendall } from '../../oracles/kendall.ts';
import { krippendorffAlpha } from '../../oracles/krippendorff.ts';
import { pairwiseAccuracy } from '../../oracles/pair-counts.ts';
import { describeRatingError } from '../../oracles/rating-error.ts';

const SCALE = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

function measures(x: readonly number[], y: readonly number[]) {
  const values = measureTable(countCells(codePairs(x, y)));
  return (name: AgreementMeasure) => values[AGREEMENT_MEASURES.indexOf(name)] ?? Number.NaN;
}

const zip = (x: readonly number[], y: readonly number[]) =>
  x.map((value, index) => [value, y[index] ?? 0]);

describe('measures from a table of counts', () => {
  // Kendall 1970 as in SciPy's tests.
  const x = [1, 2, 2, 4, 4, 6, 6, 8, 9, 9];
  const y = [1, 2, 4, 4, 4, 4, 8, 8, 8, 10];

  it('give the published coefficients of Kendall 1970', () => {
    const of = measures(x, y);
    expect(of('kendallTauB')).toBeCloseTo(0.8589556904, 9);
    expect(of('spearman')).toBeCloseTo(0.9171378686, 9);
    expect(of('pearson')).toBeCloseTo(0.9144914538, 9);
  });

  it('give the SPSS table’s tau-b and pairwise accuracy: C 49, D 4, tied in both 12 of 105', () => {
    const first = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2];
    const second = [0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1, 2, 1];
    const of = measures(first, second);
    expect(of('kendallTauB')).toBeCloseTo(0.6166698388, 9);
    expect(of('pairwiseAccuracy')).toBeCloseTo(61 / 105, 12);
  });

  it('give the alphas of Krippendorff’s 2 × 10 table and of inspect_ai’s units', () => {
    // K2011-A, published .095; the units [1,1],[3,4],[5,5] ordinal 94/99, [1,2],[3,4],[1,1] interval 19/24.
    const first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0];
    const second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
    expect(measures(first, second)('alphaNominal')).toBeCloseTo(0.095238, 6);
    expect(measures([1, 3, 5], [1, 4, 5])('alphaOrdinal')).toBeCloseTo(94 / 99, 12);
    expect(measures([1, 3, 1], [2, 4, 1])('alphaInterval')).toBeCloseTo(19 / 24, 12);
  });

  it('weigh the pairs of an answer by 1 / (raters - 1) for alpha with several raters', () => {
    // Units [1,1,0],[0,0] nominal 1/3 (inspect_ai): the pairs 11 10 10 at 1/2 each and 00 at 1.
    const pairs = codePairs([1, 1, 1, 0], [1, 0, 0, 0]);
    const coincidences = countCells(pairs, Float64Array.of(0.5, 0.5, 0.5, 1));
    const values = measureTable(countCells(pairs), coincidences);
    expect(values[AGREEMENT_MEASURES.indexOf('alphaNominal')]).toBeCloseTo(1 / 3, 12);
  });
});

describe('measures from a table of counts, by their definition', () => {
  it('are those of the measures that read every pair', () => {
    const ratings = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 })),
      {
        minLength: 3,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(ratings, (rows) => {
        const judge = rows.map(([rating]) => rating);
        const human = rows.map(([, rating]) => rating);
        const of = measures(judge, human);
        const same = (name: AgreementMeasure, expected: number | null | undefined) => {
          if (expected === null || expected === undefined) expect(of(name)).toBeNaN();
          else expect(of(name)).toBeCloseTo(expected, 8);
        };
        const units = zip(judge, human);
        const error = describeRatingError(judge, human);
        const icc = intraclassCorrelation(units);
        const table = crossTabulate(judge, human, SCALE).counts;
        same('pearson', pearson(judge, human).value);
        same('spearman', spearman(judge, human).value);
        same('kendallTauB', kendall(judge, human).tauB.value);
        same('alphaOrdinal', krippendorffAlpha(units, 'ordinal').value);
        same('alphaInterval', krippendorffAlpha(units, 'interval').value);
        same('alphaNominal', krippendorffAlpha(units, 'nominal').value);
        same('quadraticKappa', weightedKappa(table, DISAGREEMENTS.quadratic).value);
        same('icc', icc?.single.absolute);
        same('iccAverage', icc?.average.absolute);
        same('bias', error?.bias);
        same('meanAbsoluteError', error?.meanAbsolute);
        same('exact', error?.exact);
        same('withinOne', error?.withinOne);
        same('slope', error?.slope);
        same('pairwiseAccuracy', pairwiseAccuracy(judge, human).value);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('are NaN where nothing varies', () => {
    const of = measures([5, 5, 5], [5, 5, 5]);
    for (const name of [
      'pearson',
      'kendallTauB',
      'alphaOrdinal',
      'quadraticKappa',
      'icc',
      'slope',
    ] as const)
      expect(of(name)).toBeNaN();
    expect(of('exact')).toBe(1);
  });
});
