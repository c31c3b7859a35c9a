import type Database from 'better-sqlite3';

/** A batch's steps in one text: a longer history is a later one, and of two as long one has to stand. */
const histories = (store: 'main' | 'source') =>
  `SELECT batch, count(*) AS steps,
     group_concat(state || ' ' || at || ' ' || facts, char(10) ORDER BY id) AS content
   FROM ${store}.batch_steps GROUP BY batch`;

/**
 * Takes over how far batches have come. Steps follow on each other, so the history that has more of them
 * stands, whole. Batches, calls and lines are rows like others.
 */
export function mergeBatchSteps(database: Database.Database): void {
  database.exec(`
    CREATE TEMP TABLE longer_histories AS
      SELECT s.batch AS batch FROM (${histories('source')}) s
      LEFT JOIN (${histories('main')}) m ON m.batch = s.batch
      WHERE m.batch IS NULL OR (s.steps, s.content) > (m.steps, m.content);
    DELETE FROM main.batch_steps WHERE batch IN (SELECT batch FROM temp.longer_histories);
    INSERT INTO main.batch_steps (batch, state, at, facts)
      SELECT batch, state, at, facts FROM source.batch_steps
      WHERE batch IN (SELECT batch FROM temp.longer_histories) ORDER BY id;
    DROP TABLE temp.longer_histories;`);
}
