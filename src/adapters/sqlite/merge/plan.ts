import type Database from 'better-sqlite3';
import { OperatorError } from '../../../domain/errors.ts';

/** Takes over which answers and judgments the source's runs plan, in its order. */
export function mergePlans(
  database: Database.Database,
  { file, newCalls }: { readonly file: string; readonly newCalls: number },
): void {
  if (newCalls === 0 && hasPlans(database)) return;
  database.exec(`
    CREATE TEMP TABLE unit_ids (theirs INTEGER PRIMARY KEY, own INTEGER NOT NULL);
    INSERT OR IGNORE INTO main.run_responses (run, model, style, item, trial, response)
    SELECT s.run, s.model, s.style, ${own('items', 's.item')}, s.trial, ${own('responses', 's.response')}
    FROM source.run_responses AS s ORDER BY s.id;
    INSERT INTO temp.unit_ids
    SELECT s.id, m.id FROM source.run_responses AS s CROSS JOIN main.run_responses AS m
    ON m.run = s.run AND m.model = s.model AND m.style = s.style AND m.trial = s.trial
      AND m.item = ${own('items', 's.item')} AND m.response = ${own('responses', 's.response')};
    INSERT OR IGNORE INTO main.run_judgments (run_response, judge, trial, judgment)
    SELECT u.own, s.judge, s.trial, ${own('judgments', 's.judgment')}
    FROM source.run_judgments AS s JOIN temp.unit_ids AS u ON u.theirs = s.run_response;`);
  const other = database.prepare<[], { run: string }>(OTHER_CALLS).get();
  database.exec('DROP TABLE temp.unit_ids');
  if (other !== undefined)
    throw new OperatorError(
      `${file}: run ${other.run} plans other calls than in the merged store, so that its prompts were made by another version of care-judge. Nothing of this file was taken.`,
    );
}

const own = (table: 'items' | 'responses' | 'judgments', id: string) =>
  `(SELECT own_row.id FROM source.${table} AS foreign_row JOIN main.${table} AS own_row
    ON own_row.key = foreign_row.key WHERE foreign_row.id = ${id})`;

const OTHER_CALLS = `
SELECT s.run AS run FROM source.run_responses AS s
LEFT JOIN temp.unit_ids AS u ON u.theirs = s.id WHERE u.own IS NULL
UNION ALL
SELECT rr.run FROM source.run_judgments AS s
JOIN source.run_responses AS rr ON rr.id = s.run_response
JOIN temp.unit_ids AS u ON u.theirs = s.run_response
JOIN main.run_judgments AS m ON m.run_response = u.own AND m.judge = s.judge AND m.trial = s.trial
WHERE m.judgment != ${own('judgments', 's.judgment')}
LIMIT 1`;

/**
 * Whether the merged store has every plan of the source already, as after the first of several shards.
 * A run's id stands for its plan, so whole plans of one size with the same calls are the same.
 */
function hasPlans(database: Database.Database): boolean {
  const size = (schema: 'main' | 'source') => `
    SELECT runs.id AS run, runs.planned AS planned,
      (SELECT count(*) FROM ${schema}.run_responses AS rr WHERE rr.run = runs.id) AS answers,
      (SELECT count(*) FROM ${schema}.run_responses AS rr JOIN ${schema}.run_judgments AS rj
        ON rj.run_response = rr.id WHERE rr.run = runs.id) AS judgments
    FROM ${schema}.runs`;
  const lacking = database
    .prepare<[], unknown>(
      `SELECT 1 FROM (${size('source')}) AS s WHERE s.planned = 0 OR NOT EXISTS (
        SELECT 1 FROM (${size('main')}) AS m WHERE m.run = s.run AND m.planned = 1
          AND m.answers = s.answers AND m.judgments = s.judgments) LIMIT 1`,
    )
    .get();
  return lacking === undefined;
}
