import type Database from 'better-sqlite3';

/**
 * Positions by which readers are to know a run's models: entries of one name and variant, checkpoints
 * made for one culture each, share that of the first. null where every entry stands for itself.
 */
function sharedPositions(database: Database.Database, runId: string): readonly number[] | null {
  const rows = database
    .prepare<[string], { position: number; first: number }>(SHARED_POSITIONS)
    .all(runId);
  return rows.every(({ position, first }) => position === first)
    ? null
    : rows.map(({ first }) => first);
}

const SHARED_POSITIONS = `
SELECT rm.position AS position, min(rm.position) OVER (PARTITION BY m.name, m.variant) AS first
FROM run_models rm JOIN models m ON m.id = rm.model
WHERE rm.run = ? ORDER BY rm.position`;

/** Rows of a run with the models' shared positions. No question is asked of two that share one. */
export function byModelName<Row extends { readonly model: number }>(
  database: Database.Database,
  runId: string,
  rows: IterableIterator<Row>,
): IterableIterator<Row> {
  const positions = sharedPositions(database, runId);
  return positions === null ? rows : renumbered(rows, positions);
}

function* renumbered<Row extends { readonly model: number }>(
  rows: Iterable<Row>,
  positions: readonly number[],
): Generator<Row, undefined> {
  for (const row of rows) yield { ...row, model: positions[row.model] ?? row.model };
}
