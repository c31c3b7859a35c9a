import type Database from 'better-sqlite3';
import { OperatorError } from '../../../domain/errors.ts';
import type { Item } from '../../../domain/item.ts';
import type { Shard } from '../../../domain/shard.ts';
import type { RatingRow } from '../../../ports/rating-partitions.ts';
import type {
  AnswerRating,
  CoverageRow,
  ExpectedScore,
  ItemLabels,
  LanguageAnswers,
  QuestionScore,
  RunArchive,
  RunListing,
  Suspect,
  TrialRating,
} from '../../../ports/run-archive.ts';
import { contradictions, missingCauses } from '../missing-causes.ts';
import { openDatabase, translateErrors } from '../open-database.ts';
import { ITEM_COLUMNS, type ItemColumns, itemFromColumns } from '../rows.ts';
import { showShardOnly } from '../shard-view.ts';
import { answerLanguageTallies } from '../write/answer-languages.ts';
import { createBatchReader } from '../write/batches.ts';
import { createProbeArchive } from '../write/extra-judgments.ts';
import { createAnswerReader } from './answer-reader.ts';
import { createHumanRatingArchive } from './human-rating-archive.ts';
import { loadRun } from './load-run.ts';
import { byModelName } from './model-rows.ts';
import { createOutcomeReader } from './outcome-reader.ts';
import { createRatingPartitions } from './rating-partitions.ts';
import { createRuleReader } from './rule-reader.ts';

/** Opens a store, or a shard's part of its runs, for reading. Throws OperatorError where there is none. */
export function openRunArchive(file: string, shard: Shard | null = null): RunArchive {
  const database = openDatabase(file, 'read');
  if (shard !== null) showShardOnly(database, shard);
  const outcomeReader = createOutcomeReader(database);
  const named = <Row extends { readonly model: number }>(
    runId: string,
    rows: IterableIterator<Row>,
  ) => byModelName(database, runId, rows);
  const ended = (table: 'responses' | 'judgments') =>
    database.prepare<[string], { ended: number }>(
      `SELECT 1 AS ended FROM ${table} WHERE key = ? AND status != 'pending'`,
    );
  const [answered, judged] = [ended('responses'), ended('judgments')];
  return {
    file,
    humanRatings: createHumanRatingArchive(database),
    batches: createBatchReader(database),
    answers: createAnswerReader(database),
    isAnswered: (key) => answered.get(key) !== undefined,
    isJudged: (key) => judged.get(key) !== undefined,
    listRuns: () => translateErrors(file, () => database.prepare<[], RunListing>(LIST).all()),
    loadRun: (id) =>
      translateErrors(file, () => loadRun(database, existingRun(database, file, id))),
    itemLabels: (runId) => database.prepare<[string], ItemLabels>(ITEM_LABELS).iterate(runId),
    questionScores: (runId) =>
      named(runId, database.prepare<[string], QuestionScore>(QUESTION_SCORES).iterate(runId)),
    expectedScores: (runId, leastMass) =>
      named(
        runId,
        database
          .prepare<[{ run: string; leastMass: number }], ExpectedScore>(EXPECTED_SCORES)
          .iterate({ run: runId, leastMass }),
      ),
    ...createRuleReader(database),
    trialRatings: (runId) =>
      named(runId, database.prepare<[string], TrialRating>(TRIAL_RATINGS).iterate(runId)),
    answerRatings: (runId) =>
      named(runId, database.prepare<[string], AnswerRating>(ANSWER_RATINGS).iterate(runId)),
    coverage: (runId) => [...named(runId, coverage(database, runId))],
    missingCauses: (runId) => missingCauses(database, runId),
    contradictions: (runId) => contradictions(database, runId),
    languageAnswers: (runId) => [
      ...named(runId, database.prepare<[string], LanguageAnswers>(LANGUAGE_ANSWERS).iterate(runId)),
    ],
    ...outcomeReader,
    ...createProbeArchive(database),
    ...createRatingPartitions(database),
    outcomes: (runId) => named(runId, outcomeReader.outcomes(runId)),
    answerLanguages: (runId) => answerLanguageTallies(database, runId),
    ratingColumns: () => ratingColumns(database),
    ratings: (runId) => ratingRows(database, runId),
    suspects: (runId) => database.prepare<[string], Suspect>(SUSPECTS).all(runId),
    item: (runId, position) => readItem(database, runId, position),
    close: () => database.close(),
  };
}

