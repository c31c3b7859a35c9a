import type Database from 'better-sqlite3';
import { type Column, columnsOf, contentOf } from './columns.ts';

/** What became of one source's ended calls. */
export interface CallTally {
  /** Now in the merged store, which had none, or only a failure. */
  readonly taken: number;
  /** Of the same call or a better one: nothing to take. */
  readonly present: number;
  /** Ended with words on both sides, in two calls: one of them was kept. */
  readonly conflicts: number;
  /** Judgments of the answer that was not kept, on either side: they are planned anew. */
  readonly withdrawn: number;
}

/** Outcomes in the order in which they are preferred. */
const RANKS = {
  responses: { completed: 0, truncated: 0, filtered: 1, empty: 2, failed: 3, pending: 4 },
  judgments: { rated: 0, 'out-of-range': 1, unparsed: 2, filtered: 3, failed: 4, pending: 5 },
  probes: { rated: 0, 'out-of-range': 1, unparsed: 2, filtered: 3, failed: 4, pending: 5 },
} as const;
type CallTable = keyof typeof RANKS;
/** Up to this rank a model or judge has said something. */
const LAST_WITH_WORDS: Readonly<Record<CallTable, number>> = {
  responses: 0,
  judgments: 2,
  probes: 2,
};
const IDENTITY = new Set(['key', 'purpose', 'run', 'judge', 'subject']);

interface CallSql {
  readonly columns: readonly Column[];
  readonly rank: (row: string) => string;
  /**
   * A total order of calls with one key: the better outcome, then the earlier call, then the one with
   * more attempts; what is left is decided by content. Its minimum is the same in any order of merging.
   */
  readonly order: (row: string) => string;
}

function sqlOf(database: Database.Database, table: CallTable): CallSql {
  const columns = columnsOf(database, table).filter(({ name }) => !IDENTITY.has(name));
  const cases = Object.entries(RANKS[table]).map(
    ([status, place]) => `WHEN '${status}' THEN ${place}`,
  );
  const rank = (row: string) => `CASE ${row}.status ${cases.join(' ')} END`;
  const order = (row: string) =>
    `${rank(row)}, coalesce(${row}.ended_at, 0), -coalesce(${row}.attempts, 0), ${contentOf(row, columns)}`;
  return { columns, rank, order };
}

/** Temporary tables that the steps of a merge hand on. */
export function prepareCallTables(database: Database.Database): void {
  database.exec(`
    CREATE TEMP TABLE other_answers (theirs INTEGER PRIMARY KEY, own INTEGER NOT NULL, wins INTEGER NOT NULL);
    CREATE TEMP TABLE withdrawn (theirs INTEGER PRIMARY KEY);
    CREATE TEMP TABLE conflicts (kind TEXT NOT NULL, key TEXT NOT NULL, wins INTEGER NOT NULL);`);
}

export function clearCallTables(database: Database.Database): void {
  database.exec(
    'DELETE FROM temp.other_answers; DELETE FROM temp.withdrawn; DELETE FROM temp.conflicts;',
  );
}

/** Adds the calls that only the source plans, in its order and not made yet. Gives their number. */
export function addPlannedCalls(database: Database.Database): number {
  const added = (['responses', 'judgments'] as const).map(
    (table) =>
      database
        .prepare(
          `INSERT INTO main.${table} (key) SELECT s.key FROM source.${table} AS s
           WHERE NOT EXISTS (SELECT 1 FROM main.${table} AS m WHERE m.key = s.key) ORDER BY s.id`,
        )
        .run().changes,
  );
  return added.reduce((sum, rows) => sum + rows, 0);
}

export function mergeResponses(database: Database.Database): CallTally {
  const sql = sqlOf(database, 'responses');
  database.exec(`
    INSERT INTO temp.other_answers
    SELECT s.id, m.id, (${sql.order('s')}) < (${sql.order('m')})
    FROM source.responses AS s JOIN main.responses AS m ON m.key = s.key
    WHERE s.status != 'pending' AND m.status != 'pending'
      AND ${contentOf('s', sql.columns)} != ${contentOf('m', sql.columns)}`);
  return settle(database, 'responses', { sql, withdrawn: 0 });
}

