import { logChoose } from './gamma-beta.ts';

/** P(X = k) for X ~ Binomial(n, p), 0 < p < 1. */
function binomialProbability(k: number, n: number, p: number): number {
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** P(X <= k) for X ~ Binomial(n, p), 0 < p < 1, summed term by term. */
export function binomialCdf(k: number, n: number, p: number): number {
  let sum = 0;
  for (let successes = 0; successes <= Math.min(k, n); successes += 1) {
    sum += binomialProbability(successes, n, p);
  }
  return Math.min(1, sum);
}

/**
 * Exact McNemar test of paired yes/no outcomes, such as missing(A) against missing(B): the
 * discordant pairs are Binomial(b + c, ½) under the null (McNemar 1947, Psychometrika 12).
 * Two-sided p = min(1, 2 P(X <= min(b, c))); 1 where no pair is discordant.
 */
export function mcNemarExact(onlyFirst: number, onlySecond: number): number {
  const discordant = onlyFirst + onlySecond;
  if (discordant === 0) return 1;
  return Math.min(1, 2 * binomialCdf(Math.min(onlyFirst, onlySecond), discordant, 0.5));
}
