import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openHumanRatingStore } from '../../../../src/adapters/sqlite/write/human-rating-store.ts';
import { openRunStore } from '../../../../src/adapters/sqlite/write/run-store.ts';
import type { HumanRating } from '../../../../src/domain/human-rating.ts';
import type { RunDefinition } from '../../../../src/domain/run-definition.ts';
import {
  definition,
  ERROR,
  item,
  JUDGMENT_META,
  META,
  planned,
  RATED,
} from '../../../contracts/small-plan.ts';

/** What a store holds of one question: an answer, and what its judge said. */
export interface Call {
  readonly status: 'completed' | 'empty' | 'failed';
  readonly text: string;
  readonly endedAt: number;
  /** null: not judged yet. */
  readonly judgment: { readonly status: 'rated' | 'failed'; readonly endedAt: number } | null;
  /** Version of the method that said in which language it is; null: not looked at. */
  readonly language: number | null;
}

export interface StoreContent {
  /** By question: its call; null where it was not made; left out where it is not planned. */
  readonly calls: Readonly<Record<string, Call | null>>;
  /** Name of the question `a` in this store. */
  readonly itemName?: string;
  readonly startedAt?: number;
  readonly shard?: string;
  readonly ratings?: readonly Partial<HumanRating>[];
  readonly parserVersion?: number;
  readonly run?: Partial<RunDefinition>;
}

export const QUESTIONS = ['a', 'b', 'c'];

/** A folder for stores that is gone afterwards. */
export function makeFolder(): { readonly path: (name: string) => string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'care-judge-merge-'));
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Judgments say which answer they read, so that a test can see whether they stand by another one. */
function verdictText({ text, endedAt }: Call): string {
  return `of ${text} at ${endedAt}`;
}

export async function writeStore(file: string, content: StoreContent): Promise<string> {
  const { calls, itemName = 'a', startedAt = 1, shard, run, parserVersion = 2 } = content;
  const store = openRunStore(file);
  const { id } = store.openRun(definition(run));
  // The key of an item does not hold its name.
  const named = (name: string) => (name === 'a' ? item('a', { id: itemName }) : item(name));
  store.addToPlan(
    id,
    Object.keys(calls).map((name) => ({ ...planned(item(name)), item: { ...named(name) } })),
  );
  if (QUESTIONS.every((name) => name in calls)) store.closePlan(id);
  const session = store.beginSession(id, { startedAt, ...(shard && { shard }) });
  for (const unit of store.pendingUnits(id, {
    model: 0,
    after: -1,
    limit: 9,
    retryMissing: false,
  })) {
    const call = calls[unit.key.slice('r-0-'.length)];
    if (!call) continue;
    await saveCall(store, { unit, call, parserVersion });
  }
  store.endSession(session, {
    endedAt: startedAt + 1,
    outcome: 'finished',
    calls: 1,
    limits: [],
    spending: [],
  });
  store.close();
  if (content.ratings) writeRatings(file, content.ratings);
  return file;
}

type Store = ReturnType<typeof openRunStore>;
type Unit = ReturnType<Store['pendingUnits']>[number];

async function saveCall(
  store: Store,
  {
    unit,
    call,
    parserVersion,
  }: { readonly unit: Unit; readonly call: Call; readonly parserVersion: number },
): Promise<void> {
  const { status, text, endedAt, judgment, language } = call;
  const meta = { ...META, endedAt };
  if (status === 'completed')
    await store.saveResponse(unit.responseId, { status, text, reasoning: null }, meta);
  else if (status === 'empty')
    await store.saveResponse(unit.responseId, { status, reasoning: text, cause: 'no-text' }, meta);
  else await store.saveResponse(unit.responseId, { status, error: ERROR }, meta);
  if (status !== 'completed') return;
  if (language !== null)
    store.saveAnswerLanguages(
      [{ response: unit.responseId, language: 'zh', verdict: 'as-asked', detected: text }],
      language,
    );
  const [pending] = unit.judgments;
  if (judgment === null || pending === undefined) return;
  const verdict =
    judgment.status === 'rated'
      ? { ...RATED, text: verdictText(call) }
      : ({ status: 'failed', error: ERROR } as const);
  const judged = { ...JUDGMENT_META, endedAt: judgment.endedAt, parserVersion };
  await store.saveJudgment(pending.id, verdict, judged);
}

