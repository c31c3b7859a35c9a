import type { Estimate } from '../domain/estimate.ts';

/** A table before anyone has decided how it looks. */
export interface Table {
  /** File name without ending: `culture-by-category`. */
  readonly name: string;
  readonly title: string;
  readonly note: string;
  /** Headings of the label columns at the left. */
  readonly labels: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
}

/** A column of figures; columns that share a group stand side by side under one heading. */
export interface Column {
  readonly group: string | null;
  readonly heading: string;
  /** Holds averages over other columns, which layouts may set apart. */
  readonly average: boolean;
  /**
   * Holds sentences, which are broken into lines and begin at the left. Where a layout makes a list of
   * them, those of a `named` column begin with its heading.
   */
  readonly prose?: boolean | 'named';
}

export interface TableRow {
  /** Neighbouring rows of one group stand under its name. */
  readonly group?: string | null;
  readonly labels: readonly string[];
  /** One a column; null where the run plans nothing for that place. */
  readonly cells: readonly (Cell | null)[];
}

export type Cell = FigureCell | ComparisonCell | CountCell | ShareCell | TextCell;

/**
 * A mean rating; a share of right answers, 0 to 1, shown in percent; a difference of two, which is shown with its sign; a mean rating whose low and high
 * are its worst and best case; a coefficient, -1 to 1; or the p-value of a test.
 */
export interface FigureCell {
  readonly kind: 'rating' | 'accuracy' | 'difference' | 'bounds' | 'coefficient' | 'p-value';
  readonly estimate: Estimate;
  /** Mean of the category means, where the cell is an average over several. */
  readonly macro: number | null;
  readonly mark: Mark;
  /** Tested against the best of the rows that it is compared with; null where that was not tested. */
  readonly tiedWithBest: boolean | null;
  /** Fewer rated questions than a figure needs to be compared: shown greyed, never marked. */
  readonly sparse: boolean;
}

/**
 * A figure that another source prints, beside ours, with what comparing them gave. Each layout shows
 * the parts that it has room for.
 */
export interface ComparisonCell {
  readonly kind: 'comparison';
  readonly printed: string;
  /** What the source's other figures give in its place, where that is not what it prints. */
  readonly implied: { readonly figure: string; readonly meaning: string } | null;
  /** Ours; null where there is none. */
  readonly estimate: Estimate | null;
  /** The figures are differences, which are shown with their signs. */
  readonly signed: boolean;
  /** Ours minus the printed one, with its interval. */
  readonly difference: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
  } | null;
  readonly verdict: 'consistent' | 'differs' | 'cannot tell' | null;
  /** Why there is no verdict, or no other. */
  readonly reason: string | null;
}

/** How many judgments; no figure that could be compared. */
interface CountCell {
  readonly kind: 'count';
  readonly count: number;
}

/** A share of a count, 0 to 1; null where there was nothing to count. */
interface ShareCell {
  readonly kind: 'share';
  readonly share: number | null;
}

/** A text that is no figure of its own: an interval, a verdict, a sentence. */
interface TextCell {
  readonly kind: 'text';
  readonly text: string;
  /** A finding, which layouts may set in bold. */
  readonly found?: boolean;
}

/**
 * Where a figure stands in its column: `tied` cannot be told apart from the column's highest, and a
 * highest figure that others tie with is `tied` itself. A difference is `apart` where its interval does
 * not hold 0.
 */
export type Mark = 'best' | 'second' | 'tied' | 'apart' | null;

/** Below this many rated questions a cell is sparse. */
export const SPARSE_BELOW = 5;

export function isFigure(cell: Cell | null): cell is FigureCell {
  return cell !== null && !['comparison', 'count', 'share', 'text'].includes(cell.kind);
}