function ratingColumns(database: Database.Database): string[] {
  const columns = database.prepare('SELECT * FROM ratings').columns();
  return columns.map(({ name }) => name);
}

const LIST = `
SELECT runs.id AS id, runs.name AS name,
  count(j.id) AS planned, count(j.rating) AS rated,
  nullif(max(coalesce(max(r.ended_at), 0), coalesce(max(j.ended_at), 0)), 0) AS lastCallAt
FROM runs
LEFT JOIN run_responses rr ON rr.run = runs.id
LEFT JOIN responses r ON r.id = rr.response
LEFT JOIN run_judgments rj ON rj.run_response = rr.id
LEFT JOIN judgments j ON j.id = rj.judgment
GROUP BY runs.id ORDER BY runs.rowid`;

const SUSPECTS =
  'SELECT model, variant, style, item, judge, answer, rating FROM suspects WHERE run = ?';

/** Run by run, so that the index gives the order of the plan and nothing is sorted in memory. */
function* ratingRows(
  database: Database.Database,
  runId: string | null,
): Generator<RatingRow, undefined> {
  const rows = database.prepare<[string], RatingRow>('SELECT * FROM ratings WHERE run = ?');
  for (const id of runId === null ? runIds(database) : [runId]) yield* rows.iterate(id);
}

const ITEM_LABELS = `
SELECT i.id AS position, i.key AS key, i.name AS id, i.culture, i.language, i.category, i.scope, i.association, i.cluster
FROM items i
WHERE i.id IN (SELECT item FROM run_responses WHERE run = ?)
ORDER BY i.id`;

/** Question means first, then everything else: repeated judging must not weigh a question more. */
const QUESTION_SCORES = `
SELECT model, style, judge, item,
  CASE WHEN best IS NULL THEN avg(rating) ELSE max(rating) END AS rating,
  sum(planned) AS planned, sum(rated) AS rated
FROM (
  SELECT rr.model AS model, rr.style AS style, rj.judge AS judge, rr.item AS item, rm.best AS best,
    avg(j.rating) AS rating, count(*) AS planned, count(j.rating) AS rated
  FROM run_responses rr
  JOIN run_models rm ON rm.run = rr.run AND rm.position = rr.model
  JOIN run_judgments rj ON rj.run_response = rr.id
  JOIN judgments j ON j.id = rj.judgment
  WHERE rr.run = ?
  GROUP BY rr.model, rr.style, rj.judge, rr.item, rr.trial
)
GROUP BY model, style, judge, item`;

/** As QUESTION_SCORES; only of judges that were asked for probabilities. */
const EXPECTED_SCORES = `
SELECT model, style, judge, item,
  CASE WHEN best IS NULL THEN avg(rating) ELSE max(rating) END AS rating,
  sum(planned) AS planned, sum(rated) AS rated,
  sum(told) AS told, sum(mass_sum) AS massSum, sum(entropy_sum) AS entropySum
FROM (
  SELECT rr.model AS model, rr.style AS style, rj.judge AS judge, rr.item AS item, rm.best AS best,
    avg(j.expected_rating) FILTER (WHERE j.expected_mass >= @leastMass) AS rating, count(*) AS planned,
    count(j.expected_rating) FILTER (WHERE j.expected_mass >= @leastMass) AS rated,
    count(j.expected_rating) AS told, total(j.expected_mass) AS mass_sum,
    total(j.expected_entropy) AS entropy_sum
  FROM run_responses rr
  JOIN run_models rm ON rm.run = rr.run AND rm.position = rr.model
  JOIN run_judgments rj ON rj.run_response = rr.id
  JOIN run_judges rjd ON rjd.run = rr.run AND rjd.position = rj.judge
  JOIN judgments j ON j.id = rj.judgment
  WHERE rr.run = @run AND rjd.expected_rating = 1
  GROUP BY rr.model, rr.style, rj.judge, rr.item, rr.trial
)
GROUP BY model, style, judge, item`;

