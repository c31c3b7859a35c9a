import type { Estimate } from '../../domain/estimate.ts';
import type { PaperColumn, PaperFigures } from './paper-figures.ts';
import type { CellVerdict, PrintedDifference, VerdictRule } from './printed-difference.ts';

/** Why a cell has no verdict, or cannot have another one. */
export type CellReason =
  | 'not printed'
  | 'no such series'
  | 'no such questions'
  | 'nothing rated'
  | 'no spread in our ratings'
  | 'too many ratings missing';

/** One printed figure beside ours. */
export interface ReproducedCell {
  readonly column: PaperColumn;
  /** null where the paper prints none. */
  readonly paper: number | null;
  /** null where the runs have no such series or no such questions. */
  readonly ours: Estimate | null;
  /** Ours minus the paper's. */
  readonly difference: (PrintedDifference & { readonly adjusted: number }) | null;
  /** null where one side is missing. */
  readonly verdict: CellVerdict | null;
  readonly reason: CellReason | null;
  /** The mean of the paper's own category figures, where its average does not follow from them. */
  readonly unfollowed: number | null;
}

export interface ReproducedRow {
  readonly label: string;
  /** Our series, one for all cultures or several; empty where none fits. */
  readonly ours: readonly string[];
  readonly cells: readonly ReproducedCell[];
}

/** A setting of the paper beside ours. `unknown`: one side does not say. */
export interface SettingCheck {
  readonly setting: string;
  readonly state: 'same' | 'differs' | 'unknown';
  readonly paper: string;
  readonly ours: string;
  readonly note: string | null;
}

/** A series that no printed row is about. */
export interface OwnRow {
  readonly label: string;
  /** One a column where the paper only draws the result; else none. */
  readonly estimates: readonly (Estimate | null)[];
}

/** A result of the paper beside what runs gave. */
export interface Reproduction {
  readonly version: 1;
  readonly table: {
    readonly id: string;
    readonly label: string;
    readonly title: string;
    readonly kind: 'rating' | 'difference';
    readonly decimals: number;
    readonly columns: readonly PaperColumn[];
  };
  readonly source: PaperFigures['source'];
  readonly runs: readonly string[];
  readonly judge: string;
  /** Why our figures measure nothing; null for real endpoints. */
  readonly simulated: string | null;
  readonly rule: VerdictRule;
  readonly settings: readonly SettingCheck[];
  /** Empty where the paper prints no figures. */
  readonly rows: readonly ReproducedRow[];
  /** What is to be known about printed rows: figures that can be derived, or that disagree. */
  readonly remarks: readonly string[];
  /** Series that fit no row; for results that are only drawn: all. */
  readonly others: readonly OwnRow[];
  /** Rows that no run can give, as printed. */
  readonly given: readonly {
    readonly label: string;
    readonly unit: string;
    readonly values: readonly number[];
  }[];
  readonly counts: Readonly<Record<CellVerdict | 'not compared', number>>;
}
