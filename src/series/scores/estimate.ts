import type { Estimate } from '../../domain/estimate.ts';
import { RATING_MAX, RATING_MIN } from '../../domain/judgment.ts';
import { type Interval, tInterval, zeroVarianceBound } from '../../stats/means/intervals.ts';
import { drawsInterval, scalePriorDraws } from '../../stats/means/scale-prior.ts';
import { stratifiedMean } from '../../stats/means/stratified.ts';
import { createRandom } from '../../stats/random/random.ts';
import { independentStrata } from '../contrasts/shared-clusters.ts';

/** Rated questions of one cell with what counts as one draw. */
export interface RatedCell {
  readonly values: readonly number[];
  readonly clusters: readonly number[];
}

export interface RatingsOfSlice {
  readonly cells: readonly RatedCell[];
  /** Planned judgments without a rating. */
  readonly missing: number;
  /** A geographic scope, whose questions are few and spread over the cells as they happen to. */
  readonly scope: boolean;
}

const SCALE = { min: RATING_MIN, max: RATING_MAX } as const;
const RANGE: Interval = { low: RATING_MIN, high: RATING_MAX };

/** Fewer questions of a scope than this are no sample. */
const SCOPE_LEAST = 5;
/** From here on t covers for an average over strata, whatever the ratings look like. */
const STRATIFIED_FROM = 30;
/** Up to here the bootstrap is drawn; beyond it t is the same to two decimals. */
const BOOTSTRAP_UP_TO = 1000;

/**
 * Mean over rated questions with its 95 % interval.
 * - A single cell, and any slice of fewer than 30 draws: Bayesian bootstrap with scale prior. Over
 *   several cells it leaves the strata aside, which errs on the wide side.
 * - Any other slice: cells are fixed strata that weigh as the mean weighs them, n_c / n, so that the
 *   interval is of the very figure that is printed; Satterthwaite's t, cut at the scale's ends.
 */
export function estimateSlice({ cells, missing, scope }: RatingsOfSlice): Estimate {
  const rated = cells.filter(({ values }) => values.length > 0);
  const values = rated.flatMap((cell) => cell.values);
  const n = values.length;
  if (n === 0) return { value: null, low: null, high: null, n, missing, method: 'no rating' };
  const value = values.reduce((sum, rating) => sum + rating, 0) / n;
  if (scope && n < SCOPE_LEAST) {
    return { value, low: null, high: null, n, missing, method: 'mean; n < 5: no interval' };
  }
  return { value, ...intervalOf(rated, values, value), n, missing };
}

type MethodInterval = Pick<Estimate, 'low' | 'high' | 'method'>;

function intervalOf(
  cells: readonly RatedCell[],
  values: readonly number[],
  value: number,
): MethodInterval {
  const clusters = cells.flatMap((cell) => cell.clusters);
  const draws = new Set(clusters).size;
  const clustered = draws < values.length ? ', clustered' : '';
  const few = cells.length === 1 ? draws <= BOOTSTRAP_UP_TO : draws < STRATIFIED_FROM;
  const t = few ? null : stratifiedInterval(cells);
  if (t !== null) {
    const method = cells.length === 1 ? 't' : 'stratified t';
    return { ...t, method: `mean; 95 % ${method}${clustered}` };
  }
  if (draws <= BOOTSTRAP_UP_TO) {
    const method = `mean; 95 % Bayesian bootstrap with scale prior${clustered}`;
    const { low = null, high = null } = bootstrapInterval(values, clusters) ?? {};
    // All equal at an end of the scale, the mean lies beyond its own posterior: it is let in.
    return {
      low: low && Math.min(low, value),
      high: high && Math.max(high, value),
      method,
    };
  }
  const bound = zeroVarianceBound(value, draws, RANGE);
  return {
    low: bound?.low ?? null,
    high: bound?.high ?? null,
    method: 'mean; 95 % bound for equal ratings',
  };
}

function stratifiedInterval(cells: readonly RatedCell[]): Interval | null {
  const { strata, weights } = independentStrata(
    cells.map((cell) => ({ ...cell, weight: cell.values.length })),
  );
  const whole = stratifiedMean(strata, weights);
  if (whole === null || whole.se === null || whole.df === null) return null;
  const interval = tInterval({ mean: whole.mean, se: whole.se, df: whole.df });
  if (interval === null) return null;
  return {
    low: Math.max(RANGE.low, interval.low),
    high: Math.min(RANGE.high, interval.high),
  };
}

/** Seeded by the ratings themselves: the same ratings have the same interval, wherever they stand. */
function bootstrapInterval(
  values: readonly number[],
  clusters: readonly number[],
): Interval | null {
  const sizes = new Map<number, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  const content = values
    .map((value, index) => `${value}×${sizes.get(Number(clusters[index])) ?? 1}`)
    .sort();
  const draws = scalePriorDraws(values, {
    scale: SCALE,
    random: createRandom(content.join(' ')),
    clusters,
  });
  return draws && drawsInterval(draws);
}
