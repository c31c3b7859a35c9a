import { noncentralTUpper } from '../distributions/noncentral-t.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { studentTQuantile } from '../distributions/student-t.ts';

export interface PowerOptions {
  /** Level on the side of the difference: .025, half of a two-sided 5 %, by default. */
  readonly tail?: number;
  /** .8 by default. */
  readonly power?: number;
}

/** A standard error with what it is made of. */
export interface Precision {
  readonly se: number;
  readonly df: number;
  /** Independent draws whose signs a sign-flip test turns; left out where the test is t's. */
  readonly flipped?: number;
}

/** Beyond this number of draws the levels of a sign-flip test lie closer than any rounding. */
const FINE_FROM = 50;

/**
 * The highest level up to `tail` that G flipped signs can reach: p-values are multiples of 2^-G on
 * one side. 0 where no data reach it: five draws or fewer at .025.
 */
export function attainableTail(draws: number, tail: number): number {
  if (draws >= FINE_FROM) return tail;
  const flips = 2 ** draws;
  return Math.floor(tail * flips + 1e-9) / flips;
}

/**
 * Noncentrality δ at which t(df) lies beyond its critical value with the wanted power, on the side of
 * the difference: P(T'(df, δ) > t_{1-tail}) = power. By secant steps from the normal approximation
 * δ ≈ t (1 - 1/4df) + z_power √(1 + t²/2df) (Abramowitz & Stegun 26.7.10).
 */
function noncentralityFor(df: number, tail: number, power: number): number {
  const critical = studentTQuantile(1 - tail, df);
  const missing = (delta: number) => noncentralTUpper(critical, df, delta) - power;
  let now =
    critical * (1 - 1 / (4 * df)) + normalQuantile(power) * Math.sqrt(1 + critical ** 2 / (2 * df));
  let before = now + 0.05;
  let missed = missing(before);
  for (let step = 0; step < 30 && Math.abs(now - before) > 1e-7 * now; step += 1) {
    const found = missing(now);
    if (found === missed) break;
    const next = now - (found * (now - before)) / (found - missed);
    [before, missed, now] = [now, found, next];
  }
  return now;
}

/**
 * Difference that is found with the wanted power at a known standard error: δ · SE, δ of the
 * noncentral t at the level that the test can reach. null without spread or a degree of freedom,
 * or where no data could reach the level.
 */
export function detectableAt(
  { se, df, flipped }: Precision,
  { tail = 0.025, power = 0.8 }: PowerOptions = {},
): number | null {
  const level = flipped === undefined ? tail : attainableTail(flipped, tail);
  return se > 0 && df > 0 && level > 0 ? noncentralityFor(df, level, power) * se : null;
}

/**
 * Independent draws at which a mean of so many standard deviations is found with the wanted power:
 * the least n with P(T'(n - 1, effect √n) > t) >= power, t at the level that n flipped signs can reach
 * where the test is a sign-flip test. null for no effect, which no number shows.
 */
export function neededDraws(
  effect: number,
  { tail = 0.025, power = 0.8, flipped = true }: PowerOptions & { readonly flipped?: boolean } = {},
): number | null {
  const size = Math.abs(effect);
  if (!(size > 0)) return null;
  const reaches = (n: number) => {
    const level = flipped ? attainableTail(n, tail) : tail;
    if (level === 0) return false;
    return (
      noncentralTUpper(studentTQuantile(1 - level, n - 1), n - 1, size * Math.sqrt(n)) >= power
    );
  };
  // The normal approximation never asks for too many.
  const normal = ((normalQuantile(1 - tail) + normalQuantile(power)) / size) ** 2;
  let n = Math.max(2, Math.ceil(normal));
  while (Number.isFinite(n) && n < NAMED && !reaches(n)) n += 1;
  return Number.isFinite(n) ? n : null;
}

/** Beyond this number of draws the normal approximation is the answer. */
const NAMED = 1e6;
