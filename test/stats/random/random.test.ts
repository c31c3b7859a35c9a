import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/stats/random/random.ts';

const take = (n: number, draw: () => number) => Array.from({ length: n }, draw);

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const central = (power: number) =>
    values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  return { mean, variance: central(2), skewness: central(3) / central(2) ** 1.5 };
}

describe('createRandom', () => {
  it('repeats itself from the same seed and differs from the next one', () => {
    const first = take(5, createRandom(7).bits);
    expect(take(5, createRandom('7').bits)).toEqual(first);
    expect(take(5, createRandom(8).bits)).not.toEqual(first);
  });

  it('keeps its sequence from version to version', () => {
    const random = createRandom('care');
    expect(take(4, random.bits)).toEqual([2528988064, 3208794371, 342764812, 2281095869]);
  });

  it('gives streams that depend on the label and not on what was drawn before', () => {
    const fresh = take(3, createRandom(1).stream('bay').bits);
    const used = createRandom(1);
    take(100, used.bits);
    expect(take(3, used.stream('bay').bits)).toEqual(fresh);
    expect(take(3, used.stream('flip').bits)).not.toEqual(fresh);
    expect(take(3, used.stream('a').stream('b').bits)).not.toEqual(
      take(3, used.stream('b').stream('a').bits),
    );
  });

  it('deals integers evenly', () => {
    const random = createRandom(3);
    const counts = new Array(7).fill(0);
    for (let draw = 0; draw < 70_000; draw += 1) counts[random.int(7)] += 1;
    // χ² with 6 df stays under 22.46 in 99.9 % of cases.
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(22.46);
  });

  // n = 200 000: three standard errors of a mean are .0067 sd.
  it.each([
    { name: 'uniform', draw: (random: Random) => random.uniform(), moment: [0.5, 1 / 12, 0] },
    { name: 'normal', draw: (random: Random) => random.normal(), moment: [0, 1, 0] },
    { name: 'exponential', draw: (random: Random) => random.exponential(), moment: [1, 1, 2] },
    // A gamma's skewness is 2 / √shape.
    { name: 'gamma 3.1', draw: (random: Random) => random.gamma(3.1), moment: [3.1, 3.1, 1.136] },
    { name: 'gamma .1', draw: (random: Random) => random.gamma(0.1), moment: [0.1, 0.1, 6.325] },
    { name: 'gamma .7', draw: (random: Random) => random.gamma(0.7), moment: [0.7, 0.7, 2.39] },
  ])('draws $name with its mean, variance and skewness', ({ name, draw, moment }) => {
    const random = createRandom(name);
    const found = moments(take(200_000, () => draw(random)));
    const [mean = Number.NaN, variance = Number.NaN, skewness = Number.NaN] = moment;
    expect(Math.abs(found.mean - mean)).toBeLessThan(0.0067 * Math.sqrt(variance));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.05);
    expect(Math.abs(found.skewness - skewness)).toBeLessThan(0.02 + 0.06 * skewness);
  });

  it('has normal and exponential tails beyond the ziggurat at their true rate', () => {
    const random = createRandom('tails');
    const n = 2_000_000;
    let normal = 0;
    let exponential = 0;
    for (let draw = 0; draw < n; draw += 1) {
      if (Math.abs(random.normal()) > 3.654152885361009) normal += 1;
      if (random.exponential() > 7.69711747013105) exponential += 1;
    }
    // 2 Φ(-3.6542) = 2.5802e-4 and exp(-7.6971) = 4.5414e-4, within three Poisson errors.
    expect(Math.abs(normal - 516.0)).toBeLessThan(3 * Math.sqrt(516));
    expect(Math.abs(exponential - 908.3)).toBeLessThan(3 * Math.sqrt(908.3));
  });

  it('shuffles every order of three equally often and leaves its argument alone', () => {
    const random = createRandom('deck');
    const deck = ['a', 'b', 'c'];
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 6000; draw += 1) {
      const order = random.shuffle(deck).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(deck).toEqual(['a', 'b', 'c']);
    expect(counts.size).toBe(6);
    // χ² with 5 df stays under 20.5 in 99.9 % of cases.
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(20.5);
  });
});
