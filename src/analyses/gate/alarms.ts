import type { GatePolicy } from '../../domain/gate-policy.ts';
import type { ContrastDesign, DesignRow } from '../../series/contrasts/strata.ts';
import { pick } from '../../stats/at.ts';
import { createRandom } from '../../stats/random/random.ts';
import { maxT } from '../../stats/resampling/permutation.ts';
import { holm } from '../../stats/tests/multiplicity.ts';

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
  const testable = rows.filter((row) => 2 ** -clustersIn(design, row) <= alpha);
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

function clustersIn({ cellOf, clusterOf }: ContrastDesign, { weights }: DesignRow): number {
  return new Set(clusterOf.filter((_, question) => pick(weights, pick(cellOf, question)) > 0)).size;
}
