import type { Estimate } from '../../../domain/estimate.ts';
import { codePairs, type PairCells, type PairScale } from '../../../stats/agreement/pair-table.ts';
import type { AgreementMeasure } from '../../../stats/agreement/table-agreement.ts';
import type { Random } from '../../../stats/random/random.ts';
import {
  type BootstrappedValue,
  bootstrapClusters,
} from '../../../stats/resampling/cluster-bootstrap.ts';
import type { AgreementFigures } from '../schema.ts';
import type { PairClusters, RatingPair } from './pairs.ts';

export interface BootstrapSettings {
  readonly random: Random;
  readonly resamples: number;
}

/** What a level is made from. */
export interface LevelInput {
  readonly pairs: readonly RatingPair[];
  readonly missing: number;
  readonly clusters: PairClusters;
  readonly settings: BootstrapSettings;
}

/** Above so many cells a table costs enough for fewer resamples to do. */
const CELLS_IN_FULL = 10_000;

export const cellsOf = (pairs: readonly RatingPair[]): PairCells =>
  codePairs(
    pairs.map(({ first }) => first),
    pairs.map(({ second }) => second),
  );

/** Draws statistics over questions; `scale` says what one of them costs. */
export function drawFigures(
  { clusters, settings }: LevelInput,
  { first, second }: Pick<PairScale, 'first' | 'second'>,
  statistics: (times: Float64Array) => Float64Array,
): BootstrappedValue[] {
  const size = first.length * second.length;
  const { random, resamples } = settings;
  return bootstrapClusters(
    { strata: clusters.strata, statistics },
    {
      random,
      resamples:
        size <= CELLS_IN_FULL
          ? resamples
          : Math.max(Math.min(200, resamples), Math.round((resamples * CELLS_IN_FULL) / size)),
    },
  );
}

/** Resamples that are all alike, but for rounding, say nothing about the next question. */
const isPoint = (low: number, high: number) => high - low < 1e-9;

/** Estimates by name. */
export function figuresOf(
  names: readonly AgreementMeasure[],
  results: readonly BootstrappedValue[],
  about: Pick<Estimate, 'n' | 'missing' | 'method'>,
): AgreementFigures {
  const figures: AgreementFigures = {};
  for (const [index, name] of names.entries()) {
    const { value = null, low = null, high = null } = results[index] ?? {};
    // Resamples of few questions can lie on one side of the value: it is let in.
    const bounds =
      value === null || low === null || high === null || isPoint(low, high)
        ? { low: null, high: null }
        : { low: Math.min(low, value), high: Math.max(high, value) };
    figures[name] = { value, ...bounds, ...about, method: methodOf(about, { value, low, high }) };
  }
  return figures;
}

function methodOf(
  { method, n }: Pick<Estimate, 'method' | 'n'>,
  { value, low, high }: BootstrappedValue,
): string {
  if (value === null)
    return n < 2 ? `${method}: too few` : `${method}: undefined, as one side does not vary`;
  if (low !== null && high !== null && isPoint(low, high))
    return `${method}; no interval: all resamples are alike`;
  if (low === null) return `${method}; no interval: too few questions`;
  return `${method}; 95 % BCa bootstrap of questions within culture and category`;
}