function writeRatings(file: string, ratings: readonly Partial<HumanRating>[]): void {
  const store = openHumanRatingStore(file);
  store.save(
    ratings.map((rating) => ({
      question: 'q',
      answer: 'an answer',
      culture: null,
      category: null,
      rater: 'Ana',
      occasion: 0,
      rating: 7,
      given: 7,
      scale: { min: 1, max: 10 },
      source: 'ratings.csv',
      ...rating,
    })),
  );
  store.close();
}

/** All that a store says, by natural keys and sorted: ids and the order of rows are left aside. */
const CONTENT: Readonly<Record<string, string>> = {
  items: 'SELECT key, name, question, reference FROM items',
  models: 'SELECT key, name, variant, model, api, decoding FROM models',
  templates: 'SELECT * FROM templates',
  runs: 'SELECT * FROM runs',
  run_models:
    'SELECT r.run, r.position, m.key, r.size FROM run_models r JOIN models m ON m.id = r.model',
  run_judges: 'SELECT r.run, r.position, m.key FROM run_judges r JOIN models m ON m.id = r.model',
  run_styles: 'SELECT * FROM run_styles',
  run_rubrics: 'SELECT * FROM run_rubrics',
  run_rubric_translations: 'SELECT * FROM run_rubric_translations',
  sessions: 'SELECT run, provenance, ended_at, outcome, calls, limits, spending FROM sessions',
  responses:
    'SELECT key, status, text, reasoning, exact, detail, attempts, latency_ms, ended_at FROM responses',
  judgments:
    'SELECT key, status, rating, text, detail, parser_version, asks, ended_at, latency_ms FROM judgments',
  plan: `SELECT rr.run, rr.model, rr.style, i.key, rr.trial, r.key FROM run_responses rr
    JOIN items i ON i.id = rr.item JOIN responses r ON r.id = rr.response`,
  judging: `SELECT rr.run, r.key, rj.judge, rj.trial, j.key FROM run_judgments rj
    JOIN run_responses rr ON rr.id = rj.run_response JOIN responses r ON r.id = rr.response
    JOIN judgments j ON j.id = rj.judgment`,
  languages: `SELECT r.key, a.language, a.verdict, a.detected, a.method_version FROM answer_languages a
    JOIN responses r ON r.id = a.response`,
  answers: 'SELECT key, question, answer, culture, category FROM human_answers',
  ratings: `SELECT a.key, r.rater, r.occasion, r.rating, r.given, r.scale_min, r.scale_max, r.source
    FROM human_ratings r JOIN human_answers a ON a.id = r.answer`,
};

export function contentOf(file: string): Record<string, string[]> {
  const database = new Database(file, { readonly: true });
  try {
    return Object.fromEntries(
      Object.entries(CONTENT).map(([name, sql]) => [
        name,
        database
          .prepare(sql)
          .raw()
          .all()
          .map((row) => JSON.stringify(row))
          .sort(),
      ]),
    );
  } finally {
    database.close();
  }
}

/** Judgments whose text names another answer than the one in the store: there must never be any. */
export function strayJudgments(file: string): unknown[] {
  const database = new Database(file, { readonly: true });
  try {
    return database
      .prepare(
        `SELECT r.key, r.text, r.ended_at, j.text FROM run_judgments rj
         JOIN run_responses rr ON rr.id = rj.run_response JOIN responses r ON r.id = rr.response
         JOIN judgments j ON j.id = rj.judgment
         WHERE j.status = 'rated' AND j.text IS NOT 'of ' || r.text || ' at ' || r.ended_at`,
      )
      .all();
  } finally {
    database.close();
  }
}
