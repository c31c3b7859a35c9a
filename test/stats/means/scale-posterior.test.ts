import { expect, test } from 'vitest';
import { scalePosterior } from '../../../src/stats/means/scale-posterior.ts';
import { scalePriorDraws } from '../../../src/stats/means/scale-prior.ts';
import { createRandom } from '../../../src/stats/random/random.ts';

const RANGE = { min: -9, max: 9 };

test.each([
  ['mostly ties and one large loss', [...Array(9).fill(1), ...Array(20).fill(0), -5], 0.012],
  ['all equal', Array(240).fill(0), 0.012],
  ['spread', Array.from({ length: 150 }, (_, index) => ((index * 7) % 9) - 4), 0.006],
])('the saddlepoint gives the tails that draws give: %s', (_, values: number[], within) => {
  const clusters = values.map((_value, index) => index);
  const posterior = scalePosterior({ values, clusters, scale: RANGE, priorWeight: 2 });
  const random = createRandom('saddlepoint');
  const draws = scalePriorDraws(values, { scale: RANGE, random, draws: 20_000, priorWeight: 2 });
  for (const p of [0.05, 0.95]) {
    const drawn = draws?.toSorted()[Math.floor(p * 20_000)] ?? Number.NaN;
    expect(Math.abs((posterior?.cdf(drawn) ?? Number.NaN) - p)).toBeLessThan(within);
    expect(posterior?.cdf(posterior.quantile(p))).toBeCloseTo(p, 4);
  }
});

test('is 0 below the scale, 1 above it, rises in between, and does not exist without values', () => {
  const posterior = scalePosterior({
    values: [0, 1, -2],
    clusters: [0, 1, 2],
    scale: RANGE,
    priorWeight: 2,
  });
  const at = [-9, -8, -4, -1, -0.3, 0, 0.5, 3, 8, 9].map((x) => posterior?.cdf(x) ?? Number.NaN);
  expect(at[0]).toBe(0);
  expect(at.at(-1)).toBe(1);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(scalePosterior({ values: [], clusters: [], scale: RANGE, priorWeight: 2 })).toBeNull();
});
