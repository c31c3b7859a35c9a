import { pick } from '../../stats/at.ts';
import type { Stratum } from '../../stats/means/stratified.ts';

/** Values of one cell with their clusters, and the cell's weight. */
export interface WeightedCell {
  readonly values: readonly number[];
  readonly clusters: readonly number[];
  readonly weight: number;
}

export interface WeightedStrata {
  readonly strata: readonly Required<Stratum>[];
  readonly weights: readonly number[];
}

/**
 * Cells as independent strata. Where a cluster has questions in several cells (a passage asked about
 * in two categories, a question in two languages), those cells are not independent: they become one
 * stratum whose values are the linear influences of the weighted mean, M + (w_i n / W n_i)(d - d̄_i),
 * so that the clustered error sees the covariance between the cells (Cochran 1977, 5A; linearisation).
 */
export function independentStrata(cells: readonly WeightedCell[]): WeightedStrata {
  const filled = cells.filter(({ values }) => values.length > 0);
  const groups = linkedGroups(filled);
  return {
    strata: groups.map((group) => mergeCells(group.map((index) => pick(filled, index)))),
    weights: groups.map((group) =>
      group.reduce((sum, index) => sum + pick(filled, index).weight, 0),
    ),
  };
}

function linkedGroups(cells: readonly WeightedCell[]): number[][] {
  const root = cells.map((_, index) => index);
  const rootOf = (index: number): number => {
    const parent = pick(root, index);
    return parent === index ? index : rootOf(parent);
  };
  const home = new Map<number, number>();
  cells.forEach(({ clusters }, index) => {
    for (const cluster of new Set(clusters)) {
      const other = home.get(cluster);
      if (other === undefined) home.set(cluster, index);
      else root[rootOf(index)] = rootOf(other);
    }
  });
  const groups = new Map<number, number[]>();
  cells.forEach((_, index) => {
    const group = groups.get(rootOf(index)) ?? [];
    groups.set(rootOf(index), [...group, index]);
  });
  return [...groups.values()];
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function mergeCells(cells: readonly WeightedCell[]): Required<Stratum> {
  const [only] = cells;
  if (cells.length === 1 && only) return { values: only.values, clusters: only.clusters };
  const total = cells.reduce((sum, { weight }) => sum + weight, 0);
  const n = cells.reduce((sum, { values }) => sum + values.length, 0);
  const centre =
    cells.reduce((sum, { values, weight }) => sum + weight * meanOf(values), 0) / total;
  return {
    values: cells.flatMap(({ values, weight }) => {
      const own = meanOf(values);
      const scale = (weight * n) / (total * values.length);
      return values.map((value) => centre + scale * (value - own));
    }),
    clusters: cells.flatMap(({ clusters }) => clusters),
  };
}
