import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/stats/random/random.ts';
import {
  type BootstrapInput,
  bootstrapStatistic,
} from '../../../src/stats/resampling/bootstrap.ts';

const meanOf =
  (values: readonly number[]): BootstrapInput['statistic'] =>
  (rows) =>
    rows.reduce((sum, row) => sum + Number(values[row]), 0) / rows.length;

const own = (values: readonly number[]) => values.map((_, index) => index);

function bootstrap(input: BootstrapInput, resamples: number) {
  const result = bootstrapStatistic(input, { random: createRandom('bootstrap'), resamples });
  if (result.status === 'undefined') throw new Error(result.reason);
  return result.bootstrap;
}

const near = (found: number | undefined, expected: number) =>
  expect(Math.abs(Number(found) / expected - 1)).toBeLessThan(0.005);

describe('bootstrapStatistic', () => {
  it("gives R boot's basic, percentile and BCa intervals (frozen in SciPy's tests) within .5 %", () => {
    const x = [10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213];
    const found = bootstrap({ clusters: own(x), statistic: meanOf(x) }, 200_000);
    near(found.basic.low, 23.77);
    near(found.basic.high, 79.12);
    near(found.percentile.low, 28.86);
    near(found.percentile.high, 84.21);
    near(found.bca?.low, 32.31);
    near(found.bca?.high, 91.43);
  });

  it('has the standard error of the mean, with n in place of n - 1', () => {
    // Σ(x-5)² = 32 over 8 values: √(32/8/8) = .7071.
    const x = [2, 4, 4, 4, 5, 5, 7, 9];
    const found = bootstrap({ clusters: own(x), statistic: meanOf(x) }, 40_000);
    expect(found.standardError).toBeCloseTo(Math.SQRT1_2, 2);
  });

  it('draws whole clusters and keeps the number of clusters of every stratum', () => {
    const clusters = ['a', 'a', 'b', 'c', 'd', 'd', 'd', 'e'];
    const strata = [1, 1, 1, 1, 2, 2, 2, 2];
    const first: number[] = [];
    const statistic = (rows: Int32Array) => {
      const counts = new Map<string, number>();
      for (const row of rows) {
        const cluster = String(clusters[row]);
        counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
      }
      const times = (cluster: string, size: number) => (counts.get(cluster) ?? 0) / size;
      first.push(times('a', 2) + times('b', 1) + times('c', 1));
      expect(Number.isInteger(times('a', 2)) && Number.isInteger(times('d', 3))).toBe(true);
      return times('a', 2);
    };
    bootstrap({ clusters, strata, statistic }, 50);
    expect(new Set(first.slice(0, 51))).toEqual(new Set([3]));
  });

  it('leaves a stratum of one cluster as it is and says so', () => {
    const x = [1, 2, 3, 100];
    const found = bootstrap({ clusters: own(x), strata: [0, 0, 0, 1], statistic: meanOf(x) }, 500);
    expect(found.fixedStrata).toBe(1);
    // (1+1+1+100)/4 to (3+3+3+100)/4.
    expect(found.percentile.low).toBeGreaterThanOrEqual(25.75);
    expect(found.percentile.high).toBeLessThanOrEqual(27.25);
  });

  it('keeps a bound for a statistic that lies at the end of its resamples', () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const largest = (rows: Int32Array) =>
      rows.reduce((top, row) => Math.max(top, Number(x[row])), 0);
    const found = bootstrap({ clusters: own(x), statistic: largest }, 500);
    const bounds = [found.bca?.low ?? 0, found.bca?.high ?? 0, found.percentile.low];
    expect(bounds.every(Number.isFinite)).toBe(true);
  });

  it('says why there is none', () => {
    const options = { random: createRandom(1), resamples: 100 };
    for (const none of [null, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(bootstrapStatistic({ clusters: [1, 2], statistic: () => none }, options)).toEqual({
        status: 'undefined',
        reason: 'statistic',
      });
    }
    expect(bootstrapStatistic({ clusters: [1, 1], statistic: () => 3 }, options)).toEqual({
      status: 'undefined',
      reason: 'clusters',
    });
    const onceOnly = (rows: Int32Array) => (new Set(rows).size === rows.length ? 1 : null);
    expect(bootstrapStatistic({ clusters: [1, 2, 3], statistic: onceOnly }, options)).toEqual({
      status: 'undefined',
      reason: 'resamples',
    });
  });
});
