import type Database from 'better-sqlite3';
import { columnsOf, contentOf } from './columns.ts';

const PAIRS = `source.rule_judgments AS s
JOIN source.run_responses AS u ON u.id = s.run_response
JOIN source.items AS si ON si.id = u.item
JOIN main.items AS mi ON mi.key = si.key
JOIN main.run_responses AS own ON own.run = u.run AND own.model = u.model AND own.style = u.style
  AND own.item = mi.id AND own.trial = u.trial`;

/** What rules read from answers goes with the answer, as judgments do. */
export function mergeRuleJudgments(database: Database.Database): void {
  if (database.prepare('SELECT 1 FROM source.rule_judgments LIMIT 1').get() === undefined) return;
  const columns = columnsOf(database, 'rule_judgments').filter(
    ({ name }) => name !== 'run_response' && name !== 'scorer',
  );
  const names = columns.map(({ name }) => name);
  const rank = (row: string) =>
    `${row}.status = 'pending', -coalesce(${row}.reader_version, 0), ${contentOf(row, columns)}`;
  database.exec(`
    UPDATE main.rule_judgments SET ${columns.map(({ name, blank }) => `${name} = ${blank}`).join(', ')}
    WHERE run_response IN (SELECT id FROM main.run_responses
      WHERE response IN (SELECT own FROM temp.other_answers WHERE wins));
    INSERT OR IGNORE INTO main.rule_judgments (run_response, scorer) SELECT own.id, s.scorer FROM ${PAIRS};
    INSERT INTO main.rule_judgments AS m (run_response, scorer, ${names.join(', ')})
    SELECT own.id, s.scorer, ${names.map((name) => `s.${name}`).join(', ')} FROM ${PAIRS}
    WHERE u.response NOT IN (SELECT theirs FROM temp.other_answers WHERE NOT wins)
    ON CONFLICT (run_response, scorer) DO UPDATE
    SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
    WHERE (${rank('excluded')}) < (${rank('m')});`);
}
