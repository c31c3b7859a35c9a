import type Database from 'better-sqlite3';
import { z } from 'zod';
import { itemSchema } from '../../../domain/item.ts';
import { jsonSchema } from '../../../domain/json.ts';
import { JUDGMENT_STATUSES } from '../../../domain/judgment.ts';
import { RESPONSE_STATUSES } from '../../../domain/model-response.ts';
import type {
  JudgedAnswer,
  JudgmentOutcome,
  JudgmentPlace,
  RatingTally,
} from '../../../ports/run-archive.ts';
import { ITEM_COLUMNS, type ItemColumns, itemFromColumns } from '../rows.ts';

const OUTCOME = `
SELECT rr.id AS response, rj.judge AS judge, rj.trial AS trial, rr.trial AS responseTrial, rr.model AS model, rr.style AS style,
  rr.item AS item, r.status AS responseStatus, j.status AS status, j.rating AS rating,
  j.parse AS parse, coalesce(j.conflicting, 0) AS conflicting`;

const FROM = `
FROM run_responses rr
JOIN responses r ON r.id = rr.response
JOIN run_judgments rj ON rj.run_response = rr.id
JOIN judgments j ON j.id = rj.judgment`;

const OUTCOMES = `${OUTCOME} ${FROM} WHERE rr.run = ? ORDER BY rr.id, rj.judge, rj.trial`;

const JUDGED_ANSWER = `${OUTCOME},
  r.text AS answer, r.detail AS answerDetail, j.text AS verdict, j.detail AS verdictDetail,
  ${ITEM_COLUMNS},
  al.detected AS detected
${FROM}
JOIN items i ON i.id = rr.item
LEFT JOIN answer_languages al ON al.response = rr.response AND al.language = i.language
WHERE rr.run = ? AND rr.id = ? AND rj.judge = ? AND rj.trial = ?`;

const RATING_TALLIES = `
SELECT rr.model AS model, rr.style AS style, rj.judge AS judge, i.culture AS culture,
  j.rating AS rating, count(*) AS count
FROM run_responses rr
JOIN items i ON i.id = rr.item
JOIN run_judgments rj ON rj.run_response = rr.id
JOIN judgments j ON j.id = rj.judgment
WHERE rr.run = ? AND j.rating IS NOT NULL
GROUP BY rr.model, rr.style, rj.judge, i.culture, j.rating
ORDER BY rr.model, rr.style, rj.judge, i.culture, j.rating`;

type OutcomeColumns = Omit<JudgmentOutcome, 'conflicting'> & { readonly conflicting: 0 | 1 };

/** The file may come from elsewhere: what a page shows of it is checked first. */
const judgedAnswerRow = z.object({
  response: z.int(),
  judge: z.int(),
  trial: z.int(),
  responseTrial: z.int(),
  model: z.int(),
  style: z.int(),
  item: z.int(),
  responseStatus: z.enum([...RESPONSE_STATUSES, 'pending']),
  status: z.enum([...JUDGMENT_STATUSES, 'pending']),
  rating: z.number().nullable(),
  parse: z.enum(['strict', 'lenient']).nullable(),
  conflicting: z.literal([0, 1]),
  answer: z.string().nullable(),
  verdict: z.string().nullable(),
  detected: z.string().nullable(),
});
const details = z.object({
  answerDetail: z.string().nullable(),
  verdictDetail: z.string().nullable(),
});

/** Reads how judgments ended: counts, a stream without texts, and single judgments with theirs. */
export function createOutcomeReader(database: Database.Database) {
  return {
    ratingTallies: (runId: string): RatingTally[] =>
      database.prepare<[string], RatingTally>(RATING_TALLIES).all(runId),
    outcomes: (runId: string): IterableIterator<JudgmentOutcome> => outcomes(database, runId),
    judgedAnswer: (runId: string, place: JudgmentPlace): JudgedAnswer =>
      judgedAnswer(database, runId, place),
  };
}

function* outcomes(database: Database.Database, runId: string): Generator<JudgmentOutcome> {
  const rows = database.prepare<[string], OutcomeColumns>(OUTCOMES).iterate(runId);
  for (const row of rows) yield { ...row, conflicting: row.conflicting === 1 };
}

function judgedAnswer(
  database: Database.Database,
  runId: string,
  { response, judge, trial }: JudgmentPlace,
): JudgedAnswer {
  const row = database
    .prepare<unknown[], ItemColumns>(JUDGED_ANSWER)
    .get(runId, response, judge, trial);
  if (!row) throw new Error(`run ${runId} has no judgment ${response}/${judge}/${trial}`);
  const { answer, verdict, conflicting, detected, ...outcome } = judgedAnswerRow.parse(row);
  const { answerDetail, verdictDetail } = details.parse(row);
  return {
    outcome: { ...outcome, conflicting: conflicting === 1 },
    responseTrial: outcome.responseTrial,
    item: itemSchema.parse(itemFromColumns(row)),
    answer,
    detected,
    answerDetail: parseDetail(answerDetail),
    verdict,
    verdictDetail: parseDetail(verdictDetail),
  };
}

function parseDetail(text: string | null) {
  return text === null ? null : jsonSchema.parse(JSON.parse(text));
}
