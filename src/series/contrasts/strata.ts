import type { Scale } from '../../domain/solution.ts';
import { pick } from '../../stats/at.ts';
import { codeLabels } from '../../stats/means/describe.ts';
import { inPaperOrder } from '../names/order.ts';
import type { Slice } from '../schema.ts';

/**
 * `total` is the primary question; `slices` are cultures and categories, adjusted together; `cells`
 * (culture × category) are exploratory, at a false discovery rate.
 */
export type Family = 'total' | 'slices' | 'cells';

/** What a design needs to know of a question. */
export interface DesignQuestion {
  readonly item: string | number;
  readonly culture: string;
  readonly category: string;
  readonly cluster: string | null;
}

/** A hypothesis about a slice: its weight in each cell, 0 outside it. */
export interface DesignRow {
  readonly family: Family;
  readonly by: Slice;
  readonly weights: readonly number[];
  /**
   * Where its test is counted: in the family of the first row with the same questions, so that a cell
   * that is all of its culture is not called best at one level and tied at another.
   */
  readonly tested: Family;
  /** Of the scores whose differences it is about. */
  readonly scale: Scale;
}

/** Which questions a comparison is made of, and how they add up. */
export interface ContrastDesign {
  readonly cells: readonly { readonly culture: string; readonly category: string }[];
  /** By question: its cell, and what counts as one draw. */
  readonly cellOf: readonly number[];
  readonly clusterOf: readonly number[];
  /** Total, then cultures and categories, then cells. */
  readonly rows: readonly DesignRow[];
}

/**
 * Cells are fixed strata and weigh by their number of questions, whether or not all of these were
 * rated: with nothing missing a difference is the plain mean over questions, and with something
 * missing a thinned cell keeps its weight.
 */
export function contrastDesign(questions: readonly DesignQuestion[], scale: Scale): ContrastDesign {
  const cultures = inPaperOrder(
    'culture',
    questions.map(({ culture }) => culture),
  );
  const categories = inPaperOrder(
    'category',
    questions.map(({ category }) => category),
  );
  const cellName = (culture: string, category: string) => JSON.stringify([culture, category]);
  const counts = new Map<string, number>();
  for (const { culture, category } of questions) {
    const name = cellName(culture, category);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const cells = cultures
    .flatMap((culture) => categories.map((category) => ({ culture, category })))
    .filter(({ culture, category }) => counts.has(cellName(culture, category)));
  const names = cells.map(({ culture, category }) => cellName(culture, category));
  const codes = new Map(names.map((name, code) => [name, code]));
  const sizes = names.map((name) => counts.get(name) ?? 0);
  const row = (family: Family, by: Slice): Omit<DesignRow, 'tested'> => ({
    family,
    by,
    scale,
    weights: cells.map(({ culture, category }, cell) =>
      (by.culture ?? culture) === culture && (by.category ?? category) === category
        ? pick(sizes, cell)
        : 0,
    ),
  });
  return {
    cells,
    cellOf: questions.map(
      ({ culture, category }) => codes.get(cellName(culture, category)) ?? Number.NaN,
    ),
    clusterOf: Array.from(codeLabels(questions.map(clusterName))),
    rows: withTested([
      row('total', {}),
      ...cultures.map((culture) => row('slices', { culture })),
      ...categories.map((category) => row('slices', { category })),
      ...cells.map((cell) => row('cells', cell)),
    ]),
  };
}

/** Independent draws of a row. */
export function clustersOf(
  { cellOf, clusterOf }: Pick<ContrastDesign, 'cellOf' | 'clusterOf'>,
  weights: readonly number[],
): number {
  return new Set(clusterOf.filter((_, question) => pick(weights, pick(cellOf, question)) > 0)).size;
}

/** Equal for rows about the same questions. */
export const rowKey = ({ weights }: Pick<DesignRow, 'weights'>) => weights.join(' ');

function withTested(rows: readonly Omit<DesignRow, 'tested'>[]): DesignRow[] {
  const first = new Map<string, Family>();
  return rows.map((row) => {
    const tested = first.get(rowKey(row)) ?? row.family;
    first.set(rowKey(row), tested);
    return { ...row, tested };
  });
}

/** Questions without a cluster are their own; no cluster's name can collide with a question's. */
export function clusterName({ cluster, item }: Pick<DesignQuestion, 'cluster' | 'item'>): string {
  return cluster === null ? `question ${item}` : `cluster ${cluster}`;
}
