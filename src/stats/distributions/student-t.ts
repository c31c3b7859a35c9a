import { incompleteBeta, logBeta } from './gamma-beta.ts';
import { normalQuantile } from './normal.ts';

/** P(T > t) for t >= 0: I_x(df/2, 1/2) / 2 with x = df / (df + t²) (Abramowitz & Stegun 26.7.1). */
function upperTail(t: number, df: number): number {
  const square = t * t;
  const x = df / (df + square);
  return 0.5 * incompleteBeta(x, df / 2, 0.5, square / (df + square));
}

/** Student's t distribution function; df > 0, whole or not. */
export function studentTCdf(t: number, df: number): number {
  return t < 0 ? upperTail(-t, df) : 1 - upperTail(t, df);
}

const logDensity = (t: number, df: number) =>
  -0.5 * (df + 1) * Math.log1p((t * t) / df) - 0.5 * Math.log(df) - logBeta(df / 2, 0.5);

/** Newton steps kept inside a bracket that shrinks with each of them. */
function upperQuantile(tail: number, df: number): number {
  let low = 0;
  let high = Math.max(1, -normalQuantile(tail));
  while (upperTail(high, df) > tail) {
    low = high;
    high *= 2;
  }
  let t = low + (high - low) / 2;
  for (let step = 0; step < 200; step += 1) {
    const excess = upperTail(t, df) - tail;
    if (excess > 0) low = t;
    else high = t;
    const newton = t + excess / Math.exp(logDensity(t, df));
    const next = newton > low && newton < high ? newton : low + (high - low) / 2;
    if (Math.abs(next - t) <= 1e-14 * t) return next;
    t = next;
  }
  return t;
}

/** Student's t quantile, relative error under 1e-9. Throws a RangeError unless 0 < p < 1 and df > 0. */
export function studentTQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability between 0 and 1 is needed, not ${p}`);
  if (!(df > 0)) throw new RangeError(`degrees of freedom must be above 0, not ${df}`);
  if (p === 0.5) return 0;
  return p < 0.5 ? -upperQuantile(p, df) : upperQuantile(1 - p, df);
}
