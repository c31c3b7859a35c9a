import type { Estimate } from '../domain/estimate.ts';

/** A table before anyone has decided how it looks. */
export interface Table {
  /** File name without ending: `culture-by-category`. */
  readonly name: string;
  readonly title: string;
  readonly note: string;
  /** Headings of the label columns at the left. */
  readonly labels: readonly string[];
  /** Figure columns; columns that share a group stand under one heading. */
  readonly columns: readonly { readonly group: string | null; readonly heading: string }[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly labels: readonly string[];
  readonly cells: readonly (Cell | null)[];
}

/** A figure; null in a row where the run plans nothing for that place. */
export interface Cell {
  readonly estimate: Estimate;
  /** Macro average, where it differs from the value by enough to say so. */
  readonly macro: number | null;
}
