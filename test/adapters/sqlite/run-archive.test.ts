import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRunArchive } from '../../../src/adapters/sqlite/read/run-archive.ts';
import { openRunStore } from '../../../src/adapters/sqlite/write/run-store.ts';
import type { Judgment } from '../../../src/domain/judgment.ts';
import type { ModelResponse } from '../../../src/domain/model-response.ts';
import type { PlannedItem, RunStore } from '../../../src/ports/run-store.ts';
import {
  definition,
  ERROR,
  item,
  JUDGMENT_META,
  META,
  planned,
  RATED,
} from '../../contracts/small-plan.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'care-judge-archive-'));
  file = join(folder, 's.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

const COMPLETED: ModelResponse = { status: 'completed', text: 'x', reasoning: null };
const TRUNCATED: ModelResponse = { ...COMPLETED, status: 'truncated' };
const UNREAD = { text: 'hm', reasoning: null };
const FILTER = { stage: 'prompt' as const, categories: ['hate'] };

/** One planned judgment of each kind: what was answered, and what was judged. */
const OUTCOMES: readonly [string, ModelResponse | null, Judgment | null][] = [
  ['rated', COMPLETED, RATED],
  ['cut', TRUNCATED, { ...RATED, rating: 3, parse: 'lenient' }],
  ['unparsed', COMPLETED, { status: 'unparsed', cause: 'no-rating', ...UNREAD }],
  ['out', COMPLETED, { status: 'out-of-range', value: 11, ...UNREAD }],
  ['judge-filtered', COMPLETED, { status: 'filtered', filter: FILTER }],
  ['judge-failed', COMPLETED, { status: 'failed', error: ERROR }],
  ['unjudged', COMPLETED, null],
  ['empty', { status: 'empty', reasoning: null, cause: 'no-text' }, null],
  ['filtered', { status: 'filtered', text: null, filter: FILTER }, null],
  ['failed', { status: 'failed', error: ERROR }, null],
  ['unasked', null, null],
];

async function fill(store: RunStore, run: string): Promise<void> {
  const query = { after: -1, limit: 100, retryMissing: false };
  for (const unit of [0, 1].flatMap((model) => store.pendingUnits(run, { ...query, model }))) {
    const [, response, judgment] = OUTCOMES.find(([id]) => id === unit.item.id) ?? ['', null, null];
    if (response) await store.saveResponse(unit.responseId, response, META);
    const [first] = unit.judgments;
    if (judgment && first) await store.saveJudgment(first.id, judgment, JUDGMENT_META);
  }
}

async function storeOutcomes(): Promise<string> {
  const store = openRunStore(file);
  const { id } = store.openRun(definition());
  store.addToPlan(
    id,
    OUTCOMES.map(([name]) => planned(item(name, { scope: 'Nationwide' }))),
  );
  await fill(store, id);
  store.close();
  return id;
}

function rowsOf(sql: string): unknown[] {
  const database = new Database(file, { readonly: true });
  const rows = database.prepare(sql).all();
  database.close();
  return rows;
}

test('the view `ratings` has a row for every planned judgment, NULL where nothing was rated', async () => {
  await storeOutcomes();
  const database = new Database(file, { readonly: true });
  const select = 'SELECT item, response_status, judgment_status, parse, rating FROM ratings';
  const rows = database.prepare(select).raw().all();
  database.close();
  expect(rows).toEqual([
    ['rated', 'completed', 'rated', 'strict', 7.5],
    ['cut', 'truncated', 'rated', 'lenient', 3],
    ['unparsed', 'completed', 'unparsed', null, null],
    ['out', 'completed', 'out-of-range', null, null],
    ['judge-filtered', 'completed', 'filtered', null, null],
    ['judge-failed', 'completed', 'failed', null, null],
    ['unjudged', 'completed', 'pending', null, null],
    ['empty', 'empty', 'pending', null, null],
    ['filtered', 'filtered', 'pending', null, null],
    ['failed', 'failed', 'pending', null, null],
    ['unasked', 'pending', 'pending', null, null],
  ]);
  expect(rowsOf('SELECT * FROM ratings LIMIT 1')).toEqual([
    {
      run: 'small-00000001',
      model: 'A',
      variant: null,
      style: 'zero-shot',
      item: 'rated',
      question: ' rated？ "<&',
      culture: 'Chinese',
      language: 'zh',
      category: 'Literacy',
      scope: 'Nationwide',
      association: null,
      response_trial: 0,
      response_status: 'completed',
      answer_language: null,
      detected_language: null,
      judge: 'J',
      judgment_trial: 0,
      judgment_status: 'rated',
      parse: 'strict',
      rating: 7.5,
      expected_rating: null,
      expected_mass: null,
      expected_entropy: null,
      conflicting: 0,
      missing_cause: null,
    },
  ]);
});

const MISSING = {
  response_empty: 1,
  response_filtered: 1,
  response_failed: 1,
  judgment_unparsed: 1,
  judgment_out_of_range: 1,
  judgment_filtered: 1,
  judgment_failed: 1,
  // 'unjudged' and 'unasked'.
  not_called: 2,
};

test('the view `coverage` counts every planned judgment once: rated, or under a reason', async () => {
  await storeOutcomes();
  expect(rowsOf('SELECT * FROM coverage')).toMatchObject([
    {
      run: 'small-00000001',
      model: 'A',
      variant: null,
      style: 'zero-shot',
      culture: 'Chinese',
      category: 'Literacy',
      planned: 11,
      rated: 2,
      ...MISSING,
      conflicting: 0,
      missing_causes: expect.stringContaining('"judge: '),
    },
  ]);
  const sum = Object.values(MISSING).reduce((total, count) => total + count, 0);
  expect(2 + sum).toBe(11);
});

test('the archive’s coverage agrees with the view, and counts rated answers that were cut', async () => {
  const run = await storeOutcomes();
  const archive = openRunArchive(file);
  expect(archive.coverage(run)).toMatchObject([
    { model: 0, style: 0, judge: 0, planned: 11, rated: 2, truncated: 1, missing: MISSING },
  ]);
  archive.close();
});

test('lists runs as they were made, with what is rated and when the last call ended', async () => {
  const store = openRunStore(file);
  const first = store.openRun(definition()).id;
  store.addToPlan(first, [planned(item('rated')), planned(item('unjudged'))]);
  await fill(store, first);
  const second = store.openRun(definition({ id: 'a-second', planKey: 'plan-2' })).id;
  store.addToPlan(second, [planned(item('unjudged'))]);
  store.openRun(definition({ id: 'a-third', planKey: 'plan-3' }));
  store.close();
  const archive = openRunArchive(file);
  expect(archive.listRuns()).toEqual([
    { id: first, name: 'small', planned: 2, rated: 1, lastCallAt: JUDGMENT_META.endedAt },
    { id: second, name: 'small', planned: 1, rated: 0, lastCallAt: META.endedAt },
    { id: 'a-third', name: 'small', planned: 0, rated: 0, lastCallAt: null },
  ]);
  archive.close();
});

test('streams the ratings of all runs, run by run as they were made, model by model', async () => {
  const store = openRunStore(file);
  const late = store.openRun(definition({ id: 'z-run' })).id;
  const early = store.openRun(definition({ id: 'a-run', planKey: 'plan-2' })).id;
  const items = ['p', 'q'].map((name) => planned(item(name), [0, 1]));
  store.addToPlan(early, items);
  store.addToPlan(late, items);
  store.close();
  const archive = openRunArchive(file);
  const rows = [...archive.ratings(null)].map(({ run, model, item: name }) => [run, model, name]);
  expect(rows).toEqual(
    ['z-run', 'a-run'].flatMap((run) =>
      ['A', 'B'].flatMap((model) => [
        [run, model, 'p'],
        [run, model, 'q'],
      ]),
    ),
  );
  expect([...archive.ratings('a-run')]).toHaveLength(4);
  archive.close();
});

/** Ratings of one question by response trial, then judgment trial; null: unparsed. */
async function storeTrials(best: number | null, ratings: readonly (readonly (number | null)[])[]) {
  const store = openRunStore(file);
  const base = definition();
  const models = base.models.map((model) => ({ ...model, best }));
  const { id } = store.openRun({ ...base, models });
  const plannedItem: PlannedItem = {
    item: item('one'),
    responses: ratings.map((trial, index) => ({
      ...{ model: 0, style: 0, trial: index, key: `r${index}` },
      recorded: { response: COMPLETED, meta: META },
      judgments: trial.map((_, again) => ({ judge: 0, trial: again, key: `j${index}-${again}` })),
      scorers: [],
    })),
  };
  store.addToPlan(id, [plannedItem]);
  const query = { model: 0, after: -1, limit: 100, retryMissing: false };
  for (const { trial, judgments } of store.pendingUnits(id, query)) {
    for (const judgment of judgments) {
      const rating = ratings[trial]?.[judgment.trial] ?? null;
      const unparsed: Judgment = { status: 'unparsed', cause: 'no-rating', ...UNREAD };
      await store.saveJudgment(
        judgment.id,
        rating === null ? unparsed : { ...RATED, rating },
        JUDGMENT_META,
      );
    }
  }
  store.close();
  const archive = openRunArchive(file);
  const scores = [...archive.questionScores(id)];
  archive.close();
  return scores.map(({ rating, planned: all, rated }) => ({ rating, planned: all, rated }));
}

test('a question’s rating is the mean over answers of the mean over judgments', async () => {
  // Answers: (2 + 4) / 2 = 3, and 9 alone; (3 + 9) / 2 = 6, where pooling would give 5.
  expect(
    await storeTrials(null, [
      [2, 4],
      [9, null],
    ]),
  ).toEqual([{ rating: 6, planned: 4, rated: 3 }]);
});

test('of recorded answers the best rated one counts, and one without a rating is missing', async () => {
  expect(await storeTrials(3, [[2], [8], [null]])).toEqual([{ rating: 8, planned: 3, rated: 2 }]);
});

test('a question without any rating has none, and is not 0', async () => {
  expect(await storeTrials(null, [[null], [null]])).toEqual([
    { rating: null, planned: 2, rated: 0 },
  ]);
});

const CHANGE = { atMs: 900, limit: 11, cause: 'rate-limit' } as const;
const LIMITS = [{ endpoint: 'gpu', ceiling: 64, changes: [CHANGE] }];
const TOKENS = { calls: 2, promptTokens: 30, completionTokens: 4, uncounted: 0, usd: null };
const SPENDING = [{ role: 'model', position: 0, fresh: TOKENS, stored: TOKENS }] as const;

test('gives a run’s definition, sessions and served models back', async () => {
  const store = openRunStore(file);
  const run = store.openRun(definition()).id;
  store.addToPlan(run, [planned(item('rated'))]);
  const session = store.beginSession(run, { node: 'v24' });
  await fill(store, run);
  store.endSession(session, {
    endedAt: 5,
    outcome: 'finished',
    calls: 2,
    limits: LIMITS,
    spending: SPENDING,
  });
  store.close();
  const archive = openRunArchive(file);
  const stored = archive.loadRun(run);
  expect(stored.definition).toEqual(definition());
  const ended = { endedAt: 5, outcome: 'finished', calls: 2 };
  expect(stored.sessions).toEqual([
    { provenance: { node: 'v24' }, ...ended, limits: LIMITS, spending: SPENDING },
  ]);
  const served = { servedModel: 'served', systemFingerprint: null, calls: 1 };
  expect(stored.served).toEqual([
    { role: 'model', label: 'A', ...served },
    { role: 'judge', label: 'J', ...served },
  ]);
  expect([...archive.itemLabels(run)]).toMatchObject([{ id: 'rated', culture: 'Chinese' }]);
  archive.close();
});
