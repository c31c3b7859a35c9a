import { fileURLToPath } from 'node:url';
import { fileExists } from '../adapters/files/read-text.ts';
import { openRunArchive } from '../adapters/sqlite/run-archive.ts';
import { OperatorError } from '../domain/errors.ts';
import type { PaperFigures } from '../summary/paper-figures.ts';
import { rowLabel } from '../summary/paper-rows.ts';
import { DEFAULT_RULE } from '../summary/printed-difference.ts';
import type { Reproduction } from '../summary/reproduction.ts';
import { loadRun, type RunAtHand, readPaperFigures, reproduce } from './reproduce.ts';

const CONFIGS = fileURLToPath(new URL('../../configs/paper/', import.meta.url));

/** What one run of the store has of a result. */
export interface RunCoverage {
  readonly run: string;
  /** Printed rows that it has a series for, of all; null where the paper only draws. */
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
  /** The config that makes it; null where there is none. */
  readonly config: string | null;
  /** Runs with at least one row of it, newest first; of a drawn result none, as any run may be one. */
  readonly runs: readonly RunCoverage[];
}

/** Every result that can be reproduced, with the store's runs that have some of it; the store may be absent. */
export function listReproducible(db: string): Reproducible[] {
  const figures = readPaperFigures();
  const runs = fileExists(db) ? loadRuns(db) : [];
  return [
    ...figures.tables.map((table) => ({
      ...entryOf(table),
      rows: table.rows.length,
      cells: table.rows.flatMap(({ values }) => values).filter((value) => value !== null).length,
      runs: runs
        .map((run) => coverageOf(figures, table, run))
        .filter(({ rows, problem }) => problem !== null || (rows ?? 0) > 0),
    })),
    ...figures.figures.map((figure) => ({ ...entryOf(figure), rows: 0, cells: 0, runs: [] })),
  ];
}

function entryOf({ id, label, title }: Pick<Reproducible, 'id' | 'label' | 'title'>) {
  const config = fileExists(`${CONFIGS}${id}.yaml`) ? `configs/paper/${id}.yaml` : null;
  return { id, label, title, config };
}

/** Newest first. */
function loadRuns(db: string): RunAtHand[] {
  const archive = openRunArchive(db);
  try {
    return archive
      .listRuns()
      .map(({ id }) => loadRun(archive, id))
      .reverse();
  } finally {
    archive.close();
  }
}

function coverageOf(
  figures: PaperFigures,
  table: PaperFigures['tables'][number],
  run: RunAtHand,
): RunCoverage {
  const { id } = run.stored.definition;
  try {
    const found = reproduce(figures, [run], {
      table: table.id,
      assignments: [],
      judge: null,
      rule: DEFAULT_RULE,
    });
    return { run: id, ...countsOf(found), problem: null };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const missingRows = table.rows.map((row) => rowLabel(table, row));
    return { run: id, rows: null, cells: 0, missingRows, problem: error.message };
  }
}

function countsOf({ rows, counts }: Reproduction) {
  const missing = rows.filter(({ ours }) => ours.length === 0);
  return {
    rows: rows.length - missing.length,
    cells: counts.consistent + counts.differs + counts['cannot tell'],
    missingRows: missing.map(({ label }) => label),
  };
}
