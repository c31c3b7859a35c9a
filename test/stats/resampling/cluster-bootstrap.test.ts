import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/stats/random/random.ts';
import { bootstrapStatistic } from '../../../src/stats/resampling/bootstrap.ts';
import { bootstrapClusters } from '../../../src/stats/resampling/cluster-bootstrap.ts';

// R's boot on 16 values (frozen in SciPy's tests): BCa of the mean (32.31, 91.43), within .5 %.
const VALUES = [10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213];

const meanOf = (times: Float64Array) => {
  let sum = 0;
  times.forEach((count, index) => {
    sum += count * (VALUES[index] ?? 0);
  });
  return sum / VALUES.length;
};

describe('the bootstrap of several statistics', () => {
  it('has R’s BCa interval for the mean', () => {
    const [mean] = bootstrapClusters(
      {
        strata: new Int32Array(VALUES.length),
        statistics: (times) => Float64Array.of(meanOf(times)),
      },
      { random: createRandom('bca'), resamples: 60_000 },
    );
    expect(mean?.low).toBeCloseTo(32.31, 0);
    expect(Math.abs((mean?.low ?? 0) / 32.31 - 1)).toBeLessThan(0.01);
    expect(Math.abs((mean?.high ?? 0) / 91.43 - 1)).toBeLessThan(0.01);
  });

  it('agrees with the bootstrap of one statistic over strata', () => {
    const strata = VALUES.map((_, index) => (index < 8 ? 0 : 1));
    const [ours] = bootstrapClusters(
      { strata: Int32Array.from(strata), statistics: (times) => Float64Array.of(meanOf(times)) },
      { random: createRandom('ours'), resamples: 20_000 },
    );
    const single = bootstrapStatistic(
      {
        clusters: VALUES.map((_, index) => index),
        strata,
        statistic: (rows) => rows.reduce((sum, row) => sum + (VALUES[row] ?? 0), 0) / rows.length,
      },
      { random: createRandom('single'), resamples: 20_000 },
    );
    if (single.status !== 'estimated') throw new Error('undefined');
    expect(ours?.value).toBeCloseTo(single.bootstrap.estimate, 10);
    expect(Math.abs((ours?.low ?? 0) - (single.bootstrap.bca?.low ?? 99))).toBeLessThan(1);
    expect(Math.abs((ours?.high ?? 0) - (single.bootstrap.bca?.high ?? 99))).toBeLessThan(1.5);
  });

  it('gives no interval to what one in ten resamples leaves undefined, or where each stratum has one cluster', () => {
    const [rare, fine] = bootstrapClusters(
      {
        strata: new Int32Array(4),
        // Undefined unless cluster 0 is drawn: in (3/4)^4 = 32 % of the resamples.
        statistics: (times) => Float64Array.of(times[0] === 0 ? Number.NaN : 1, times[1] ?? 0),
      },
      { random: createRandom('rare') },
    );
    expect(rare).toEqual({ value: 1, low: null, high: null });
    expect(fine?.low).toBe(0);
    const [alone] = bootstrapClusters(
      { strata: Int32Array.of(0, 1), statistics: () => Float64Array.of(3) },
      { random: createRandom('alone') },
    );
    expect(alone).toEqual({ value: 3, low: null, high: null });
  });
});
