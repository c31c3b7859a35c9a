import {
  type ContrastDesign,
  clustersOf,
  type DesignRow,
  type Family,
  rowKey,
} from '../../series/contrasts/strata.ts';
import { pick } from '../../stats/at.ts';
import { studentTCdf } from '../../stats/distributions/student-t.ts';
import { createRandom } from '../../stats/random/random.ts';
import { maxT, type Tail } from '../../stats/resampling/permutation.ts';
import { benjaminiHochberg, holm } from '../../stats/tests/multiplicity.ts';
import { differenceOf, pairCells } from './difference.ts';
import type { Adjustment } from './schema.ts';

/** Sign-flip p of one row of one contrast; null where there is no test. */
export interface RowTest {
  readonly p: number | null;
  readonly adjusted: number | null;
}

export interface TestOptions {
  readonly adjustment: Adjustment;
  readonly seed: number;
  readonly flips?: number | undefined;
  readonly tail?: Tail;
}

export interface RowTests {
  /** By contrast, then row of the design. */
  readonly tests: readonly (readonly RowTest[])[];
  readonly flips: number;
  readonly exact: boolean;
}

/**
 * With G clusters no two-sided sign-flip p lies under 2 / 2^G, so that five cannot reach 5 %. A row
 * that cannot be found is not tested: in the maximum over its family it would hide the others.
 */
const TESTABLE_CLUSTERS = 6;

const FAMILY_CODES = { total: 0, slices: 1, cells: 2 } as const satisfies Record<Family, number>;

/**
 * Tests all rows of all contrasts under the same flips. Total and slices are adjusted each within
 * their family, over all contrasts, by max-T or by Holm; cells by Benjamini–Hochberg.
 */
export function adjustTests(
  design: ContrastDesign,
  contrasts: readonly (readonly (number | null)[])[],
  { adjustment, seed, flips, tail = 'two-sided' }: TestOptions,
): RowTests {
  const rows = testableRows(design);
  const result = maxT(
    {
      contrasts,
      rows: rows.map(({ weights }) => weights),
      families: rows.map(({ family }) => FAMILY_CODES[family]),
      strata: design.cellOf,
      clusters: design.clusterOf,
    },
    { random: createRandom(`compare ${seed}`), tail, ...(flips === undefined ? {} : { flips }) },
  );
  return {
    tests: atRows(design, { rows, tests: result.tests }, adjustment),
    flips: result.flips,
    exact: result.exact,
  };
}

/** Tests one contrast, row by row of the design. */
export type ContrastTest = (contrast: readonly (number | null)[]) => RowTest[];

/**
 * The same for single contrasts of `contrasts`, from paired t alone and by Bonferroni in every family:
 * for more contrasts than flips can be afforded for.
 */
export function testsByT(design: ContrastDesign, contrasts: number): ContrastTest {
  const testable = new Set(design.rows.filter((row) => isTestable(design, row)));
  const distinct = distinctRows(design);
  return (contrast) => {
    const zeros = contrast.map((difference) => (difference === null ? null : 0));
    const cells = pairCells(design, contrast, zeros);
    return design.rows.map((row) => {
      const found = testable.has(row) ? differenceOf(cells, row) : null;
      if (!found?.se || found.df === null) return { p: null, adjusted: null };
      const p = 2 * studentTCdf(-Math.abs(found.difference) / found.se, found.df);
      const rows = distinct.filter(({ family }) => family === row.tested).length;
      return { p, adjusted: Math.min(1, p * contrasts * rows) };
    });
  };
}

/** Rows about the same questions are one hypothesis, tested once. */
function distinctRows({ rows }: ContrastDesign): DesignRow[] {
  return rows.filter((row) => rows.find((other) => rowKey(other) === rowKey(row)) === row);
}

function isTestable(design: ContrastDesign, { weights }: DesignRow): boolean {
  return clustersOf(design, weights) >= TESTABLE_CLUSTERS;
}

function testableRows(design: ContrastDesign): DesignRow[] {
  return distinctRows(design).filter((row) => isTestable(design, row));
}

type RawTest = { readonly p: number; readonly adjusted: number } | null;

interface RawTests {
  readonly rows: readonly DesignRow[];
  /** By contrast, then row. */
  readonly tests: readonly (readonly RawTest[])[];
}

/** Adjusts within the families and puts every test at its row of the design. */
function atRows(design: ContrastDesign, raw: RawTests, adjustment: Adjustment): RowTest[][] {
  const placeOf = new Map(raw.rows.map((row, place) => [rowKey(row), place]));
  const adjusted = new Map<Family, (number | null)[][]>([
    ['total', byFamily(raw, { family: 'total', adjust: adjustment })],
    ['slices', byFamily(raw, { family: 'slices', adjust: adjustment })],
    ['cells', byFamily(raw, { family: 'cells', adjust: 'false-discovery' })],
  ]);
  return raw.tests.map((tests, contrast) =>
    design.rows.map((row) => {
      const place = placeOf.get(rowKey(row)) ?? -1;
      return {
        p: tests[place]?.p ?? null,
        adjusted: adjusted.get(row.tested)?.[contrast]?.[place] ?? null,
      };
    }),
  );
}

/** Adjusted p-values of one family at their places; null elsewhere. */
function byFamily(
  { rows, tests }: RawTests,
  { family, adjust }: { family: Family; adjust: Adjustment | 'false-discovery' },
): (number | null)[][] {
  const places = tests.flatMap((row, contrast) =>
    row.flatMap((test, index) =>
      test !== null && pick(rows, index).family === family ? [{ contrast, index, test }] : [],
    ),
  );
  const raw = places.map(({ test }) => test.p);
  const values = {
    'max-t': () => places.map(({ test }) => test.adjusted),
    holm: () => holm(raw),
    'false-discovery': () => benjaminiHochberg(raw),
  }[adjust]();
  const filled = tests.map(() => rows.map((): number | null => null));
  places.forEach(({ contrast, index }, place) => {
    const row = pick(filled, contrast);
    row[index] = pick(values, place);
  });
  return filled;
}
