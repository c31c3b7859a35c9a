const SQRT_TWO_PI = 2.5066282746310002;

const normalDensity = (x: number) => Math.exp(-0.5 * x * x) / SQRT_TWO_PI;

/** P(Z > x) for x >= 0: a power series near the centre (Marsaglia 2004, J. Stat. Softw. 11(4)),
 *  Laplace's continued fraction in the tail (Abramowitz & Stegun 26.2.14). */
function upperTail(x: number): number {
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let odd = 3; term > 1e-17 * sum; odd += 2) {
      term *= (x * x) / odd;
      sum += term;
    }
    return 0.5 - normalDensity(x) * sum;
  }
  let fraction = x;
  for (let k = 150; k > 0; k -= 1) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}

/** Standard normal distribution function, absolute error near 1e-16, tails relatively exact. */
export function normalCdf(x: number): number {
  return x < 0 ? upperTail(-x) : 1 - upperTail(x);
}

/** x with P(Z > x) = tail, 0 < tail <= 0.5: Abramowitz & Stegun 26.2.23 mended by Halley steps. */
function upperQuantile(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  const rational =
    (2.515517 + t * (0.802853 + t * 0.010328)) /
    (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  let x = Math.max(0, t - rational);
  for (let step = 0; step < 3; step += 1) {
    const newton = (upperTail(x) - tail) / normalDensity(x);
    x += newton / (1 - 0.5 * x * newton);
  }
  return x;
}

/** Standard normal quantile. Throws a RangeError unless 0 < p < 1. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability between 0 and 1 is needed, not ${p}`);
  if (p === 0.5) return 0;
  return p < 0.5 ? -upperQuantile(p) : upperQuantile(1 - p);
}
