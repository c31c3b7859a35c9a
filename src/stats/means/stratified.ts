import { at, pick } from '../at.ts';
import { clusterTotals, mean } from './describe.ts';

/** The values of one stratum (a cell of the design), one a question, with their clusters if any. */
export interface Stratum {
  readonly values: readonly number[];
  readonly clusters?: readonly (string | number)[];
}

/** `macro`: every stratum counts the same; `micro`: by its number of values; or given weights. */
export type StratumWeights = 'macro' | 'micro' | readonly number[];

export interface StratifiedMean {
  readonly mean: number;
  /** null where no stratum has two clusters, so that nothing is known about spread. */
  readonly se: number | null;
  /** Satterthwaite's degrees of freedom; null where se is null or 0. */
  readonly df: number | null;
  /** Third cumulant of the mean over se³, which is the values' skewness over √n; 0 where unknown. */
  readonly skewness: number;
  readonly n: number;
  /** Positions of empty strata; the others' weights were scaled up. */
  readonly empty: readonly number[];
  /** Positions of strata with a single cluster, whose variance is that pooled over the others. */
  readonly borrowed: readonly number[];
}

interface Spread {
  readonly mean: number;
  readonly n: number;
  readonly clusters: number;
  /** Σ over clusters of (total deviation)²: the numerator of CR1. */
  readonly squares: number;
  /** Σ over clusters of (total deviation)³. */
  readonly cubes: number;
}

function spreadOf(stratum: Stratum): Spread | null {
  const { values } = stratum;
  const centre = mean(values);
  if (centre === null) return null;
  const clusters = stratum.clusters ?? values.map((_, index) => index);
  const { sums, sizes } = clusterTotals(values, clusters);
  let [squares, cubes] = [0, 0];
  sums.forEach((total, code) => {
    const away = total - at(sizes, code) * centre;
    squares += away ** 2;
    cubes += away ** 3;
  });
  return { mean: centre, n: values.length, clusters: sums.length, squares, cubes };
}

/** Cumulant Σ (away)³ G² / ((G-1)(G-2)) / n³ of a stratum's mean (Fisher's k₃); 0 below three clusters. */
function thirdCumulant({ cubes, clusters, n }: Spread): number {
  if (clusters < 3) return 0;
  return (cubes * clusters ** 2) / ((clusters - 1) * (clusters - 2)) / n ** 3;
}

/** Squared deviation of cluster totals per degree of freedom, over all strata that have any. */
function pool(spreads: readonly (Spread | null)[]): { perCluster: number; df: number } {
  let squares = 0;
  let df = 0;
  for (const spread of spreads) {
    if (spread === null) continue;
    squares += spread.squares;
    df += spread.clusters - 1;
  }
  return { perCluster: df > 0 ? squares / df : 0, df };
}

function rawWeights(weights: StratumWeights, spreads: readonly (Spread | null)[]): number[] {
  return spreads.map((spread, index) => {
    if (spread === null) return 0;
    if (weights === 'macro') return 1;
    return weights === 'micro' ? spread.n : pick(weights, index);
  });
}

/**
 * Mean of fixed strata, M = Σ w_c ȳ_c with SE = √Σ v_c, v_c = w_c² s_c² / n_c (in clustered strata
 * w_c² times the squared CR1 error), and Satterthwaite's df = (Σ v_c)² / Σ (v_c² / (n_c - 1))
 * (Cochran 1977, Sampling Techniques, 5.4). Empty strata leave and the weights are scaled to 1. A
 * stratum of one cluster takes the variance pooled within the others, and its df.
 * Strata count as independent: a cluster with members in several is one cluster in each.
 * null where every stratum is empty or the weights add up to 0.
 */
export function stratifiedMean(
  strata: readonly Stratum[],
  weights: StratumWeights,
): StratifiedMean | null {
  const spreads = strata.map(spreadOf);
  const raw = rawWeights(weights, spreads);
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return null;
  const pooled = pool(spreads);
  const empty: number[] = [];
  const borrowed: number[] = [];
  let centre = 0;
  let squaredError = 0;
  let satterthwaite = 0;
  let third = 0;
  let n = 0;
  spreads.forEach((spread, index) => {
    if (spread === null) {
      empty.push(index);
      return;
    }
    const weight = pick(raw, index) / total;
    const single = spread.clusters < 2;
    if (single) borrowed.push(index);
    const perCluster = single ? pooled.perCluster : spread.squares / (spread.clusters - 1);
    const part = (weight ** 2 * perCluster * spread.clusters) / spread.n ** 2;
    centre += weight * spread.mean;
    squaredError += part;
    if (part > 0) satterthwaite += part ** 2 / (single ? pooled.df : spread.clusters - 1);
    third += weight ** 3 * thirdCumulant(spread);
    n += spread.n;
  });
  const known = pooled.df > 0;
  return {
    mean: centre,
    se: known ? Math.sqrt(squaredError) : null,
    df: known && squaredError > 0 ? squaredError ** 2 / satterthwaite : null,
    skewness: squaredError > 0 ? third / squaredError ** 1.5 : 0,
    n,
    empty,
    borrowed,
  };
}
