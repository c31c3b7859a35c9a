import { normalCdf } from './normal.ts';

/** Weights under this share of the highest no longer count. */
const NEGLIGIBLE = 1e-18;

/**
 * P(T > t) for a noncentral t, T = (Z + δ) / S with S² = χ²(df)/df; df >= 1, whole or not. The mean of
 * Φ(δ - t S) over S, by the trapezoidal rule in x = ln S, whose density goes as exp(df (x - e^{2x}/2)):
 * for such an analytic bell the rule converges exponentially (Trefethen & Weideman 2014, SIAM Review
 * 56(3)). Absolute error under 1e-10.
 */
export function noncentralTUpper(t: number, df: number, noncentrality: number): number {
  const step = Math.min(0.2, 0.7 / Math.sqrt(2 * df), 0.55 / (1 + Math.abs(noncentrality)));
  let tail = 0;
  let total = 0;
  const addFrom = (start: number, direction: 1 | -1) => {
    for (let x = start; ; x += direction * step) {
      const weight = Math.exp(df * (x - (Math.exp(2 * x) - 1) / 2));
      if (weight < NEGLIGIBLE) return;
      total += weight;
      tail += weight * normalCdf(noncentrality - t * Math.exp(x));
    }
  };
  addFrom(0, 1);
  addFrom(-step, -1);
  return tail / total;
}
