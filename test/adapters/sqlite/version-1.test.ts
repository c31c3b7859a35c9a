import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { initial } from '../../../src/adapters/sqlite/migrations/0001-initial.ts';
import { openRunArchive } from '../../../src/adapters/sqlite/read/run-archive.ts';
import { openVerdictArchive } from '../../../src/adapters/sqlite/read/verdict-archive.ts';
import { openRunStore } from '../../../src/adapters/sqlite/write/run-store.ts';
import { makeWorkplace, type Workplace } from '../../cli/workplace.ts';
import {
  definition,
  item,
  JUDGMENT_META,
  META,
  planned,
  RATED,
} from '../../contracts/small-plan.ts';

let here: Workplace;
beforeEach(() => {
  here = makeWorkplace();
});
afterEach(() => here.remove());

/** A store as version 1 of the schema left it: one run, one answer rated 8. */
function storeOfVersion1(): string {
  const file = here.path('old.sqlite');
  const database = new Database(file);
  database.pragma(`application_id = ${0x43_41_52_45}`);
  database.exec(`${initial}
    CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;
    INSERT INTO migrations VALUES (1, 'initial', 0);
    INSERT INTO items VALUES (1, 'key', 'q1', 'Q', 'R', 'Chinese', 'zh', 'Literacy', NULL, NULL, NULL);
    INSERT INTO models VALUES (1, 'model-a', 'A', NULL, 'm', 'chat', '{}'), (2, 'judge-j', 'J', NULL, 'j', 'chat', '{}');
    INSERT INTO runs VALUES ('old-1', 'old', 'plan-1', 1, '{}');
    INSERT INTO run_models VALUES ('old-1', 0, 1, NULL, NULL, NULL, NULL);
    INSERT INTO run_judges VALUES ('old-1', 0, 2);
    INSERT INTO run_styles VALUES ('old-1', 0, 'zero-shot', NULL, NULL);
    INSERT INTO responses (id, key, status, text) VALUES (1, 'r', 'completed', 'an answer');
    INSERT INTO judgments (id, key, status, rating, parse, conflicting, parser_version, text)
      VALUES (1, 'j', 'rated', 8, 'strict', 0, 1, 'Rating: [[8]]');
    INSERT INTO run_responses VALUES (1, 'old-1', 0, 0, 1, 0, 1);
    INSERT INTO run_judgments VALUES (1, 0, 0, 1);`);
  database.close();
  return file;
}

test('a store of version 1 is read: its verdicts are texts, its judges have no family, it has no jury', () => {
  const archive = openRunArchive(storeOfVersion1());
  const { models, judges, juries } = archive.loadRun('old-1').definition;
  expect(models).toMatchObject([{ key: 'model-a', family: null }]);
  expect(judges).toMatchObject([
    { key: 'judge-j', family: null, verdict: 'text', expectedRating: false },
  ]);
  expect(juries).toEqual([]);
  expect([...archive.ratings('old-1')]).toMatchObject([
    { item: 'q1', judge: 'J', rating: 8, expected_rating: null, expected_mass: null },
  ]);
  expect([...archive.questionScores('old-1')]).toMatchObject([{ rating: 8, planned: 1, rated: 1 }]);
  archive.close();
  const verdicts = openVerdictArchive(here.path('old.sqlite'));
  expect(verdicts.verdicts(null, 0, 10)).toMatchObject([{ text: 'Rating: [[8]]', format: 'text' }]);
  verdicts.close();
});

test('a store of version 1 takes a new run with expected ratings', async () => {
  const store = openRunStore(storeOfVersion1());
  const { id } = store.openRun(definition({ planKey: 'plan-2' }));
  store.addToPlan(id, [planned(item('a'))]);
  const [unit] = store.pendingUnits(id, { model: 0, after: -1, limit: 1, retryMissing: false });
  await store.saveResponse(
    unit?.responseId ?? 0,
    { status: 'completed', text: 'x', reasoning: null },
    META,
  );
  const expected = { value: 7.25, mass: 0.97, entropy: 0.5 };
  const meta = { ...JUDGMENT_META, verdictFormat: 'json' as const, expected };
  await store.saveJudgment(unit?.judgments[0]?.id ?? 0, RATED, meta);
  store.close();
  const archive = openRunArchive(here.path('old.sqlite'));
  expect([...archive.ratings(id)]).toMatchObject([
    { rating: 7.5, expected_rating: 7.25, expected_mass: 0.97, expected_entropy: 0.5 },
  ]);
  archive.close();
  const verdicts = openVerdictArchive(here.path('old.sqlite'));
  expect(verdicts.verdicts(id, 0, 10)).toMatchObject([{ format: 'json' }]);
  verdicts.close();
});

test('an expected rating goes when its verdict is read anew and the rating is another', async () => {
  const store = openRunStore(here.path('s.sqlite'));
  const { id } = store.openRun(definition());
  store.addToPlan(id, [planned(item('a')), planned(item('b'))]);
  const units = store.pendingUnits(id, { model: 0, after: -1, limit: 2, retryMissing: false });
  const expected = { value: 7.25, mass: 0.97, entropy: 0.5 };
  for (const { judgments } of units) {
    await store.saveJudgment(judgments[0]?.id ?? 0, RATED, { ...JUDGMENT_META, expected });
  }
  store.close();
  const verdicts = openVerdictArchive(here.path('s.sqlite'));
  const [first, second] = verdicts.verdicts(null, 0, 10);
  verdicts.saveVerdicts(
    [
      { id: first?.id ?? 0, judgment: RATED },
      { id: second?.id ?? 0, judgment: { ...RATED, rating: 3 } },
    ],
    2,
  );
  verdicts.close();
  const archive = openRunArchive(here.path('s.sqlite'));
  expect([...archive.ratings(id)]).toMatchObject([
    { rating: 7.5, expected_rating: 7.25, expected_mass: 0.97 },
    { rating: 3, expected_rating: null, expected_mass: null, expected_entropy: null },
  ]);
  archive.close();
});
