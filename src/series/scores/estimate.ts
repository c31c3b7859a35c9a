import type { Estimate } from '../../domain/estimate.ts';
import { SCALE_RANGES, type Scale } from '../../domain/solution.ts';
import { pick } from '../../stats/at.ts';
import { nearlyConstantBound } from '../../stats/means/few-apart.ts';
import { hull, type Interval, skewedTInterval } from '../../stats/means/intervals.ts';
import { drawsInterval, scalePriorDraws } from '../../stats/means/scale-prior.ts';
import { stratifiedMean } from '../../stats/means/stratified.ts';
import { createRandom } from '../../stats/random/random.ts';
import { independentStrata } from '../contrasts/shared-clusters.ts';
import { shareInterval } from './share-interval.ts';

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
  readonly scale: Scale;
}

const RANGE: Interval = SCALE_RANGES.rating;
const SCALE = { min: RANGE.low, max: RANGE.high } as const;

const NOTHING = { rating: 'no rating', accuracy: 'no answer that could be read' } as const;

/** Fewer questions of a scope than this are no sample. */
const SCOPE_LEAST = 5;
/** From here on an average over cells has its strata; fewer draws are taken together. */
const STRATIFIED_FROM = 30;
/** Below this the bootstrap is drawn; from here on t covers whatever the ratings look like. */
const CELL_BOOTSTRAP_BELOW = 1000;
const AVERAGE_BOOTSTRAP_BELOW = 150;

/**
 * Mean over rated questions with its 95 % interval, cut at the scale's ends: whichever reaches
 * farther, at either end, of
 * - the Bayesian bootstrap with scale prior, of a cell below 1000 draws and an average below 150. Over
 *   several cells it leaves the strata aside, which errs on the wide side;
 * - t: cells are fixed strata that weigh as the mean weighs them, n_c / n, so that the interval is of
 *   the very figure that is printed, with Johnson's shift of the end at the longer tail. Under 30 draws
 *   cells are taken together;
 * - the exact binomial bound while fewer than five draws differ from the most common rating.
 * None covers by itself: the prior pulls a strong model's upper end down, and t does not know the low
 * ratings that a few draws lack.
 */
export function estimateSlice({ cells, missing, scope, scale }: RatingsOfSlice): Estimate {
  const rated = cells.filter(({ values }) => values.length > 0);
  const values = rated.flatMap((cell) => cell.values);
  const n = values.length;
  if (n === 0) return { value: null, low: null, high: null, n, missing, method: NOTHING[scale] };
  const value = values.reduce((sum, rating) => sum + rating, 0) / n;
  if (scope && n < SCOPE_LEAST) {
    const what = scale === 'rating' ? 'mean' : 'share of right answers';
    return { value, low: null, high: null, n, missing, method: `${what}; n < 5: no interval` };
  }
  const interval =
    scale === 'rating'
      ? intervalOf(rated, values, value)
      : shareInterval(
          values,
          rated.flatMap((cell) => cell.clusters),
        );
  return { value, ...interval, n, missing };
}

type MethodInterval = Pick<Estimate, 'low' | 'high' | 'method'>;

function intervalOf(
  cells: readonly RatedCell[],
  values: readonly number[],
  value: number,
): MethodInterval {
  const clusters = cells.flatMap((cell) => cell.clusters);
  const draws = new Set(clusters).size;
  const single = cells.length === 1;
  const stratified = !single && draws >= STRATIFIED_FROM;
  const drawn = draws < (single ? CELL_BOOTSTRAP_BELOW : AVERAGE_BOOTSTRAP_BELOW);
  const t = stratified ? stratifiedInterval(cells) : stratifiedInterval([sorted(values, clusters)]);
  const interval = hull([
    drawn ? bootstrapInterval(values, clusters) : null,
    t,
    nearlyConstantBound(values, clusters, { range: RANGE }),
    // All equal at an end of the scale, the mean lies beyond its own posterior: it is let in.
    { low: value, high: value },
  ]);
  const clustered = draws < values.length ? ', clustered' : '';
  return {
    low: interval && Math.max(RANGE.low, interval.low),
    high: interval && Math.min(RANGE.high, interval.high),
    method: `mean; 95 % ${methodOf({ drawn, t, stratified })}${clustered}`,
  };
}

/** In an order of its own, so that where ratings stand changes no digit. */
function sorted(values: readonly number[], clusters: readonly number[]): RatedCell {
  const order = values
    .map((value, index) => ({ value, cluster: pick(clusters, index) }))
    .sort((a, b) => a.value - b.value || a.cluster - b.cluster);
  return {
    values: order.map(({ value }) => value),
    clusters: order.map(({ cluster }) => cluster),
  };
}

function methodOf(used: {
  readonly drawn: boolean;
  readonly t: Interval | null;
  readonly stratified: boolean;
}): string {
  const t = used.stratified ? 'stratified t' : 't';
  if (used.t === null)
    return used.drawn ? 'Bayesian bootstrap with scale prior' : 'bound for equal ratings';
  return used.drawn ? `Bayesian bootstrap with scale prior, ${t} where wider` : t;
}

function stratifiedInterval(cells: readonly RatedCell[]): Interval | null {
  const { strata, weights } = independentStrata(
    cells.map((cell) => ({ ...cell, weight: cell.values.length })),
  );
  const whole = stratifiedMean(strata, weights);
  if (whole === null || whole.se === null || whole.df === null) return null;
  return skewedTInterval({ ...whole, se: whole.se, df: whole.df });
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
