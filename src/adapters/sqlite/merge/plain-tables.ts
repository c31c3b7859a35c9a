import type Database from 'better-sqlite3';
import { BATCH_STATES } from '../../../domain/batch.ts';
import { type Column, columnsOf, contentOf, namesOf } from './columns.ts';

/** How rows of one table are found again in another store. */
interface NaturalKey {
  readonly key: readonly string[];
  /** Columns that hold ids, with the table whose `key` says what they mean. */
  readonly refs?: Readonly<Record<string, 'items' | 'models' | 'responses' | 'human_answers'>>;
  /** Only these columns; all where it is left out. */
  readonly only?: readonly string[];
}

/** What a run is made of; two stores that have the run must agree on it. */
export const DEFINITION: Readonly<Record<string, NaturalKey>> = {
  run_models: { key: ['run', 'position'], refs: { model: 'models' } },
  run_judges: { key: ['run', 'position'], refs: { model: 'models' } },
  run_juries: { key: ['run', 'position'] },
  run_scorers: { key: ['run', 'position'] },
  run_styles: { key: ['run', 'position'] },
  run_rubrics: { key: ['run', 'category'] },
  run_rubric_translations: { key: ['run', 'category', 'language'] },
};

/** In an order in which nothing refers to what is not there yet. */
const COLUMN_BY_COLUMN: Readonly<Record<string, NaturalKey>> = {
  templates: { key: ['fingerprint'] },
  items: { key: ['key'] },
  models: { key: ['key'] },
  runs: { key: ['id'] },
  ...DEFINITION,
  rewrites: { key: ['key'] },
  audits: { key: ['judge', 'run'] },
  human_answers: { key: ['key'] },
  batches: { key: ['id'] },
  batch_calls: { key: ['batch', 'custom_id'] },
  batch_results: { key: ['batch', 'custom_id'] },
  probes: { key: ['key'], only: ['key', 'purpose', 'run', 'judge', 'subject'] },
};

/** Reports go by the order in which questions, runs and anchors were stored. */
const IN_SOURCE_ORDER = new Set(['items', 'runs', 'probes']);
/** A plan that is whole in one store is whole in both. */
const GREATEST = new Set(['planned']);

/**
 * Takes over rows whose key says nearly all of them. Where a column differs all the same (a question's
 * id, the settings of a run that plan nothing), the least value stands, and any value before none.
 */
export function mergePlainTables(database: Database.Database): void {
  for (const [table, natural] of Object.entries(COLUMN_BY_COLUMN)) {
    const order = IN_SOURCE_ORDER.has(table) ? ['rowid'] : natural.key;
    const columns = columnsOf(database, table).filter(
      ({ name }) => natural.only?.includes(name) ?? true,
    );
    const others = columns.filter(({ name }) => !natural.key.includes(name));
    const better = others.map(({ name }) => [name, isBetter(name)] as const);
    const update = better.map(
      ([name, test]) => `${name} = CASE WHEN ${test} THEN excluded.${name} ELSE m.${name} END`,
    );
    database.exec(
      `${insertFrom(table, columns, natural)} WHERE true ORDER BY ${order.map((name) => `s.${name}`).join(', ')}
       ON CONFLICT (${natural.key.join(', ')}) DO UPDATE SET ${update.join(', ')}
       WHERE ${better.map(([, test]) => test).join(' OR ')}`,
    );
  }
}

function isBetter(name: string): string {
  const sign = GREATEST.has(name) ? '>' : '<';
  return `(excluded.${name} IS NOT NULL AND (m.${name} IS NULL OR excluded.${name} ${sign} m.${name}))`;
}

function insertFrom(table: string, columns: readonly Column[], { refs }: NaturalKey): string {
  const values = columns.map(({ name }) => {
    const target = refs?.[name];
    return target === undefined
      ? `s.${name}`
      : `(SELECT own.id FROM source.${target} AS foreign_row JOIN main.${target} AS own
          ON own.key = foreign_row.key WHERE foreign_row.id = s.${name})`;
  });
  return `INSERT INTO main.${table} AS m (${namesOf(columns)})
    SELECT ${values.join(', ')} FROM source.${table} AS s`;
}

