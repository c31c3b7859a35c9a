import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  meanCorrelation,
  pearson,
  pearsonInterval,
  spearman,
  spearmanInterval,
} from '../../../src/stats/agreement/correlation.ts';
import { midranks } from '../../../src/stats/distributions/ranks.ts';
import { createRandom } from '../../../src/stats/random/random.ts';
import { kendall } from '../../oracles/kendall.ts';
import { countPairs, pairwiseAccuracy } from '../../oracles/pair-counts.ts';

const rating = fc.integer({ min: 1, max: 10 });
const pairs = fc.array(fc.tuple(rating, rating), { minLength: 2, maxLength: 40 });
const split = (rows: readonly (readonly [number, number])[]) => ({
  x: rows.map(([first]) => first),
  y: rows.map(([, second]) => second),
});

// Kendall 1970, as in SciPy's test_stats.py.
const KENDALL_1970 = { x: [1, 2, 2, 4, 4, 6, 6, 8, 9, 9], y: [1, 2, 4, 4, 4, 4, 8, 8, 8, 10] };
// SciPy's test_stats.py, from R.
const FROM_R = { x: [12, 2, 1, 12, 2], y: [1, 4, 7, 1, 0] };
// SPSS output in stats.stackexchange question 653196.
const SPSS = {
  x: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2],
  y: [0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1, 2, 1],
};
// Hollander & Wolfe 1973, tuna colour and quality: R's cor.test example.
const TUNA = {
  x: [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1],
  y: [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8],
};

describe('Pearson and Spearman', () => {
  it.each([
    { name: 'Kendall 1970', ...KENDALL_1970, rho: 0.9171378686 },
    { name: "R's ties", ...FROM_R, rho: -0.5407380704 },
    { name: 'Hollander & Wolfe', ...TUNA, rho: 0.6 },
    {
      name: "Wikipedia's IQ and television hours",
      x: [106, 86, 100, 101, 99, 103, 97, 113, 112, 110],
      y: [7, 0, 27, 50, 28, 29, 20, 12, 6, 17],
      rho: -0.1757575758,
    },
  ])('give rho $rho for $name', ({ x, y, rho }) => {
    expect(spearman(x, y).value).toBeCloseTo(rho, 9);
  });

  it('give r .9144914538 for Kendall 1970', () => {
    expect(pearson(KENDALL_1970.x, KENDALL_1970.y).value).toBeCloseTo(0.9144914538, 9);
  });

  it('share ranks among ties', () => {
    expect(midranks([10, 9, 10, 1, 9, 9])).toEqual([5.5, 3, 5.5, 1, 3, 3]);
    expect(midranks([])).toEqual([]);
  });

  it('say why there is none', () => {
    expect(pearson([1], [2])).toEqual({ value: null, n: 1, reason: 'too-few' });
    expect(pearson([0.1, 0.1, 0.1], [1, 2, 3])).toEqual({ value: null, n: 3, reason: 'constant' });
    expect(() => spearman([1, 2], [1])).toThrow(RangeError);
  });

  it('do not depend on the order of rows, and rho not on a monotone change of scale', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const { x, y } = split(rows);
        const turned = split(rows.toReversed());
        const rho = spearman(x, y).value;
        if (rho === null) return;
        expect(spearman(turned.x, turned.y).value).toBeCloseTo(rho, 10);
        expect(
          spearman(
            x.map((value) => value ** 3),
            y,
          ).value,
        ).toBeCloseTo(rho, 10);
      }),
      { seed: 6 },
    );
  });

  it("have Fisher's intervals, rho's the wider", () => {
    const r = { value: 0.6, n: 100 };
    expect(pearsonInterval(r)?.low).toBeCloseTo(0.457, 3);
    // tanh(atanh .6 - 1.96 √(1.18/97)).
    expect(spearmanInterval(r)?.low).toBeCloseTo(0.4438, 4);
    expect(pearsonInterval({ value: null, n: 1, reason: 'too-few' })).toBeNull();
  });

  it("average cells by Fisher's z, weights n - 3", () => {
    const cells = [
      { value: 0.5, n: 13 },
      { value: 0.8, n: 33 },
      { value: null, n: 2, reason: 'too-few' },
    ] as const;
    // (10 · .549306 + 30 · 1.098612) / 40 = .961286.
    expect(meanCorrelation(cells).value).toBeCloseTo(Math.tanh(0.961286), 6);
    expect(meanCorrelation([])).toEqual({ value: null, n: 0, reason: 'too-few' });
  });
});

