import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePair } from '../../../src/analyses/comparison/compare.ts';
import { OperatorError } from '../../../src/domain/errors.ts';
import type { ScoredSeries } from '../../../src/series/scores/scored-series.ts';
import { seriesOf, times, WORKED } from '../../series/series.ts';
import { only, rowOf } from './comparison-rows.ts';

const worked = () =>
  comparePair(seriesOf('New', WORKED.candidate), seriesOf('Old', WORKED.baseline));

describe('comparePair', () => {
  it('gives the worked example of the README', () => {
    // d Chinese 1 0 2 0: mean .75, s² 11/12. d Arab -1 1 2 3: mean 1.25, s² 35/12.
    // D = 1; SE² = ¼ (11/48 + 35/48) = 46/192; df = 3 (11 + 35)² / (11² + 35²) = 4.71620.
    const row = rowOf(worked(), {});
    expect(row.difference).toBeCloseTo(1, 12);
    expect(row.se).toBeCloseTo(Math.sqrt(46 / 192), 12);
    expect(row.df).toBeCloseTo((3 * 46 ** 2) / (121 + 1225), 9);
    // t(.975; 4.7162) = 2.61781, by integrating the density, gives 1 ± 1.28135.
    expect(row.low).toBeCloseTo(-0.28135, 5);
    expect(row.high).toBeCloseTo(2.28135, 5);
    // t² = ¾ (S1 + S2)² / (20 - (S1² + S2²)/4) reaches the observed 48/11.5 for 8 of 64 sign patterns.
    expect(row.p).toBe(8 / 64);
    expect([row.wins, row.ties, row.losses]).toEqual([5, 2, 1]);
    // Eight signs reach 12/256 two-sided; scipy.stats.nct: P(T'(4.7162, 3.632361) > t(1 - 6/256)) = .8.
    expect(row.detectable).toBeCloseTo(3.632361 * Math.sqrt(46 / 192), 5);
    // Effect 1 / (SE √8) = .72232: nct finds it with 18 and not with 17.
    expect(row.neededQuestions).toBe(18);
    expect(row.finding).toBe('unresolved');
  });

  it('does not test a slice of five questions or fewer, which no data could resolve', () => {
    expect(rowOf(worked(), { culture: 'Arab' }).p).toBeNull();
    expect(rowOf(worked(), { category: 'Opinion' }).adjusted).toBe(8 / 64);
  });
});

describe('what may not change a comparison', () => {
  it('negates every difference and interval when the sides are swapped, and keeps every p', () => {
    const forth = comparePair(seriesOf('A', LARGE.first), seriesOf('B', LARGE.second));
    const back = comparePair(seriesOf('B', LARGE.second), seriesOf('A', LARGE.first));
    only(forth).rows.forEach((row, index) => {
      const other = only(back).rows[index];
      expect(other?.difference).toBe(row.difference && -row.difference);
      expect(other?.low).toBe(row.high && -row.high);
      expect(other?.high).toBe(row.low && -row.low);
      expect(other?.p).toBe(row.p);
      expect(other?.adjusted).toBe(row.adjusted);
      expect([other?.wins, other?.losses]).toEqual([row.losses, row.wins]);
    });
  });

  it('gives the same figures for rows in any order', () => {
    const [first, second] = [seriesOf('A', LARGE.first), seriesOf('B', LARGE.second)];
    const expected = comparePair(first, second, { flips: 199 });
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...first.rows], { minLength: first.rows.length }),
        (rows) => {
          expect(comparePair({ ...first, rows }, second, { flips: 199 })).toEqual(expected);
        },
      ),
      { numRuns: 20, seed: 5 },
    );
  });

  it('gives other p-values for another seed and the same for the same', () => {
    const [first, second] = [seriesOf('A', LARGE.first), seriesOf('B', LARGE.second)];
    const p = (seed: number) => rowOf(comparePair(first, second, { seed }), {}).p;
    expect(p(1)).toBe(p(1));
    expect(p(1)).not.toBe(p(2));
  });
});

