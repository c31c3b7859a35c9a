import type { GatePolicy } from '../../../domain/gate-policy.ts';
import {
  type ContrastDesign,
  clustersOf,
  type DesignRow,
} from '../../../series/contrasts/strata.ts';
import { pick } from '../../../stats/at.ts';
import { createRandom } from '../../../stats/random/random.ts';
import { maxT } from '../../../stats/resampling/permutation.ts';
import { holm } from '../../../stats/tests/multiplicity.ts';

export interface Alarm {
  readonly p: number | null;
  readonly adjusted: number | null;
}

/** Levels and seed of the alarms; `flips` where not all can be taken, 9999 by default. */
export type AlarmOptions = Pick<GatePolicy, 'alpha' | 'correction' | 'seed'> & {
  readonly flips?: number;
};

/** Holm over those that were tested. */
export function holmAlarms(raw: readonly (number | null)[]): Alarm[] {
  const adjusted = holm(raw.flatMap((p) => p ?? []));
  let next = 0;
  return raw.map((p) => {
    if (p === null) return { p, adjusted: null };
    next += 1;
    return { p, adjusted: pick(adjusted, next - 1) };
  });
}

/**
 * One-sided sign-flip tests of "no drop", by pair of series and row, adjusted over all of them. A
 * row of so few clusters that no flip could reach alpha is left out rather than let into the maximum.
 */
export function flipAlarms(
  design: ContrastDesign,
  rows: readonly DesignRow[],
  contrasts: readonly (readonly (number | null)[])[],
  { alpha, correction, seed, flips }: AlarmOptions,
): Alarm[][] {
  const testable = rows.filter((row) => 2 ** -clustersOf(design, row.weights) <= alpha);
  const { tests } = maxT(
    {
      contrasts,
      rows: testable.map(({ weights }) => weights),
      strata: design.cellOf,
      clusters: design.clusterOf,
    },
    { random: createRandom(`gate ${seed}`), tail: 'less', ...(flips ? { flips } : {}) },
  );
  const found = tests.map((own) => rows.map((row) => own[testable.indexOf(row)] ?? null));
  if (correction === 'max-t')
    return found.map((own) =>
      own.map((test) => ({ p: test?.p ?? null, adjusted: test?.adjusted ?? null })),
    );
  const adjusted = holmAlarms(found.flatMap((own) => own.map((test) => test?.p ?? null)));
  return found.map((own, contrast) =>
    own.map((_, row) => pick(adjusted, contrast * rows.length + row)),
  );
}

/**
 * The larger of the flips' p and the posterior's, each adjusted in its own way (the posterior's by
 * Holm): flips take differences skewed about 0 for a drop too often.
 */
export function robustAlarms(
  flipped: readonly (readonly Alarm[])[],
  posterior: readonly (readonly (number | null)[])[],
): Alarm[][] {
  const testable = flipped.flatMap((own, contrast) =>
    own.map(({ p }, row) => (p === null ? null : pick(pick(posterior, contrast), row))),
  );
  const held = holmAlarms(testable);
  let next = 0;
  return flipped.map((own) =>
    own.map((flip) => {
      const other = pick(held, next);
      next += 1;
      return { p: larger(flip.p, other.p), adjusted: larger(flip.adjusted, other.adjusted) };
    }),
  );
}

const larger = (a: number | null, b: number | null) =>
  a === null || b === null ? a : Math.max(a, b);