describe('Kendall', () => {
  it.each([
    { name: 'Kendall 1970', ...KENDALL_1970, tauB: 0.8589556904, tauC: 0.825 },
    { name: "R's ties", ...FROM_R, tauB: -0.4714045208, tauC: -0.48 },
    { name: 'SPSS', ...SPSS, tauB: 0.6166698388, tauC: 0.6 },
    { name: 'a perfect order with ties', x: [1, 1, 2], y: [1, 1, 2], tauB: 1, tauC: 8 / 9 },
  ])('gives tau-b $tauB and tau-c $tauC for $name', ({ x, y, tauB, tauC }) => {
    expect(kendall(x, y).tauB.value).toBeCloseTo(tauB, 9);
    expect(kendall(x, y).tauC.value).toBeCloseTo(tauC, 9);
  });

  it('counts 49 concordant and 4 discordant pairs in the SPSS table', () => {
    expect(countPairs(SPSS.x, SPSS.y)).toMatchObject({
      concordant: 49,
      discordant: 4,
      tiedFirst: 30,
      tiedSecond: 34,
      tiedBoth: 12,
    });
  });

  it("has R's p, normal with ties and exact without", () => {
    expect(kendall(FROM_R.x, FROM_R.y).p).toBeCloseTo(0.2827454599, 9);
    const tuna = kendall(TUNA.x, TUNA.y);
    expect(tuna.tauB.value).toBeCloseTo(4 / 9, 12);
    expect(tuna).toMatchObject({ method: 'exact' });
    expect(tuna.p).toBeCloseTo(0.1194389, 7);
  });

  it('is what counting all pairs gives', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const { x, y } = split(rows);
        const signs = rows.flatMap(([a, b], index) =>
          rows.slice(0, index).map(([c, d]) => Math.sign(a - c) * Math.sign(b - d)),
        );
        const counts = countPairs(x, y);
        expect(counts.concordant).toBe(signs.filter((sign) => sign > 0).length);
        expect(counts.discordant).toBe(signs.filter((sign) => sign < 0).length);
      }),
      { seed: 7 },
    );
  });

  it('changes sign with its second argument', () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const { x, y } = split(rows);
        const tau = kendall(x, y).tauB.value;
        const turned = kendall(
          x,
          y.map((value) => -value),
        ).tauB.value;
        if (tau === null) expect(turned).toBeNull();
        else expect(turned).toBeCloseTo(-tau, 12);
      }),
      { seed: 8 },
    );
  });

  it('does not overflow at 200 000 pairs', () => {
    const random = createRandom('many');
    const x = Array.from({ length: 200_000 }, () => random.int(10));
    const y = x.map((value) => (random.uniform() < 0.5 ? value : random.int(10)));
    const counts = countPairs(x, y);
    expect(counts.pairs).toBe(19_999_900_000);
    // scipy.stats.kendalltau (SciPy 1.17) on the same numbers.
    expect(kendall(x, y).tauB.value).toBeCloseTo(0.434104836811779, 9);
  });

  it('is undefined for constants and fewer than two pairs', () => {
    expect(kendall([3, 3, 3], [1, 2, 3])).toMatchObject({
      tauB: { value: null, reason: 'constant' },
      p: null,
    });
    expect(kendall([], [])).toMatchObject({ tauB: { value: null, reason: 'too-few' } });
  });
});

describe('pairwiseAccuracy', () => {
  it('counts pairs that both order alike or both tie: (49 + 12) / 105 in the SPSS table', () => {
    expect(pairwiseAccuracy(SPSS.x, SPSS.y).value).toBeCloseTo(61 / 105, 12);
  });

  it('is 1 for a copy and 0 for a tie-free reversal', () => {
    expect(pairwiseAccuracy([1, 1, 5], [2, 2, 3]).value).toBe(1);
    expect(pairwiseAccuracy([1, 2, 3], [3, 2, 1]).value).toBe(0);
    expect(pairwiseAccuracy([1], [1])).toMatchObject({ value: null, reason: 'too-few' });
  });
});
