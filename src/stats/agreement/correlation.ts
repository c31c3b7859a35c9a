import { pick } from '../at.ts';
import { midranks } from '../distributions/ranks.ts';
import { isConstant, mean } from '../means/describe.ts';
import { fisherZInterval, type Interval } from '../means/intervals.ts';
import { type Coefficient, requireSameLength } from './coefficient.ts';

/** Centred sums of squares and products. */
export interface Moments {
  readonly meanX: number;
  readonly meanY: number;
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** Two passes, so that large means cost no digits. null for no values. */
export function centredSums(x: readonly number[], y: readonly number[]): Moments | null {
  requireSameLength(x, y);
  const meanX = mean(x);
  const meanY = mean(y);
  if (meanX === null || meanY === null) return null;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  x.forEach((value, index) => {
    const dx = value - meanX;
    const dy = pick(y, index) - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  });
  return { meanX, meanY, xx, yy, xy };
}

/** Pearson's r; needs two pairs, and variance on both sides. */
export function pearson(x: readonly number[], y: readonly number[]): Coefficient {
  const sums = centredSums(x, y);
  const n = x.length;
  if (sums === null || n < 2) return { value: null, n, reason: 'too-few' };
  if (isConstant(x) || isConstant(y)) return { value: null, n, reason: 'constant' };
  const r = sums.xy / (Math.sqrt(sums.xx) * Math.sqrt(sums.yy));
  return { value: Math.min(1, Math.max(-1, r)), n };
}

/** Spearman's rho: Pearson's r of midranks, which is right with ties. */
export function spearman(x: readonly number[], y: readonly number[]): Coefficient {
  return pearson(midranks(x), midranks(y));
}

/** Fisher's z interval of `pearson`; null where it is undefined, perfect, or n <= 3. */
export function pearsonInterval(r: Coefficient, level = 0.95): Interval | null {
  return r.value === null ? null : fisherZInterval(r.value, r.n, level);
}

/** The same for `spearman`, with Bonett & Wright's variance (1 + rho²/2) / (n - 3). */
export function spearmanInterval(rho: Coefficient, level = 0.95): Interval | null {
  if (rho.value === null) return null;
  return fisherZInterval(rho.value, rho.n, level, 1 + rho.value ** 2 / 2);
}

/** Mean of correlations over cells by Fisher's z with weights n - 3; cells without one are left out. */
export function meanCorrelation(cells: readonly Coefficient[]): Coefficient {
  let weighted = 0;
  let weights = 0;
  let n = 0;
  for (const cell of cells) {
    if (cell.value === null || cell.n <= 3 || Math.abs(cell.value) >= 1) continue;
    weighted += (cell.n - 3) * Math.atanh(cell.value);
    weights += cell.n - 3;
    n += cell.n;
  }
  if (weights === 0) return { value: null, n, reason: 'too-few' };
  return { value: Math.tanh(weighted / weights), n };
}