describe('a row without spread or pairs', () => {
  it('bounds a difference of 0 without spread by the share of questions that could differ', () => {
    const ratings = { 'Chinese/Opinion': times(30, (index) => 1 + (index % 10)) };
    const row = rowOf(comparePair(seriesOf('A', ratings), seriesOf('A again', ratings)), {});
    // 9 (1 - .05^(1/30)) = .8553.
    expect(row.difference).toBe(0);
    expect(row.low).toBeCloseTo(-0.8553, 4);
    expect(row.high).toBeCloseTo(0.8553, 4);
    expect(row.p).toBe(1);
    expect([row.detectable, row.neededQuestions]).toEqual([null, null]);
  });

  it('has a difference but neither interval nor test for a single pair', () => {
    const row = rowOf(
      comparePair(seriesOf('A', { 'x/y': [7] }), seriesOf('B', { 'x/y': [4] })),
      {},
    );
    expect(row).toMatchObject({ difference: 3, low: null, high: null, p: null, n: 1 });
  });

  it('takes the spread between cells where each has one question', () => {
    const cells = (ratings: readonly number[]) =>
      Object.fromEntries(ratings.map((rating, cell) => [`c${cell}/y`, [rating]]));
    const set = comparePair(seriesOf('A', cells([6, 7, 8, 9])), seriesOf('B', cells([5, 5, 5, 5])));
    // 1, 2, 3, 4: mean 2.5, SE √(5/3 / 4) = .645497, t(.975, 3) = 3.182446: 2.5 ± 2.054260.
    const row = rowOf(set, {});
    expect(row.difference).toBe(2.5);
    expect(row.low).toBeCloseTo(0.44574, 4);
    expect(row.high).toBeCloseTo(4.55426, 4);
  });

  it('says nothing of a slice without a complete pair, and never NaN or Infinity', () => {
    const set = comparePair(
      seriesOf('A', { 'x/y': [7, 8, 9, 6, 5, 7], 'z/y': [null, null] }),
      seriesOf('B', { 'x/y': [7, 8, 9, 6, 5, 7], 'z/y': [3, 4] }),
    );
    expect(rowOf(set, { culture: 'z' })).toMatchObject({
      difference: null,
      n: 0,
      missing: { candidate: 2, baseline: 0 },
    });
    expect(hasOnlyJsonNumbers(set)).toBe(true);
  });

  it('leaves incomplete pairs out, keeps the weights of their cells and bounds the worst case', () => {
    // Cell x: d 2 2 2 and one missing; cell z: d 0 0 0 0. Each cell weighs 4 of 8: D = 1.
    const set = comparePair(
      seriesOf('A', { 'x/y': [5, 6, 7, null], 'z/y': [5, 5, 5, 5] }),
      seriesOf('B', { 'x/y': [3, 4, 5, 6], 'z/y': [5, 5, 5, 5] }),
    );
    const row = rowOf(set, {});
    expect(row.difference).toBeCloseTo(1, 12);
    expect(row.n).toBe(7);
    // At worst the missing rating is 1: (6 + (1 - 6)) / 8; at best 10: (6 + (10 - 6)) / 8.
    expect(row.bounds).toEqual({ low: 1 / 8, high: 10 / 8 });
    expect(only(set).missingness).toEqual({ onlyCandidate: 1, onlyBaseline: 0, p: 1 });
  });
});

describe('clusters and reruns', () => {
  it('counts questions of one cluster as one draw', () => {
    // Four clusters of equal pairs: as good as the four questions they were copied from.
    const differences = [3, -1, 2, 0];
    const cells = (shift: readonly number[], copies: number) => ({
      'x/y': shift.flatMap((d) => times(copies, () => 5 + d)),
    });
    const clusterOf = (id: string) => `passage ${Math.floor(Number(id.slice(-4)) / 2)}`;
    const clustered = rowOf(
      comparePair(
        seriesOf('A', cells(differences, 2), { clusterOf }),
        seriesOf('B', cells([0, 0, 0, 0], 2), { clusterOf }),
      ),
      {},
    );
    const single = rowOf(
      comparePair(seriesOf('A', cells(differences, 1)), seriesOf('B', cells([0, 0, 0, 0], 1))),
      {},
    );
    expect(clustered.clusters).toBe(4);
    expect(clustered.se).toBeCloseTo(single.se ?? Number.NaN, 12);
    expect(clustered.low).toBeCloseTo(single.low ?? Number.NaN, 12);
  });

  it('sees the covariance of cells that share clusters', () => {
    // The same four passages in two categories, with the same differences: no more than four draws.
    const differences = [3, -1, 2, 0];
    const both = (shift: readonly number[]) => ({
      'x/y': shift.map((d) => 5 + d),
      'x/z': shift.map((d) => 5 + d),
    });
    const clusterOf = (id: string) => `passage ${id.slice(-4)}`;
    const linked = rowOf(
      comparePair(
        seriesOf('A', both(differences), { clusterOf }),
        seriesOf('B', both([0, 0, 0, 0]), { clusterOf }),
      ),
      {},
    );
    const once = rowOf(
      comparePair(
        seriesOf('A', { 'x/y': differences.map((d) => 5 + d) }),
        seriesOf('B', { 'x/y': [5, 5, 5, 5] }),
      ),
      {},
    );
    expect(linked.clusters).toBe(4);
    expect(linked.se).toBeCloseTo(once.se ?? Number.NaN, 12);
  });

  it('names the answers a question that would do where reruns were measured', () => {
    // D .5, n SE² = 46/24 of which answers make (1 + 1)/1; ω² = 0 as it may not be negative.
    // K = 2 / (8 · .25 / 3.632361²) = 13.19, rounded up.
    const rerun = { variance: 1, answers: 1 };
    const halved = {
      'Chinese/Opinion': [7.5, 7, 8, 6],
      'Arab/Opinion': [5.5, 5.5, 7, 7.5],
    };
    const set = comparePair(
      { ...seriesOf('A', halved), rerun },
      { ...seriesOf('B', WORKED.baseline), rerun },
    );
    // d .5 0 1 0 and -.5 .5 1 1.5: half the worked example, so SE² = 46/768.
    const row = rowOf(set, {});
    expect(row.difference).toBeCloseTo(0.5, 12);
    expect(row.neededAnswers).toBe(14);
    expect(rowOf(worked(), {}).neededAnswers).toBeNull();
  });
});

