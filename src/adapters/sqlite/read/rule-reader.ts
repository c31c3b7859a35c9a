import type Database from 'better-sqlite3';
import { solutionSchema } from '../../../domain/solution.ts';
import type { RuleOutcome, RuleScore, SolvedItem } from '../../../ports/rule-archive.ts';
import { byModelName } from './model-rows.ts';

/** The answers of a question together, as QUESTION_SCORES does with ratings. */
const RULE_SCORES = `
SELECT rr.model AS model, rr.style AS style, x.scorer AS scorer, rr.item AS item,
  CASE WHEN rm.best IS NULL THEN avg(x.score) ELSE max(x.score) END AS rating,
  count(*) AS planned, count(x.score) AS rated
FROM run_responses rr
JOIN run_models rm ON rm.run = rr.run AND rm.position = rr.model
JOIN rule_judgments x ON x.run_response = rr.id
WHERE rr.run = ?
GROUP BY rr.model, rr.style, x.scorer, rr.item`;

const RULE_OUTCOMES = `
SELECT rr.model AS model, rr.style AS style, x.scorer AS scorer, rr.item AS item, rr.trial AS trial,
  r.status AS responseStatus, x.status AS status, x.score AS score, x.cause AS cause,
  x.chosen AS chosen, x.place AS place, x.gold_place AS goldPlace, x.measures AS measures
FROM run_responses rr
JOIN responses r ON r.id = rr.response
JOIN rule_judgments x ON x.run_response = rr.id
WHERE rr.run = ?
ORDER BY rr.model, rr.style, x.scorer, rr.item, rr.trial`;

const SOLVED_ITEMS = `
SELECT i.id AS item, i.solution AS solution FROM items i
WHERE i.solution IS NOT NULL AND i.id IN (SELECT item FROM run_responses WHERE run = ?)
ORDER BY i.id`;

/** Reads how rules scored a run's answers. */
export function createRuleReader(database: Database.Database) {
  return {
    ruleScores: (runId: string): IterableIterator<RuleScore> =>
      byModelName(
        database,
        runId,
        database.prepare<[string], RuleScore>(RULE_SCORES).iterate(runId),
      ),
    ruleOutcomes: (runId: string): IterableIterator<RuleOutcome> =>
      byModelName(
        database,
        runId,
        database.prepare<[string], RuleOutcome>(RULE_OUTCOMES).iterate(runId),
      ),
    solvedItems: (runId: string): IterableIterator<SolvedItem> => solvedItems(database, runId),
  };
}

function* solvedItems(
  database: Database.Database,
  runId: string,
): Generator<SolvedItem, undefined> {
  const rows = database
    .prepare<[string], { readonly item: number; readonly solution: string }>(SOLVED_ITEMS)
    .iterate(runId);
  for (const { item, solution } of rows)
    yield { item, solution: solutionSchema.parse(JSON.parse(solution)) };
}