/** Ratings by people; rows of one rater that differ in the rating are refused before. */
export function mergeHumanRatings(database: Database.Database): number {
  const natural: NaturalKey = {
    key: ['answer', 'rater', 'occasion'],
    refs: { answer: 'human_answers' },
  };
  return mergeWholeRows(database, 'human_ratings', { natural, where: 'true', order: [] });
}

/** In which language answers are; not of answers that another store's have taken the place of. */
export function mergeAnswerLanguages(database: Database.Database): void {
  database.exec(
    'DELETE FROM main.answer_languages WHERE response IN (SELECT own FROM temp.other_answers WHERE wins)',
  );
  mergeWholeRows(database, 'answer_languages', {
    natural: { key: ['response', 'language'], refs: { response: 'responses' } },
    where: 's.response NOT IN (SELECT theirs FROM temp.other_answers WHERE NOT wins)',
    order: ['-$.method_version'],
  });
}

interface WholeRows {
  readonly natural: NaturalKey;
  /** Which of the source's rows, called `s`. */
  readonly where: string;
  /** What comes before the content when rows compete; `$` is the row. */
  readonly order: readonly string[];
}

/** Of two rows with one key the whole of the lesser stands. Gives the number of rows written. */
function mergeWholeRows(
  database: Database.Database,
  table: string,
  { natural, where, order }: WholeRows,
): number {
  const columns = columnsOf(database, table);
  const others = columns.filter(({ name }) => !natural.key.includes(name));
  const rank = (row: string) =>
    [...order.map((part) => part.replace('$', row)), contentOf(row, others)].join(', ');
  return database
    .prepare(
      `${insertFrom(table, columns, natural)} WHERE ${where}
       ON CONFLICT (${natural.key.join(', ')}) DO UPDATE
       SET ${others.map(({ name }) => `${name} = excluded.${name}`).join(', ')}
       WHERE (${rank('excluded')}) < (${rank('m')})`,
    )
    .run().changes;
}

/** A session is known by its run and provenance, which has the moment it began in and the shard. */
export function mergeSessions(database: Database.Database): void {
  const columns = columnsOf(database, 'sessions');
  const others = columns.filter(({ name }) => name !== 'run' && name !== 'provenance');
  // One that was still going when the store was copied gives way to the same one ended.
  const rank = (row: string) =>
    `${row}.ended_at IS NULL, coalesce(${row}.ended_at, 0), ${contentOf(row, others)}`;
  database.exec(`
    CREATE TEMP TABLE new_sessions AS SELECT ${namesOf(columns)} FROM (
      SELECT *, row_number() OVER (PARTITION BY run, provenance ORDER BY ${rank('s')}) AS place
      FROM source.sessions AS s) WHERE place = 1;
    UPDATE main.sessions AS m SET ${others.map(({ name }) => `${name} = s.${name}`).join(', ')}
    FROM temp.new_sessions AS s WHERE s.run = m.run AND s.provenance = m.provenance
      AND (${rank('s')}) < (${rank('m')});
    INSERT INTO main.sessions (${namesOf(columns)}) SELECT ${namesOf(columns)} FROM temp.new_sessions AS s
    WHERE NOT EXISTS (SELECT 1 FROM main.sessions AS m WHERE m.run = s.run AND m.provenance = s.provenance);
    DROP TABLE temp.new_sessions;`);
}

/** A batch's state is its last step, so the steps of both stores are put in one order: by time, then as batches go. */
export function mergeBatchSteps(database: Database.Database): void {
  const cases = BATCH_STATES.map((state, place) => `WHEN '${state}' THEN ${place}`);
  database.exec(`
    CREATE TEMP TABLE all_steps AS
    SELECT batch, state, at, facts FROM main.batch_steps WHERE batch IN (SELECT id FROM source.batches)
    UNION SELECT batch, state, at, facts FROM source.batch_steps;
    DELETE FROM main.batch_steps WHERE batch IN (SELECT id FROM source.batches);
    INSERT INTO main.batch_steps (batch, state, at, facts)
    SELECT batch, state, at, facts FROM temp.all_steps
    ORDER BY batch, at, CASE state ${cases.join(' ')} END, facts;
    DROP TABLE temp.all_steps;`);
}
