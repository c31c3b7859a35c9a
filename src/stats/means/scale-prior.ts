import { at, pick } from '../at.ts';
import { sortedQuantile } from '../distributions/quantile.ts';
import type { Random } from '../random/random.ts';
import { clusterTotals } from './describe.ts';
import type { Interval } from './intervals.ts';

/** The rating scale: whole points from min to max. */
export interface Scale {
  readonly min: number;
  readonly max: number;
}

export interface ScalePriorOptions {
  readonly scale: Scale;
  readonly random: Random;
  /** Posterior draws; 4000 by default. */
  readonly draws?: number;
  /** Weight of the prior in questions, spread evenly over the scale's points; 1 by default. */
  readonly priorWeight?: number;
  /** Cluster of every value; each value its own by default. */
  readonly clusters?: readonly (string | number)[];
}

interface Atom {
  readonly value: number;
  readonly size: number;
  shape: number;
}

/** Clusters of one value and size share an atom: Gamma(a) + Gamma(b) = Gamma(a + b), with fewer draws. */
function collectAtoms(values: readonly number[], options: ScalePriorOptions): Atom[] {
  const clusters = options.clusters ?? values.map((_, index) => index);
  const { sums, sizes } = clusterTotals(values, clusters);
  const atoms = new Map<string, Atom>();
  const add = (value: number, size: number, shape: number) => {
    const key = `${value}×${size}`;
    const known = atoms.get(key);
    if (known) known.shape += shape;
    else atoms.set(key, { value, size, shape });
  };
  sizes.forEach((size, code) => {
    add(at(sums, code) / size, size, 1);
  });
  const meanSize = sizes.length === 0 ? 1 : values.length / sizes.length;
  const points = options.scale.max - options.scale.min + 1;
  for (let point = 0; point < points; point += 1) {
    add(options.scale.min + point, meanSize, (options.priorWeight ?? 1) / points);
  }
  return [...atoms.values()].sort((a, b) => a.value - b.value || a.size - b.size);
}

/**
 * Draws of the mean from a Bayesian bootstrap with a scale prior. Atoms are the question (or
 * cluster) means with weight Gamma(1) each and the scale's P points with weight Gamma(A/P) each;
 * a draw is the weighted mean. A proper Dirichlet-process posterior with base measure uniform on
 * the scale (Rubin 1981, Ann. Statist. 9(1), made proper; Bowyer et al. 2025, arXiv 2503.01747).
 * It stays within the scale and has width where all ratings are the same or there is only one.
 * Clusters of different size weigh by size. The order of the values does not matter.
 * null for no values: the prior alone is not an estimate. Throws a RangeError for values off the scale.
 */
export function scalePriorDraws(
  values: readonly number[],
  options: ScalePriorOptions,
): Float64Array | null {
  if (values.length === 0) return null;
  const { min, max } = options.scale;
  if (values.some((value) => !(value >= min && value <= max))) {
    throw new RangeError(`a value lies outside the scale of ${min} to ${max}`);
  }
  const atoms = collectAtoms(values, options);
  const points = Float64Array.from(atoms, (atom) => atom.value);
  const sizes = Float64Array.from(atoms, (atom) => atom.size);
  const shapes = Float64Array.from(atoms, (atom) => atom.shape);
  const draws = new Float64Array(options.draws ?? 4000);
  const { random } = options;
  for (let draw = 0; draw < draws.length; draw += 1) {
    let weighted = 0;
    let total = 0;
    for (let index = 0; index < points.length; index += 1) {
      const weight = random.gamma(at(shapes, index)) * at(sizes, index);
      weighted += weight * at(points, index);
      total += weight;
    }
    draws[draw] = weighted / total;
  }
  return draws;
}

/**
 * Draws of a weighted mean of strata from draws of each, position by position; the strata's draws
 * must come from different streams. Weights are scaled to add up to 1. null for no strata.
 */
export function combineDraws(
  strata: readonly Float64Array[],
  weights: readonly number[],
): Float64Array | null {
  const length = strata[0]?.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (length === undefined || !(total > 0)) return null;
  const combined = new Float64Array(length);
  strata.forEach((draws, stratum) => {
    const share = pick(weights, stratum) / total;
    for (let draw = 0; draw < length; draw += 1) {
      combined[draw] = at(combined, draw) + share * at(draws, draw);
    }
  });
  return combined;
}

/** Equal-tailed interval of draws. Throws on no draws. */
export function drawsInterval(draws: Float64Array, level = 0.95): Interval {
  const sorted = draws.toSorted();
  const tail = (1 - level) / 2;
  return { low: sortedQuantile(sorted, tail), high: sortedQuantile(sorted, 1 - tail) };
}
