import { namesIn } from '../../adapters/files/read-text.ts';
import { packageFile } from '../../adapters/system/package-file.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import type { PaperTable } from './paper-figures.ts';
import { matchRows, rowLabel } from './paper-rows.ts';
import { loadRun, type RunAtHand, readPaperFigures } from './read.ts';
import { rowsOf } from './reproduced-ratings.ts';

const CONFIGS = packageFile('configs/paper/');

/** What one run of the store has of a result. */
export interface RunCoverage {
  readonly run: string;
  /** Printed rows that it has a series for; null where names do not tell which. */
  readonly rows: number | null;
  /** Printed cells that could be compared. */
  readonly cells: number;
  readonly missingRows: readonly string[];
  /** Why it could not be put beside the paper. */
  readonly problem: string | null;
}

/** A result of the paper with what is at hand for it. */
export interface Reproducible {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  /** 0 where the paper draws and prints no figures. */
  readonly rows: number;
  readonly cells: number;
  /** Configs that make it, or parts of it. */
  readonly configs: readonly string[];
  /** Runs with at least one row of it, newest first; of a drawn result none, as any run may be one. */
  readonly runs: readonly RunCoverage[];
}

/** Every result that can be reproduced, with the store's runs that have some of it; null for no store. */
export function listReproducible(archive: RunArchive | null): Reproducible[] {
  const figures = readPaperFigures();
  const runs = archive === null ? [] : loadRuns(archive);
  return [
    ...figures.tables.map((table) => ({
      ...entryOf(table),
      rows: table.rows.length,
      cells: table.rows.flatMap(({ values }) => values).filter((value) => value !== null).length,
      runs: runs
        .map((run) => coverageOf(table, run))
        .filter(({ rows, problem }) => problem !== null || (rows !== null && rows > 0)),
    })),
    ...figures.figures.map((figure) => ({ ...entryOf(figure), rows: 0, cells: 0, runs: [] })),
  ];
}

function entryOf({ id, label, title }: Pick<Reproducible, 'id' | 'label' | 'title'>) {
  const configs = namesIn(CONFIGS).filter((name) => /^(\w+)(?:-.*)?\.yaml$/.exec(name)?.[1] === id);
  return { id, label, title, configs: configs.map((name) => `configs/paper/${name}`) };
}

/** Newest first. */
function loadRuns(archive: RunArchive): RunAtHand[] {
  return archive
    .listRuns()
    .map(({ id }) => loadRun(archive, id))
    .reverse();
}

/** Counts alone: intervals of every run and table would take their time. */
function coverageOf(table: PaperTable, { stored, series }: RunAtHand): RunCoverage {
  const { id, judges } = stored.definition;
  const own = series.filter(({ names }) => names.judge === judges[0]?.spec.name);
  try {
    const match = matchRows(table, own, []);
    const found = table.rows.map((row) =>
      table.columns.map((column, index) => {
        const ours = match(row, column.culture);
        const baseline =
          table.kind === 'difference'
            ? match({ ...row, variant: 'Vanilla' }, column.culture)
            : ours;
        const rated =
          ours && baseline && rowsOf(ours, column).some(({ rating }) => rating !== null);
        return { ours, compared: row.values[index] !== null && rated === true };
      }),
    );
    const missing = table.rows.filter((_, index) => found[index]?.every(({ ours }) => !ours));
    return {
      run: id,
      rows: table.rows.length - missing.length,
      cells: found.flat().filter(({ compared }) => compared).length,
      missingRows: missing.map((row) => rowLabel(table, row)),
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const missingRows = table.rows.map((row) => rowLabel(table, row));
    return { run: id, rows: null, cells: 0, missingRows, problem: error.message };
  }
}
