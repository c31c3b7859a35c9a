import type Database from 'better-sqlite3';
import { z } from 'zod';
import { LANGUAGE_VERDICTS } from '../../../domain/answer-language.ts';
import { answerKey } from '../../../domain/human-rating.ts';
import { itemSchema } from '../../../domain/item.ts';
import { jsonSchema } from '../../../domain/json.ts';
import type {
  AnswerBeginning,
  AnswerReader,
  AnswerRow,
  JudgmentRow,
  PersonRating,
  QuestionTexts,
  SearchedText,
  StoredAnswer,
  StoredCall,
  StoredJudgment,
} from '../../../ports/answer-reader.ts';
import { exactWords } from '../exact-text.ts';
import { ITEM_COLUMNS, type ItemColumns, itemFromColumns } from '../rows.ts';

// `+rr.run` keeps to the order of the plan: the rows of a run stand together, so hardly any is read in vain.
const ANSWERS = `
SELECT rr.id AS id, rr.model AS model, rr.style AS style, rr.item AS item, rr.trial AS trial,
  r.id AS response, r.status AS status, r.suspect AS suspect, length(r.text) AS characters, al.verdict AS language
FROM run_responses rr
JOIN responses r ON r.id = rr.response
JOIN items i ON i.id = rr.item
LEFT JOIN answer_languages al ON al.response = rr.response AND al.language = i.language
WHERE rr.id > @after AND +rr.run = @run ORDER BY rr.id LIMIT @limit`;

const JUDGMENTS = `
SELECT rr.id AS answer, rj.judge AS judge, j.status AS status, j.rating AS rating,
  coalesce(j.conflicting, 0) OR coalesce(json_extract(j.detail, '$.cause') = 'conflicting', 0) AS conflicting
FROM run_responses rr
CROSS JOIN run_judgments rj ON rj.run_response = rr.id
CROSS JOIN judgments j ON j.id = rj.judgment
WHERE rr.id BETWEEN @first AND @last AND +rr.run = @run
ORDER BY rr.id, rj.judge, rj.trial`;

const ANSWER_TEXTS = `
SELECT rr.id AS answer, r.text AS text
FROM run_responses rr CROSS JOIN responses r ON r.id = rr.response
WHERE rr.id BETWEEN @first AND @last AND +rr.run = @run AND r.text IS NOT NULL`;

const VERDICT_TEXTS = `
SELECT rr.id AS answer, j.text AS text
FROM run_responses rr
CROSS JOIN run_judgments rj ON rj.run_response = rr.id
CROSS JOIN judgments j ON j.id = rj.judgment
WHERE rr.id BETWEEN @first AND @last AND +rr.run = @run AND j.text IS NOT NULL`;

const QUESTIONS = `
SELECT id AS position, question, reference FROM items
WHERE id IN (SELECT item FROM run_responses WHERE run = ?) ORDER BY id`;

const BEGINNINGS = `
SELECT rr.id AS id, substr(i.question, 1, @characters) AS question, i.language AS language,
  substr(r.text, 1, @characters) AS answer, al.detected AS detected
FROM json_each(@ids) ids
CROSS JOIN run_responses rr ON rr.id = ids.value
JOIN items i ON i.id = rr.item
JOIN responses r ON r.id = rr.response
LEFT JOIN answer_languages al ON al.response = rr.response AND al.language = i.language
ORDER BY ids.key`;

const CALL = (table: 'r' | 'j') => `
  ${table}.status AS status, ${table}.text AS text, ${table}.reasoning AS reasoning, ${table}.exact AS exact,
  ${table}.detail AS detail, ${table}.served_model AS servedModel, ${table}.system_fingerprint AS systemFingerprint,
  ${table}.finish_reason AS finishReason, ${table}.prompt_tokens AS promptTokens,
  ${table}.completion_tokens AS completionTokens, ${table}.cached_tokens AS cachedTokens,
  ${table}.reasoning_tokens AS reasoningTokens, ${table}.estimated_prompt_tokens AS estimatedPromptTokens,
  ${table}.estimated_completion_tokens AS estimatedCompletionTokens, ${table}.attempts AS attempts,
  ${table}.latency_ms AS latencyMs, ${table}.ended_at AS endedAt, ${table}.notes AS notes`;

const ANSWER = `
SELECT rr.id AS id, rr.model AS model, rr.style AS style, rr.trial AS trial, r.suspect AS suspect,
  ${ITEM_COLUMNS},
  al.verdict AS verdict, al.detected AS detected, ${CALL('r')}
FROM run_responses rr
JOIN items i ON i.id = rr.item
JOIN responses r ON r.id = rr.response
LEFT JOIN answer_languages al ON al.response = rr.response AND al.language = i.language
WHERE rr.run = ? AND rr.id = ?`;

