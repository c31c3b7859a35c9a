import type Database from 'better-sqlite3';
import { answerKey, questionKey } from '../../../domain/human-rating.ts';
import type {
  HumanRatedAnswer,
  HumanRatedText,
  HumanRatingArchive,
  JudgedResponse,
} from '../../../ports/human-ratings.ts';

/** Reads the human ratings of an opened store. */
export function createHumanRatingArchive(database: Database.Database): HumanRatingArchive {
  return {
    sources: () =>
      database.prepare<[], { source: string; ratings: number; rescaled: number }>(SOURCES).all(),
    ratedAnswers: () => ratedAnswers(database),
    ratedTexts: () => database.prepare<[], HumanRatedText>(RATED_TEXTS).iterate(),
    judgedResponses: (runId) => database.prepare<[string], JudgedResponse>(JUDGED).iterate(runId),
    answerKeys: (runId) => answerKeys(database, runId),
  };
}

const SOURCES = `
SELECT source, count(*) AS ratings, sum(scale_min != 1 OR scale_max != 10) AS rescaled
FROM human_ratings GROUP BY source ORDER BY source`;

const RATED = `
SELECT a.key AS key, a.question_key AS questionKey, a.culture AS culture, a.category AS category,
  h.rater AS rater, avg(h.rating) AS rating
FROM human_answers a JOIN human_ratings h ON h.answer = a.id
GROUP BY a.id, h.rater ORDER BY a.key, h.rater`;

const RATED_TEXTS = `
SELECT a.key AS key, a.question AS question, a.answer AS answer, a.culture AS culture,
  a.category AS category, avg(h.rating) AS rating, count(*) AS raters
FROM human_answers a
JOIN (SELECT answer, avg(rating) AS rating FROM human_ratings GROUP BY answer, rater) h ON h.answer = a.id
GROUP BY a.id ORDER BY a.id`;

const JUDGED = `
SELECT rr.response AS response, rr.model AS model, rr.style AS style, rr.item AS item,
  rj.judge AS judge, avg(j.rating) AS rating
FROM run_responses rr
JOIN run_judgments rj ON rj.run_response = rr.id
JOIN judgments j ON j.id = rj.judgment
WHERE rr.run = ?
GROUP BY rr.id, rj.judge ORDER BY rr.id, rj.judge`;

const RUN_ITEMS = `
SELECT id, question FROM items
WHERE @run IS NULL OR id IN (SELECT item FROM run_responses WHERE run = @run)`;

const TEXTS = `
SELECT DISTINCT rr.item AS item, rr.response AS response, r.text AS text
FROM run_responses rr JOIN responses r ON r.id = rr.response
WHERE rr.item IN (SELECT value FROM json_each(@items)) AND r.text IS NOT NULL
  AND (@run IS NULL OR rr.run = @run)`;

interface RatedRow extends Omit<HumanRatedAnswer, 'ratings'> {
  readonly rater: string;
  readonly rating: number;
}

function ratedAnswers(database: Database.Database): HumanRatedAnswer[] {
  const answers: (Omit<HumanRatedAnswer, 'ratings'> & {
    ratings: { rater: string; rating: number }[];
  })[] = [];
  for (const { rater, rating, ...answer } of database.prepare<[], RatedRow>(RATED).iterate()) {
    const last = answers.at(-1);
    if (last?.key === answer.key) last.ratings.push({ rater, rating });
    else answers.push({ ...answer, ratings: [{ rater, rating }] });
  }
  return answers;
}

/** A stored answer with its name by content. */
export interface KeyedAnswer {
  readonly response: number;
  readonly questionKey: string;
  readonly key: string;
}

/**
 * Answers of a run, or of all runs, to questions whose key is wanted. Texts are compared as
 * `answerKey` does, which SQLite cannot, so they are read; those to other questions are not.
 */
export function* keyedAnswers(
  database: Database.Database,
  runId: string | null,
  wanted: ReadonlySet<string>,
): Generator<KeyedAnswer> {
  if (wanted.size === 0) return;
  const items = new Map<number, { question: string; questionKey: string }>();
  const rows = database.prepare<[{ run: string | null }], { id: number; question: string }>(
    RUN_ITEMS,
  );
  for (const { id, question } of rows.iterate({ run: runId })) {
    const key = questionKey(question);
    if (wanted.has(key)) items.set(id, { question, questionKey: key });
  }
  const texts = database.prepare<
    [{ run: string | null; items: string }],
    { item: number; response: number; text: string }
  >(TEXTS);
  const ids = JSON.stringify([...items.keys()]);
  for (const { item, response, text } of texts.iterate({ run: runId, items: ids })) {
    const found = items.get(item);
    if (!found) throw new Error(`no item ${item}`);
    yield { response, questionKey: found.questionKey, key: answerKey(found.question, text) };
  }
}

function answerKeys(database: Database.Database, runId: string): ReadonlyMap<number, string> {
  const questions = database
    .prepare<[], { key: string }>('SELECT DISTINCT question_key AS key FROM human_answers')
    .all();
  const wanted = new Set(questions.map(({ key }) => key));
  const keys = new Map<number, string>();
  for (const { response, key } of keyedAnswers(database, runId, wanted)) keys.set(response, key);
  return keys;
}