describe('what comparePair refuses', () => {
  const row = { 'x/y': times(40, (index) => 1 + (index % 10)) };

  it('refuses sides of different judges, unless bridged', () => {
    const [first, second] = [seriesOf('A', row), seriesOf('B', row, { judgeKey: 'other' })];
    expect(() => comparePair(first, second)).toThrow(/A and B were not rated by the same judge/);
    expect(comparePair(first, second, { bridge: true }).bridged).toBe(true);
  });

  it('lists questions that only one side has, and refuses above 5 %', () => {
    const full = seriesOf('A', row);
    const without = (count: number): ScoredSeries => ({
      ...full,
      label: 'B',
      rows: full.rows.slice(count),
    });
    expect(only(comparePair(full, without(2))).leftOut).toEqual({
      candidate: ['x/y-0000', 'x/y-0001'],
      baseline: [],
    });
    expect(() => comparePair(full, without(3))).toThrow(OperatorError);
    expect(() => comparePair(full, without(3))).toThrow(/37 of 40 .*\n.*only in A: x\/y-0000/);
  });

  it('pairs the same questions in two languages by a cluster of their own', () => {
    const native = seriesOf('A', row, { clusterOf: (id) => id });
    // The other language: other content, and other ids, of the same clusters.
    const english: ScoredSeries = {
      ...native,
      label: 'B',
      rows: native.rows.map((one) => ({
        ...one,
        ...{ item: `${one.item} in English`, id: `en-${one.id}` },
        rating: (one.rating ?? 0) + 1,
      })),
    };
    const set = comparePair(english, native);
    expect(set.questions).toBe(40);
    expect(set.estimand).toContain('paired by `cluster`');
    expect(rowOf(set, {}).difference).toBeCloseTo(1, 12);
    expect(comparePair(native, native).estimand).not.toContain('cluster');
    // Two questions of one passage cannot be told apart by it.
    const passage = seriesOf('C', row, { clusterOf: () => 'passage' });
    const other = {
      ...passage,
      rows: passage.rows.map((one) => ({ ...one, item: `${one.item}!` })),
    };
    expect(() => comparePair(passage, other)).toThrow(/Only 0 of 80/);
  });

  it('refuses sides without a common question', () => {
    expect(() => comparePair(seriesOf('A', row), seriesOf('B', { 'z/y': [1] }))).toThrow(
      /Only 0 of 41/,
    );
  });
});

const LARGE = {
  first: {
    'Chinese/Opinion': times(12, (i) => (i === 3 ? null : 3 + ((i * 7) % 6))),
    'Chinese/Literacy': times(9, (i) => 2 + ((i * 5) % 9)),
    'Arab/Opinion': times(11, (i) => 1 + ((i * 3) % 10)),
  },
  second: {
    'Chinese/Opinion': times(12, (i) => 2 + ((i * 5) % 7)),
    'Chinese/Literacy': times(9, (i) => (i === 8 ? null : 3 + ((i * 4) % 7))),
    'Arab/Opinion': times(11, (i) => 2 + ((i * 7) % 9)),
  },
};

function hasOnlyJsonNumbers(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value !== 'object') return true;
  return Object.values(value).every(hasOnlyJsonNumbers);
}