const JUDGMENTS_OF = `
SELECT rj.judge AS judge, rj.trial AS trial, j.rating AS rating, j.parse AS parse,
  coalesce(j.conflicting, 0) AS conflicting, j.expected_rating AS expectedRating, ${CALL('j')}
FROM run_judgments rj JOIN judgments j ON j.id = rj.judgment
WHERE rj.run_response = ? ORDER BY rj.judge, rj.trial`;

const PERSON_RATINGS = `
SELECT h.rater AS rater, h.occasion AS occasion, h.rating AS rating, h.note AS note,
  h.source AS source, h.rated_at AS ratedAt
FROM human_answers a JOIN human_ratings h ON h.answer = a.id
WHERE a.key = ? ORDER BY h.rater, h.occasion`;

const OPEN_SESSIONS = 'SELECT count(*) AS open FROM sessions WHERE run = ? AND ended_at IS NULL';

const jsonText = z.string().transform((text): unknown => JSON.parse(text));
/** The file may come from elsewhere: what a page shows of it is checked first. */
const callRow = z.object({
  status: z.string(),
  text: z.string().nullable(),
  reasoning: z.string().nullable(),
  exact: z.string().nullable(),
  detail: jsonText.pipe(jsonSchema).nullable(),
  servedModel: z.string().nullable(),
  systemFingerprint: z.string().nullable(),
  finishReason: z.string().nullable(),
  promptTokens: z.int().nullable(),
  completionTokens: z.int().nullable(),
  cachedTokens: z.int().nullable(),
  reasoningTokens: z.int().nullable(),
  estimatedPromptTokens: z.int().nullable(),
  estimatedCompletionTokens: z.int().nullable(),
  attempts: z.int().nullable(),
  latencyMs: z.number().nullable(),
  endedAt: z.int().nullable(),
  notes: jsonText.pipe(z.array(z.string())).nullable(),
});
const placeRow = z.object({
  id: z.int(),
  model: z.int(),
  style: z.int(),
  trial: z.int(),
  suspect: z.literal([0, 1]),
  verdict: z.enum(LANGUAGE_VERDICTS).nullable(),
  detected: z.string().nullable(),
});
const judgmentRow = z.object({
  judge: z.int(),
  trial: z.int(),
  rating: z.number().nullable(),
  parse: z.string().nullable(),
  conflicting: z.literal([0, 1]),
  expectedRating: z.number().nullable(),
});

/** Reads the answers of an opened store. */
export function createAnswerReader(database: Database.Database): AnswerReader {
  // Prepared when asked: most commands that open a store read no answer one by one.
  const all = <Row>(sql: string, parameters: unknown): Row[] =>
    database.prepare<unknown[], Row>(sql).all(parameters);
  return {
    version: () => z.int().parse(database.pragma('data_version', { simple: true })),
    answers: (run, page) => all<AnswerRow>(ANSWERS, { run, ...page }),
    judgments: (run, span) => all<JudgmentRow>(JUDGMENTS, { run, ...span }),
    answerTexts: (run, span) => all<SearchedText>(ANSWER_TEXTS, { run, ...span }),
    verdictTexts: (run, span) => all<SearchedText>(VERDICT_TEXTS, { run, ...span }),
    questions: (run) => all<QuestionTexts>(QUESTIONS, run),
    beginnings: (ids, characters) =>
      all<AnswerBeginning>(BEGINNINGS, { ids: JSON.stringify(ids), characters }),
    answer: (run, id) => readAnswer(database, run, id),
    ratingsOf: (question, answer) => all<PersonRating>(PERSON_RATINGS, answerKey(question, answer)),
    openSessions: (run) =>
      database.prepare<[string], { open: number }>(OPEN_SESSIONS).get(run)?.open ?? 0,
  };
}

function readAnswer(database: Database.Database, run: string, id: number): StoredAnswer | null {
  const row = database.prepare<unknown[], ItemColumns>(ANSWER).get(run, id);
  if (row === undefined) return null;
  const { suspect, verdict, ...place } = placeRow.parse(row);
  return {
    ...place,
    item: itemSchema.parse(itemFromColumns(row)),
    suspect: suspect === 1,
    language: verdict,
    response: callFrom(row),
    judgments: database.prepare(JUDGMENTS_OF).all(id).map(judgmentFrom),
  };
}

function judgmentFrom(row: unknown): StoredJudgment {
  const { conflicting, ...judgment } = judgmentRow.parse(row);
  return { ...judgment, conflicting: conflicting === 1, ...callFrom(row) };
}

function callFrom(row: unknown): StoredCall {
  const { status, detail, exact, text, reasoning, notes, ...call } = callRow.parse(row);
  return {
    status,
    ...exactWords({ exact, text, reasoning }),
    detail,
    call: { ...call, notes: notes ?? [] },
  };
}
