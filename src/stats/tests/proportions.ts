import { normalQuantile } from '../distributions/normal.ts';
import type { Interval } from '../means/intervals.ts';
import { wilsonInterval } from '../means/proportion.ts';
import type { PowerOptions } from './power.ts';

export interface Share {
  readonly successes: number;
  readonly n: number;
}

/**
 * Interval of a difference of independent proportions, from the Wilson interval of each (Newcombe
 * 1998, Stat. Med. 17:873–890, method 10). Successes need not be whole, as where only a rounded share
 * was printed.
 */
export function newcombeInterval(first: Share, second: Share, level = 0.95): Interval {
  const one = withInterval(first, level);
  const two = withInterval(second, level);
  const difference = one.share - two.share;
  return {
    low: difference - Math.hypot(one.share - one.low, two.high - two.share),
    high: difference + Math.hypot(one.high - one.share, two.share - two.low),
  };
}

function withInterval({ successes, n }: Share, level: number) {
  return { share: successes / n, ...wilsonInterval(successes, n, level) };
}

/**
 * Smallest gain over accuracy p that two models on n questions each show with the wanted power, not
 * paired: z_tail √(2 p̄q̄/n) + z_power √((pq + p'q')/n) = p' - p (Fleiss, Levin & Paik 2003, 4.4; as
 * R's power.prop.test). null where even p' = 1 is not enough.
 */
export function detectableGain(
  { successes, n }: Share,
  { tail = 0.025, power = 0.8 }: PowerOptions = {},
): number | null {
  const p = successes / n;
  const [critical, wanted] = [normalQuantile(1 - tail), normalQuantile(power)];
  const excess = (other: number) => {
    const centre = (p + other) / 2;
    const apart = Math.sqrt((p * (1 - p) + other * (1 - other)) / n);
    return other - p - critical * Math.sqrt((2 * centre * (1 - centre)) / n) - wanted * apart;
  };
  if (excess(1) < 0) return null;
  // Below it no gain is enough, above it every one is: halving finds the border.
  let [low, high] = [p, 1];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (excess(middle) < 0) low = middle;
    else high = middle;
  }
  return high - p;
}

/**
 * Smallest difference of accuracies on the same n questions that McNemar's test shows with the wanted
 * power, where a share d of them is right for one model alone:
 * δ √n = z_tail √d + z_power √(d - δ²) (Connor 1987, Biometrics 43:207–211), solved for δ.
 * null where δ would pass d.
 */
export function detectablePaired(
  { n, discordant }: { readonly n: number; readonly discordant: number },
  { tail = 0.025, power = 0.8 }: PowerOptions = {},
): number | null {
  const [critical, wanted] = [normalQuantile(1 - tail), normalQuantile(power)];
  const square = n + wanted * wanted;
  const root = square - critical * critical;
  if (!(discordant > 0) || root < 0) return null;
  const delta =
    (Math.sqrt(discordant) * (Math.sqrt(n) * critical + wanted * Math.sqrt(root))) / square;
  return delta <= discordant ? delta : null;
}
