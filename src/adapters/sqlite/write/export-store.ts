import type Database from 'better-sqlite3';
import { openDatabase, translateErrors } from '../open-database.ts';
import { existingRun } from '../read/run-archive.ts';

/**
 * What a published store holds of every table, in an order in which nothing refers to what is not
 * there yet. A table that is not named stays out: what a later version adds is published on purpose or
 * not at all. Ratings by people stay out, as they name their raters: a file of them can be published
 * beside the store, and be imported. So do texts rewritten for audits, which no figure is made of.
 */
const PUBLISHED: Readonly<Record<string, string>> = {
  runs: 'id = @run',
  items: 'id IN (SELECT item FROM source.run_responses WHERE run = @run)',
  models: `id IN (SELECT model FROM source.run_models WHERE run = @run
    UNION SELECT model FROM source.run_judges WHERE run = @run)`,
  templates: `fingerprint IN (SELECT template FROM source.run_styles WHERE run = @run
    UNION SELECT system_template FROM source.run_styles WHERE run = @run
    UNION SELECT template FROM source.run_rubrics WHERE run = @run
    UNION SELECT template FROM source.run_rubric_translations WHERE run = @run)`,
  sessions: 'run = @run',
  run_models: 'run = @run',
  run_judges: 'run = @run',
  run_juries: 'run = @run',
  run_scorers: 'run = @run',
  run_styles: 'run = @run',
  run_rubrics: 'run = @run',
  run_rubric_translations: 'run = @run',
  responses: 'id IN (SELECT response FROM source.run_responses WHERE run = @run)',
  answer_languages: 'response IN (SELECT response FROM source.run_responses WHERE run = @run)',
  run_responses: 'run = @run',
  judgments: `id IN (SELECT rj.judgment FROM source.run_judgments rj
    JOIN source.run_responses rr ON rr.id = rj.run_response WHERE rr.run = @run)`,
  run_judgments: 'run_response IN (SELECT id FROM source.run_responses WHERE run = @run)',
  rule_judgments: 'run_response IN (SELECT id FROM source.run_responses WHERE run = @run)',
  probes: 'run = @run',
  audits: 'run = @run',
};

/**
 * Writes a store that holds one run and nothing else to `target`, which must not be there yet: one
 * file without a log beside it, to be published. Rows keep their ids, so that reports of both are the
 * same. Throws OperatorError for an unknown run.
 */
export function exportStore(file: string, target: string, run: string): void {
  const source = openDatabase(file, 'read');
  try {
    existingRun(source, file, run);
    translateErrors(target, () => {
      const database = openDatabase(target, 'write');
      try {
        // Not `file`: what was opened may be a copy of it.
        copyRun(database, source.name, run);
      } finally {
        database.close();
      }
    });
  } finally {
    source.close();
  }
}

function copyRun(database: Database.Database, file: string, run: string): void {
  database.prepare('ATTACH ? AS source').run(file);
  const copy = database.transaction(() => {
    for (const [table, condition] of Object.entries(PUBLISHED)) {
      database
        .prepare(`INSERT INTO main.${table} SELECT * FROM source.${table} WHERE ${condition}`)
        .run({ run });
    }
  });
  copy();
  database.exec('DETACH source');
  database.pragma('journal_mode = DELETE');
  database.exec('VACUUM');
}
