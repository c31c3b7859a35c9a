import { SCALE_RANGES } from '../../domain/solution.ts';
import type { DesignRow } from '../../series/contrasts/strata.ts';
import type { RerunNoise } from '../../series/scores/scored-series.ts';
import { pick } from '../../stats/at.ts';
import { pairedManskiBounds } from '../../stats/means/manski.ts';
import { neededAnswers, neededForDifference, smallestDetectable } from './detectable.ts';
import { type CellPairs, type Difference, differenceOf } from './difference.ts';
import type { ComparisonRow } from './schema.ts';
import type { RowTest } from './significance.ts';

/** Family-wise level of total, cultures and categories, and false discovery rate of cells. */
export const LEVEL = 0.05;
export const CELL_RATE = 0.1;

export interface RowAtHand {
  readonly row: DesignRow;
  readonly cells: readonly CellPairs[];
  /** All common questions of the row, rated or not. */
  readonly inside: readonly {
    readonly candidate: number | null;
    readonly baseline: number | null;
  }[];
  readonly rerun: readonly [RerunNoise | undefined, RerunNoise | undefined];
  readonly test: RowTest;
}

/** One row of a comparison from its pairs and its test. */
export function comparisonRow({ row, cells, inside, rerun, test }: RowAtHand): ComparisonRow {
  const found = differenceOf(cells, row);
  const counts = {
    ...winsAndLosses(cells, row),
    missing: {
      candidate: inside.filter(({ candidate }) => candidate === null).length,
      baseline: inside.filter(({ baseline }) => baseline === null).length,
    },
    bounds: pairedManskiBounds(inside, SCALE_RANGES[row.scale]),
  };
  if (found === null) return { ...unpaired(row), ...counts };
  const finding = findingOf(row, test, found);
  const open = finding === 'unresolved';
  return {
    family: row.family,
    by: row.by,
    ...found,
    ...test,
    finding,
    detectable: smallestDetectable(found),
    neededQuestions: open ? neededForDifference(found) : null,
    neededAnswers: open ? neededAnswers(found, rerun) : null,
    ...counts,
  };
}

function unpaired({ family, by }: DesignRow) {
  return {
    family,
    by,
    candidate: null,
    baseline: null,
    difference: null,
    low: null,
    high: null,
    se: null,
    df: null,
    skewness: null,
    method: 'no question with both ratings',
    p: null,
    adjusted: null,
    finding: 'unresolved',
    detectable: null,
    neededQuestions: null,
    neededAnswers: null,
    n: 0,
    clusters: 0,
  } as const;
}

/** Ratings are thirds and fifths where answers or judgings are repeated. */
const EQUAL = 1e-9;

function winsAndLosses(cells: readonly CellPairs[], { weights }: DesignRow) {
  const differences = cells.flatMap((cell, code) =>
    pick(weights, code) > 0 ? cell.differences : [],
  );
  const wins = differences.filter((difference) => difference > EQUAL).length;
  const losses = differences.filter((difference) => difference < -EQUAL).length;
  return { wins, ties: differences.length - wins - losses, losses };
}

/** Whether the adjusted p tells the sides apart. */
export function isResolved({ tested }: DesignRow, { adjusted }: RowTest): boolean {
  return adjusted !== null && adjusted <= (tested === 'cells' ? CELL_RATE : LEVEL);
}

function findingOf(
  row: DesignRow,
  test: RowTest,
  { difference }: Difference,
): ComparisonRow['finding'] {
  if (!isResolved(row, test)) return 'unresolved';
  return difference > 0 ? 'candidate-higher' : 'baseline-higher';
}
