import { at } from '../at.ts';
import { normalCdf } from '../distributions/normal.ts';
import { clusterTotals, mean } from './describe.ts';
import type { Scale } from './scale-prior.ts';

/** Distribution function of a mean, and where it lies. */
export interface MeanPosterior {
  readonly cdf: (x: number) => number;
  readonly quantile: (p: number) => number;
}

export interface ScalePosteriorInput {
  /** Values on the scale, or between its points. */
  readonly values: readonly number[];
  readonly clusters: readonly (string | number)[];
  readonly scale: Scale;
  /** Weight of the prior in draws, spread evenly over the scale's points. */
  readonly priorWeight: number;
}

interface Atoms {
  readonly points: Float64Array;
  /** Gamma shapes: 1 a cluster, less a point of the prior. */
  readonly shapes: Float64Array;
  /** What a unit of an atom's weight counts in questions. */
  readonly sizes: Float64Array;
}

function collectAtoms({ values, clusters, scale, priorWeight }: ScalePosteriorInput): Atoms {
  const { sums, sizes } = clusterTotals(values, clusters);
  const shapes = new Map<string, { point: number; size: number; shape: number }>();
  const add = (point: number, size: number, shape: number) => {
    const atom = shapes.get(`${point}×${size}`);
    if (atom) atom.shape += shape;
    else shapes.set(`${point}×${size}`, { point, size, shape });
  };
  sizes.forEach((size, code) => {
    add(at(sums, code) / size, size, 1);
  });
  const count = scale.max - scale.min + 1;
  for (let step = 0; step < count; step += 1)
    add(scale.min + step, values.length / sizes.length, priorWeight / count);
  const atoms = [...shapes.values()];
  return {
    points: Float64Array.from(atoms, ({ point }) => point),
    shapes: Float64Array.from(atoms, ({ shape }) => shape),
    sizes: Float64Array.from(atoms, ({ size }) => size),
  };
}

/**
 * The posterior of `scalePriorDraws` without drawing. A mean with Dirichlet weights lies at or below x
 * where Q = Σ G_i s_i (v_i - x) <= 0, G_i independent Gamma(a_i): Lugannani & Rice's saddlepoint
 * approximation (1980, Adv. Appl. Prob. 12) of that from K(t) = -Σ a_i ln(1 - t s_i (v_i - x)). A tail
 * of .05 comes out as .043 to .050 for 30 to 240 draws. null for no values.
 */
export function scalePosterior(input: ScalePosteriorInput): MeanPosterior | null {
  const centre = mean(input.values);
  if (centre === null) return null;
  const atoms = collectAtoms(input);
  const { min, max } = input.scale;
  const cdf = (x: number) => {
    if (x <= min) return 0;
    return x >= max ? 1 : probabilityBelow(atoms, x);
  };
  const quantile = (p: number) => {
    let [low, high] = [min as number, max as number];
    while (high - low > 1e-6) {
      const middle = (low + high) / 2;
      if (cdf(middle) < p) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return { cdf, quantile };
}

/** K', K'' and K at t. */
function cumulants({ points, shapes, sizes }: Atoms, x: number, t: number) {
  let [value, slope, curve, third] = [0, 0, 0, 0];
  for (let index = 0; index < points.length; index += 1) {
    const away = at(sizes, index) * (at(points, index) - x);
    const shape = at(shapes, index);
    const factor = away / (1 - t * away);
    value -= shape * Math.log1p(-t * away);
    slope += shape * factor;
    curve += shape * factor * factor;
    third += 2 * shape * factor * factor * factor;
  }
  return { value, slope, curve, third };
}

/** t between the poles with K'(t) = 0, K' rising from -∞ to ∞: Newton steps kept inside a bracket. */
function saddlepoint(atoms: Atoms, x: number): number {
  let [least, most] = [0, 0];
  for (let index = 0; index < atoms.points.length; index += 1) {
    const away = at(atoms.sizes, index) * (at(atoms.points, index) - x);
    least = Math.min(least, away);
    most = Math.max(most, away);
  }
  let [low, high] = [1 / least, 1 / most];
  let t = 0;
  for (let step = 0; step < 100; step += 1) {
    const { slope, curve } = cumulants(atoms, x, t);
    if (slope > 0) high = t;
    else low = t;
    const newton = t - slope / curve;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) <= 1e-10 * (Math.abs(t) + 1e-3)) return next;
    t = next;
  }
  return t;
}

/** Nearer to the mean than this the formula's two poles cancel, and its limit is taken. */
const AT_THE_MEAN = 1e-3;

function probabilityBelow(atoms: Atoms, x: number): number {
  const t = saddlepoint(atoms, x);
  const { value, curve, third } = cumulants(atoms, x, t);
  const w = Math.sign(t) * Math.sqrt(Math.max(0, -2 * value));
  const density = Math.exp(-0.5 * w * w) / Math.sqrt(2 * Math.PI);
  if (Math.abs(w) < AT_THE_MEAN) return 0.5 + third / (6 * Math.sqrt(2 * Math.PI) * curve ** 1.5);
  const u = t * Math.sqrt(curve);
  return Math.min(1, Math.max(0, normalCdf(w) + density * (1 / w - 1 / u)));
}
