import type { Estimate } from '../../domain/estimate.ts';
import { modelLabel } from '../../domain/model-label.ts';
import type { RunSeries, ScoredRow } from '../../series/scores/scored-series.ts';
import {
  isAverage,
  type PaperColumn,
  type PaperRow,
  type PaperTable,
  printingStep,
  unfollowedAverage,
} from './paper-figures.ts';
import { matchRows, type RowAssignment, rowLabel } from './paper-rows.ts';
import {
  differenceFromPrinted,
  judgeCells,
  type PrintedDifference,
  type RerunVariance,
  type VerdictRule,
} from './printed-difference.ts';
import { differenceRows, estimateOf, rowsOf, strataOf } from './reproduced-ratings.ts';
import type { CellReason, OwnRow, ReproducedCell, ReproducedRow } from './schema.ts';

/** A series with what asking it again would change; null where each question was answered once. */
export interface ReproducingSeries extends RunSeries {
  readonly run: string;
  readonly reruns: RerunVariance | null;
}

export interface ReproduceOptions {
  readonly assignments: readonly RowAssignment[];
  readonly rule: VerdictRule;
  /** Cultures, in the paper's words, whose questions are the paper's to the last character. */
  readonly sameQuestions: ReadonlySet<string>;
}

/** More missing than this share of a cell's ratings and nothing is said about it. */
const MISSING_MOST = 0.1;

interface Compared {
  readonly cell: Omit<ReproducedCell, 'difference' | 'verdict'>;
  readonly difference: PrintedDifference | null;
}

/** Rows of a printed table beside our series. Throws OperatorError where names do not tell which. */
export function reproduceRows(
  table: PaperTable,
  series: readonly ReproducingSeries[],
  options: ReproduceOptions,
): { readonly rows: ReproducedRow[]; readonly used: ReadonlySet<ReproducingSeries> } {
  const match = matchRows(table, series, options.assignments);
  const used = new Set<ReproducingSeries>();
  const compared = table.rows.map((row) => {
    const sides = table.columns.map(
      ({ culture }): Sides => ({
        own: match(row, culture),
        baseline:
          table.kind === 'difference' ? match({ ...row, variant: 'Vanilla' }, culture) : null,
      }),
    );
    for (const { own, baseline } of sides) {
      for (const entry of [own, baseline]) if (entry) used.add(entry);
    }
    return {
      label: rowLabel(table, row),
      ours: [...new Set(sides.flatMap(({ own }) => own ?? []))].map(ourLabel),
      cells: table.columns.map((column, index) =>
        compareCell({ table, row, column, index }, sides[index] ?? NOBODY, options),
      ),
    };
  });
  const judged = judgeAll(
    compared.flatMap(({ cells }) => cells),
    options.rule,
  );
  return {
    used,
    rows: compared.map(({ label, ours, cells }) => ({
      label,
      ours,
      cells: cells.map(
        (cell) => judged.get(cell) ?? { ...cell.cell, difference: null, verdict: null },
      ),
    })),
  };
}

/** All cultures and categories of series that no printed row is about. */
export function ownRows(
  series: readonly ReproducingSeries[],
  columns: readonly Omit<PaperColumn, 'n'>[],
): OwnRow[] {
  return series.map((own) => ({
    label: ourLabel(own),
    estimates: columns.map((column) => estimateOf(rowsOf(own, column), column)),
  }));
}

function ourLabel({ names, run }: ReproducingSeries): string {
  const { model: name, variant, style } = names;
  return `${modelLabel({ name, variant })}, ${style} (${run})`;
}

function judgeAll(compared: readonly Compared[], rule: VerdictRule): Map<Compared, ReproducedCell> {
  const testable = compared.flatMap((entry) =>
    entry.difference === null ? [] : [{ entry, difference: entry.difference }],
  );
  const verdicts = judgeCells(
    testable.map(({ entry, difference }) => ({
      difference,
      average: isAverage(entry.cell.column),
    })),
    rule,
  );
  const judged = new Map<Compared, ReproducedCell>();
  for (const [index, { entry, difference }] of testable.entries()) {
    const { verdict, adjusted } = verdicts[index] ?? { verdict: 'cannot tell', adjusted: 1 };
    const held = entry.cell.reason !== null;
    judged.set(entry, {
      ...entry.cell,
      difference: { ...difference, adjusted },
      verdict: held ? 'cannot tell' : verdict,
    });
  }
  for (const entry of compared) {
    if (judged.has(entry)) continue;
    const both = entry.cell.paper !== null && entry.cell.ours?.value != null;
    judged.set(entry, { ...entry.cell, difference: null, verdict: both ? 'cannot tell' : null });
  }
  return judged;
}

const NOBODY: Sides = { own: null, baseline: null };

interface Place {
  readonly table: PaperTable;
  readonly row: PaperRow;
  readonly column: PaperColumn;
  readonly index: number;
}

interface Sides {
  readonly own: ReproducingSeries | null;
  /** What a difference is taken from; null for ratings, and where there is none. */
  readonly baseline: ReproducingSeries | null;
}

function compareCell(
  { table, row, column, index }: Place,
  { own, baseline }: Sides,
  { sameQuestions }: ReproduceOptions,
): Compared {
  const paper = row.values[index] ?? null;
  const cell = { column, paper, unfollowed: unfollowedAverage(table, row, index) };
  const lacking = (reason: CellReason, ours: Estimate | null = null): Compared => ({
    cell: { ...cell, ours, reason },
    difference: null,
  });
  const rows = columnRows(table, column, { own, baseline });
  if (rows === null || own === null)
    return lacking(paper === null ? 'not printed' : 'no such series');
  if (rows.length === 0) return lacking('no such questions');
  const ours = estimateOf(rows, column, baseline !== null);
  if (ours.value === null) return lacking('nothing rated', ours);
  if (paper === null) return lacking('not printed', ours);
  const frozen = table.questions === 'test set' && sameQuestions.has(column.culture);
  const difference = differenceFromPrinted(
    { value: paper, n: column.n, step: printingStep(table) },
    { strata: strataOf(rows), rerun: frozen ? rerunOf(own, baseline) : null },
  );
  if (difference === null) return lacking('no spread in our ratings', ours);
  return { cell: { ...cell, ours, reason: missingReason(ours) }, difference };
}

/** Questions of a column; null where a side that it needs is not there. */
function columnRows(
  { kind }: PaperTable,
  column: PaperColumn,
  { own, baseline }: Sides,
): ScoredRow[] | null {
  if (own === null) return null;
  if (kind === 'rating') return rowsOf(own, column);
  return baseline && differenceRows(own, baseline, column);
}

function missingReason({ n, missing }: Estimate): CellReason | null {
  return missing > MISSING_MOST * (n + missing) ? 'too many ratings missing' : null;
}

/** Reruns of a difference are reruns of both sides; the fewer degrees of freedom count. */
function rerunOf(
  { reruns }: ReproducingSeries,
  baseline: ReproducingSeries | null,
): RerunVariance | null {
  if (baseline === null || reruns === null) return reruns;
  const other = baseline.reruns;
  return (
    other && {
      printed: reruns.printed + other.printed,
      ours: reruns.ours + other.ours,
      df: Math.min(reruns.df, other.df),
    }
  );
}
