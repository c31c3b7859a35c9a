import type { Scale } from '../../domain/solution.ts';
import {
  DIFFERENCE_RANGES,
  differenceInterval,
} from '../../series/contrasts/difference-interval.ts';
import { independentStrata } from '../../series/contrasts/shared-clusters.ts';
import type { ContrastDesign, DesignRow } from '../../series/contrasts/strata.ts';
import { pick } from '../../stats/at.ts';
import { estimateClusteredMean } from '../../stats/means/describe.ts';
import { fewApart, shareApart } from '../../stats/means/few-apart.ts';
import { type Interval, zeroVarianceBound } from '../../stats/means/intervals.ts';
import { stratifiedMean } from '../../stats/means/stratified.ts';

/** Complete pairs of one cell. */
export interface CellPairs {
  readonly candidate: readonly number[];
  readonly baseline: readonly number[];
  readonly differences: readonly number[];
  readonly clusters: readonly number[];
}

type GrowingPairs = { [Part in keyof CellPairs]: number[] };

const emptyCell = (): GrowingPairs => ({
  candidate: [],
  baseline: [],
  differences: [],
  clusters: [],
});

/** Sorts the complete pairs of two series into their cells. */
export function pairCells(
  design: ContrastDesign,
  candidate: readonly (number | null)[],
  baseline: readonly (number | null)[],
): readonly CellPairs[] {
  const cells = design.cells.map(emptyCell);
  design.cellOf.forEach((code, question) => {
    const [a, b] = [pick(candidate, question), pick(baseline, question)];
    if (a === null || b === null) return;
    const cell = pick(cells, code);
    cell.candidate.push(a);
    cell.baseline.push(b);
    cell.differences.push(a - b);
    cell.clusters.push(pick(design.clusterOf, question));
  });
  return cells;
}

/** A mean paired difference with its error and interval. */
export interface Difference {
  readonly difference: number;
  readonly candidate: number;
  readonly baseline: number;
  readonly se: number | null;
  readonly df: number | null;
  /** Of the mean: the differences' skewness over √n; 0 where nothing is known of it. */
  readonly skewness: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly method: string;
  readonly n: number;
  readonly clusters: number;
}

interface Spread {
  readonly se: number | null;
  readonly df: number | null;
  readonly method: string;
}

/** One row's difference; null where no question of it has both ratings. */
export function differenceOf(
  cells: readonly CellPairs[],
  { weights, scale }: Pick<DesignRow, 'weights' | 'scale'>,
): Difference | null {
  const used = cells.flatMap((cell, code) => {
    const weight = pick(weights, code);
    return weight > 0 && cell.differences.length > 0 ? [{ ...cell, weight }] : [];
  });
  const { strata, weights: strataWeights } = independentStrata(
    used.map(({ differences: values, clusters, weight }) => ({ values, clusters, weight })),
  );
  const whole = stratifiedMean(strata, strataWeights);
  if (whole === null) return null;
  const clusters = new Set(used.flatMap((cell) => cell.clusters)).size;
  const spread = whole.se === null ? unstratified(used) : { ...whole, method: 'stratified t' };
  const interval = intervalOf({ difference: whole.mean, ...spread, clusters, scale }, used);
  return {
    difference: whole.mean,
    candidate: weighted(used, 'candidate'),
    baseline: weighted(used, 'baseline'),
    se: spread.se,
    df: spread.df,
    skewness: whole.skewness,
    ...interval,
    n: whole.n,
    clusters,
  };
}

function weighted(
  cells: readonly (CellPairs & { readonly weight: number })[],
  side: 'candidate' | 'baseline',
): number {
  const total = cells.reduce((sum, { weight }) => sum + weight, 0);
  const sums = cells.reduce((sum, cell) => {
    const values = cell[side];
    return sum + (cell.weight * values.reduce((all, value) => all + value, 0)) / values.length;
  }, 0);
  return sums / total;
}

/** No cell has two clusters: the spread between cells has to do, which errs on the wide side. */
function unstratified(cells: readonly CellPairs[]): Spread {
  const method = 't over questions, strata too small';
  const pooled = estimateClusteredMean(
    cells.flatMap(({ differences }) => differences),
    cells.flatMap(({ clusters }) => clusters),
  );
  return { se: pooled?.se ?? null, df: pooled?.df ?? null, method };
}

interface IntervalWithMethod {
  readonly low: number | null;
  readonly high: number | null;
  readonly method: string;
}

function intervalOf(
  row: Spread & { readonly difference: number; readonly clusters: number; readonly scale: Scale },
  cells: readonly CellPairs[],
): IntervalWithMethod {
  const { difference, se, df, clusters, method, scale } = row;
  if (se === null) return { low: null, high: null, method: 'one pair: no interval' };
  const t = df === null ? null : differenceInterval({ mean: difference, se, df }, { scale });
  const least = zeroVarianceBound(difference, clusters, DIFFERENCE_RANGES[scale]);
  if (t === null)
    return {
      low: least?.low ?? null,
      high: least?.high ?? null,
      method: 'bound for equal differences',
    };
  // Among many pairs the bound lies within: then how equal they are need not be counted.
  if (least === null || (t.low <= least.low && t.high >= least.high)) return { ...t, method };
  const kept = keptBound(cells, { mean: difference, least, scale });
  if (kept === null || (t.low <= kept.low && t.high >= kept.high)) return { ...t, method };
  const { low, high } = kept;
  return {
    low: Math.min(t.low, low),
    high: Math.max(t.high, high),
    method: `${method}, no less than the bound for equal differences`,
  };
}

/**
 * What of the bound for equal differences, `least`, an interval keeps as its minimum: all of it where
 * differences are nearly equal or up to an eighth of the draws depart from the most common one, nothing
 * (null) from a quarter on, a straight line between, so that among many pairs no single one makes the
 * interval jump.
 */
export function keptBound(
  cells: readonly CellPairs[],
  {
    mean,
    least,
    scale,
  }: { readonly mean: number; readonly least: Interval; readonly scale: Scale },
): Interval | null {
  const kept = nearlyEqual(cells, scale) ? 1 : shareKept(cells);
  if (kept === 0) return null;
  return { low: mean + kept * (least.low - mean), high: mean + kept * (least.high - mean) };
}

function shareKept(cells: readonly CellPairs[]): number {
  const departing = shareApart(
    cells.flatMap(({ differences }) => differences),
    cells.flatMap(({ clusters }) => clusters),
  );
  return Math.min(1, Math.max(0, 2 - 8 * departing));
}

/** Whether so few differences depart from the others, under five and under a quarter, that their spread is not known. */
function nearlyEqual(cells: readonly CellPairs[], scale: Scale): boolean {
  const values = cells.flatMap(({ differences }) => differences);
  const clusters = cells.flatMap((cell) => cell.clusters);
  const apart = fewApart(values, clusters, DIFFERENCE_RANGES[scale]);
  return apart !== null && 4 * (apart.below + apart.above) < apart.draws;
}