const TRIAL_RATINGS = `
SELECT rr.model AS model, rr.style AS style, rj.judge AS judge, rr.item AS item, rr.trial AS trial, j.rating AS rating
FROM run_responses rr
JOIN run_models rm ON rm.run = rr.run AND rm.position = rr.model
JOIN run_judgments rj ON rj.run_response = rr.id
JOIN judgments j ON j.id = rj.judgment
WHERE rr.run = ? AND rm.best IS NULL AND j.rating IS NOT NULL
ORDER BY rr.model, rr.style, rr.item, rr.trial, rj.judge, rj.trial`;

const ANSWER_RATINGS = `
SELECT r.key AS answer, min(rr.id) AS response, rr.model AS model, rj.judge AS judge, rr.item AS item,
  avg(j.rating) AS rating, count(DISTINCT j.id) AS ratings, length(r.text) AS characters
FROM run_responses rr
JOIN responses r ON r.id = rr.response
JOIN run_judgments rj ON rj.run_response = rr.id
JOIN judgments j ON j.id = rj.judgment
WHERE rr.run = ? AND j.rating IS NOT NULL
GROUP BY rr.response, rr.item, rj.judge
ORDER BY min(rr.id), rj.judge`;

const COVERAGE = `
SELECT rr.model AS model, rr.style AS style, rj.judge AS judge, i.culture AS culture, i.category AS category,
  count(*) AS planned,
  count(j.rating) AS rated,
  sum(j.status = 'pending' AND r.status = 'empty') AS response_empty,
  sum(j.status = 'pending' AND r.status = 'filtered') AS response_filtered,
  sum(j.status = 'pending' AND r.status = 'failed') AS response_failed,
  sum(j.status = 'unparsed') AS judgment_unparsed,
  sum(j.status = 'out-of-range') AS judgment_out_of_range,
  sum(j.status = 'filtered') AS judgment_filtered,
  sum(j.status = 'failed') AS judgment_failed,
  sum(j.status = 'pending' AND r.status IN ('pending', 'completed', 'truncated')) AS not_called,
  sum(j.rating IS NOT NULL AND r.status = 'truncated') AS truncated
FROM run_responses rr
JOIN items i ON i.id = rr.item
JOIN responses r ON r.id = rr.response
JOIN run_judgments rj ON rj.run_response = rr.id
JOIN judgments j ON j.id = rj.judgment
WHERE rr.run = ?
GROUP BY rr.model, rr.style, rj.judge, i.culture, i.category`;

const LANGUAGE_ANSWERS = `
SELECT rr.model AS model, rr.style AS style, i.language AS language,
  sum(r.status IN ('completed', 'truncated')) AS answered,
  sum(r.status = 'truncated') AS truncated
FROM run_responses rr
JOIN items i ON i.id = rr.item
JOIN responses r ON r.id = rr.response
WHERE rr.run = ?
GROUP BY rr.model, rr.style, i.language`;

type CoverageColumns = Omit<CoverageRow, 'missing'> & CoverageRow['missing'];

function* coverage(database: Database.Database, runId: string): Generator<CoverageRow, undefined> {
  const rows = database.prepare<[string], CoverageColumns>(COVERAGE).all(runId);
  for (const row of rows) {
    const { model, style, judge, culture, category, planned, rated, truncated, ...missing } = row;
    yield { model, style, judge, culture, category, planned, rated, truncated, missing };
  }
}

function readItem(database: Database.Database, runId: string, position: number): Item {
  const row = database
    .prepare<[number], ItemColumns>(`SELECT ${ITEM_COLUMNS} FROM items i WHERE i.id = ?`)
    .get(position);
  if (!row) throw new Error(`run ${runId} has no item ${position}`);
  return itemFromColumns(row);
}

/** The id, if the store has such a run; else OperatorError that names the runs it has. */
export function existingRun(database: Database.Database, file: string, id: string): string {
  const ids = runIds(database);
  if (ids.includes(id)) return id;
  const known = ids.length > 0 ? `It has: ${ids.join(', ')}.` : 'It has none yet.';
  throw new OperatorError(`${file}: has no run "${id}". ${known}`);
}

/** In the order of their creation. */
function runIds(database: Database.Database): string[] {
  return database
    .prepare<[], { id: string }>('SELECT id FROM runs ORDER BY rowid')
    .all()
    .map(({ id }) => id);
}