/**
 * A judgment goes with the answer that it read. Its key has the answer's key and not its words, so one
 * of an answer that lost its place is worth nothing, even where the other answer has none yet.
 */
export function mergeJudgments(database: Database.Database): CallTally {
  const sql = sqlOf(database, 'judgments');
  const blank = sql.columns.map(({ name, blank: value }) => `${name} = ${value}`);
  const own = database.prepare(`
    UPDATE main.judgments SET ${blank.join(', ')} WHERE status != 'pending' AND id IN (
      SELECT rj.judgment FROM main.run_responses AS rr JOIN main.run_judgments AS rj ON rj.run_response = rr.id
      WHERE rr.response IN (SELECT own FROM temp.other_answers WHERE wins))`);
  const theirs = database.prepare(`
    INSERT OR IGNORE INTO temp.withdrawn
    SELECT rj.judgment FROM source.run_responses AS rr JOIN source.run_judgments AS rj ON rj.run_response = rr.id
    JOIN source.judgments AS j ON j.id = rj.judgment
    WHERE j.status != 'pending'
      AND rr.response IN (SELECT theirs FROM temp.other_answers WHERE NOT wins)`);
  return settle(database, 'judgments', {
    sql,
    withdrawn: own.run().changes,
    lost: theirs.run().changes,
  });
}

/** Judgments of anchors and audits; their rows are there from the plain tables. */
export function mergeProbes(database: Database.Database): CallTally {
  return settle(database, 'probes', { sql: sqlOf(database, 'probes'), withdrawn: 0 });
}

interface Settling {
  readonly sql: CallSql;
  /** Judgments that the merged store has given up. */
  readonly withdrawn: number;
  /** Those of the source that are not taken. */
  readonly lost?: number;
}

function settle(
  database: Database.Database,
  table: CallTable,
  { sql, withdrawn, lost = 0 }: Settling,
): CallTally {
  const { columns, rank, order } = sql;
  const offered = `s.status != 'pending' AND s.id NOT IN (SELECT theirs FROM temp.withdrawn)`;
  const guard = table === 'judgments' ? offered : "s.status != 'pending'";
  const words = LAST_WITH_WORDS[table];
  const conflicts = database
    .prepare(`
      INSERT INTO temp.conflicts SELECT '${table}', s.key, (${order('s')}) < (${order('m')})
      FROM source.${table} AS s JOIN main.${table} AS m ON m.key = s.key
      WHERE ${guard} AND m.status != 'pending' AND ${rank('s')} <= ${words} AND ${rank('m')} <= ${words}
        AND ${contentOf('s', columns)} != ${contentOf('m', columns)}`)
    .run().changes;
  const won = database
    .prepare<[], { count: number }>(
      `SELECT count(*) AS count FROM temp.conflicts WHERE kind = '${table}' AND wins`,
    )
    .get();
  const ended = database
    .prepare<[], { count: number }>(
      `SELECT count(*) AS count FROM source.${table} AS s WHERE ${guard}`,
    )
    .get();
  const written = takeBetter(database, table, { columns, order, guard });
  const taken = written - (won?.count ?? 0);
  return {
    taken,
    present: (ended?.count ?? 0) - taken - conflicts,
    conflicts,
    withdrawn: withdrawn + lost,
  };
}

/** Gives the number of rows written. */
function takeBetter(
  database: Database.Database,
  table: CallTable,
  { columns, order, guard }: Pick<CallSql, 'columns' | 'order'> & { readonly guard: string },
): number {
  const names = columns.map(({ name }) => name);
  // The rows are all there; what identifies a probe is only repeated for the columns that must not be null.
  const identity = table === 'probes' ? ['key', 'purpose', 'run', 'judge', 'subject'] : ['key'];
  return database
    .prepare(`
      INSERT INTO main.${table} AS m (${[...identity, ...names].join(', ')})
      SELECT ${[...identity, ...names].map((name) => `s.${name}`).join(', ')}
      FROM source.${table} AS s WHERE ${guard} ORDER BY s.id
      ON CONFLICT (key) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
      WHERE m.status = 'pending' OR (${order('excluded')}) < (${order('m')})`)
    .run().changes;
}
