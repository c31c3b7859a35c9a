import { chmodSync, cpSync, existsSync, linkSync, symlinkSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { mergeStores } from '../../../../src/adapters/sqlite/merge/merge-stores.ts';
import { migrations } from '../../../../src/adapters/sqlite/migrations.ts';
import { openRunStore } from '../../../../src/adapters/sqlite/write/run-store.ts';
import { type Call, contentOf, makeFolder, strayJudgments, writeStore } from './stores.ts';

let folder = makeFolder();
afterEach(() => {
  folder.remove();
  folder = makeFolder();
});

const done = (parts: Partial<Call> = {}): Call => ({
  ...{ status: 'completed', text: 'x', endedAt: 1, language: null },
  judgment: { status: 'rated', endedAt: 2 },
  ...parts,
});
const out = () => folder.path('out.sqlite');
const store = (name: string, calls: Record<string, Call | null>, more: object = {}) =>
  writeStore(folder.path(`${name}.sqlite`), { calls, ...more });
const run = (file: string) => mergeStores(file, []).runs[0];

const NONE = { taken: 0, present: 0, conflicts: 0, withdrawn: 0 };

test('two parts of a run become the whole, and a further merge finds everything there', async () => {
  const one = await store('1', { a: done(), b: null, c: null }, { shard: '1/2' });
  const two = await store('2', { a: null, b: done(), c: done() }, { shard: '2/2' });
  const merged = mergeStores(out(), [two, one]);
  expect(merged.sources).toMatchObject([
    { file: two, answers: { ...NONE, taken: 2 }, judgments: { ...NONE, taken: 2 } },
    { file: one, answers: { ...NONE, taken: 1 }, judgments: { ...NONE, taken: 1 } },
  ]);
  const whole = { run: 'small-00000001', planned: 3, rated: 3, open: 0, planIncomplete: false };
  expect(merged.runs).toEqual([whole]);
  expect(mergeStores(out(), [one]).sources).toMatchObject([
    { answers: { ...NONE, present: 1 }, judgments: { ...NONE, present: 1 } },
  ]);
});

test('the plan keeps its order, whichever part is named first', async () => {
  const one = await store('1', { a: done(), b: null, c: null });
  const two = await store('2', { a: null, b: done(), c: done() });
  mergeStores(out(), [two, one]);
  const archive = openRunStore(out());
  const units = archive.pendingUnits('small-00000001', {
    ...{ model: 0, after: -1, limit: 9 },
    retryMissing: true,
  });
  archive.close();
  expect(units).toEqual([]);
  const database = new Database(out());
  const names = database
    .prepare('SELECT i.name FROM run_responses rr JOIN items i ON i.id = rr.item ORDER BY rr.id')
    .pluck()
    .all();
  database.close();
  expect(names).toEqual(['a', 'b', 'c']);
});

describe('where both made a call', () => {
  test('the earlier answer is kept with its judgment; the other’s goes, and is counted and named', async () => {
    const early = await store('early', { a: done({ text: 'x', endedAt: 1 }), b: null, c: null });
    const late = await store('late', { a: done({ text: 'y', endedAt: 2 }), b: done(), c: null });
    const merged = mergeStores(out(), [early, late]);
    expect(merged.sources[1]).toMatchObject({
      answers: { taken: 1, present: 0, conflicts: 1, withdrawn: 0 },
      judgments: { taken: 1, present: 0, conflicts: 0, withdrawn: 1 },
    });
    expect(merged.conflicts).toEqual([
      {
        ...{ kind: 'answer', file: late, kept: false, run: 'small-00000001', model: 'A' },
        ...{ style: 'zero-shot', item: 'a', trial: 0, judge: null },
      },
    ]);
    expect([strayJudgments(out()), run(out())?.rated]).toEqual([[], 2]);
  });

  test('an answer that takes the place of one takes its judgment away, and that is open again', async () => {
    const late = await store('late', { a: done({ text: 'y', endedAt: 2 }), b: null, c: null });
    const early = await store('early', {
      a: done({ endedAt: 1, judgment: null }),
      b: null,
      c: null,
    });
    mergeStores(out(), [late]);
    const merged = mergeStores(out(), [early]);
    expect(merged.sources[0]).toMatchObject({
      answers: { conflicts: 1 },
      judgments: { ...NONE, withdrawn: 1 },
    });
    expect(merged.conflicts).toMatchObject([{ kept: true, file: early }]);
    // Answers b and c with their judgments, and the judgment of a.
    expect(merged.runs).toMatchObject([{ rated: 0, open: 5 }]);
    expect(contentOf(out())['responses']?.[0]).toContain('"x"');
  });

  test('words come before a failure, however early it was; that is no conflict', async () => {
    const failed = await store('failed', {
      a: done({ status: 'failed', endedAt: 1 }),
      b: null,
      c: null,
    });
    const answered = await store('answered', { a: done({ endedAt: 9 }), b: null, c: null });
    const merged = mergeStores(out(), [failed, answered]);
    expect(merged.conflicts).toEqual([]);
    expect(merged.sources).toMatchObject([{ answers: { taken: 1 } }, { answers: { taken: 1 } }]);
    expect(merged.runs).toMatchObject([{ rated: 1 }]);
  });

  test('two judgments of one answer: the earlier is kept, and named', async () => {
    const one = await store('one', { a: done(), b: null, c: null });
    const two = await store('two', {
      a: done({ judgment: { status: 'rated', endedAt: 3 } }),
      b: null,
      c: null,
    });
    expect(mergeStores(out(), [two, one]).conflicts).toMatchObject([
      { kind: 'judgment', item: 'a', judge: 'J' },
    ]);
    expect(contentOf(out())['judgments']).toEqual(contentOf(one)['judgments']);
  });
});

describe('refuses, and writes nothing', () => {
  test('a source that is the target, under any name', async () => {
    const one = await store('1', { a: done(), b: null, c: null });
    const before = contentOf(one);
    symlinkSync(one, folder.path('symbolic.sqlite'));
    linkSync(one, folder.path('hard.sqlite'));
    for (const name of [one, folder.path('symbolic.sqlite'), folder.path('hard.sqlite')])
      expect(() => mergeStores(one, [name])).toThrow('is the store to merge into');
    expect(contentOf(one)).toEqual(before);
  });

  test('a store of a newer program', async () => {
    const one = await store('1', { a: done(), b: null, c: null });
    const newer = await store('2', { a: done(), b: null, c: null });
    const database = new Database(newer);
    const next = (migrations.at(-1)?.version ?? 0) + 1;
    database.prepare("INSERT INTO migrations VALUES (?, 'next', 0)").run(next);
    database.close();
    expect(() => mergeStores(out(), [one, newer])).toThrow('was written by a newer care-judge');
    expect(existsSync(out())).toBe(false);
  });

  test('a store that is being written', async () => {
    const one = await store('1', { a: done(), b: null, c: null });
    const busy = openRunStore(folder.path('busy.sqlite'));
    expect(() => mergeStores(out(), [one, folder.path('busy.sqlite')])).toThrow(
      'another care-judge process is writing to this store',
    );
    busy.close();
    const target = openRunStore(out());
    expect(() => mergeStores(out(), [one])).toThrow('is writing to this store');
    target.close();
  });

  test('other ratings by one person, other plans, families and parsers: all are listed', async () => {
    const one = await store('1', { a: done(), b: null, c: null }, { ratings: [{ rating: 7 }] });
    const two = await store(
      '2',
      { a: done(), b: null, c: null },
      { ratings: [{ rating: 3 }], parserVersion: 1 },
    );
    expect(() => mergeStores(out(), [one, two])).toThrow(
      /read by verdict parser 2 in .*1\.sqlite and 1 in .*2\.sqlite[\s\S]*Ana gave 7 in .* and 3 in .*"an answer"/,
    );
    const plan = await store('3', { a: null }, { run: { planKey: 'plan-2' } });
    expect(() => mergeStores(out(), [one, plan])).toThrow('is a different plan');
    const jury = { name: 'all', judges: [0], aggregate: 'mean', excludeOwnFamily: false };
    const juries = await store('4', { a: null }, { run: { juries: [jury] } });
    expect(() => mergeStores(out(), [one, juries])).toThrow('other families or juries');
    expect(existsSync(out())).toBe(false);
  });
});

test('a part of a plan that was interrupted says so', async () => {
  const part = await store('1', { a: done() });
  expect(mergeStores(out(), [part]).runs).toMatchObject([{ open: 0, planIncomplete: true }]);
});

test('sources stay as they are; one that may not be written is read from a copy', async () => {
  const one = await store('1', { a: done(), b: null, c: null });
  const before = contentOf(one);
  linkSync(one, folder.path('same.sqlite'));
  chmodSync(one, 0o444);
  mergeStores(out(), [one, folder.path('same.sqlite')]);
  expect(contentOf(one)).toEqual(before);
  expect(contentOf(out())).toEqual(before);
});

test('a batch that went on in one store stands where it got to, whichever is merged first', async () => {
  const one = await store('1', { a: null, b: null, c: null });
  addBatch(one, ['prepared', 'uploading']);
  const two = await store('2', { a: null, b: null, c: null });
  addBatch(two, ['prepared', 'uploading', 'uploaded', 'submitted']);
  const states = [
    [one, two],
    [two, one],
  ].map((files, index) => {
    const file = folder.path(`batches-${index}.sqlite`);
    mergeStores(file, files);
    mergeStores(file, files);
    const database = new Database(file);
    const steps = database.prepare('SELECT state FROM batch_steps ORDER BY id').pluck().all();
    database.close();
    return steps;
  });
  const all = ['prepared', 'uploading', 'uploaded', 'submitted'];
  expect(states).toEqual([all, all]);
});

/** All steps but the first in one millisecond. */
function addBatch(file: string, states: readonly string[]): void {
  const database = new Database(file);
  database.exec(`INSERT INTO batches (id, run, endpoint, model, api, wave, transport, sha256, bytes,
    requests, prompt_tokens, completion_tokens, adaptations)
    SELECT 'batch-1', id, 'azure', 'm', 'chat', 'answers', 'api', 'sum', 1, 1, 1, 1, '[]' FROM runs`);
  const add = database.prepare(
    "INSERT INTO batch_steps (batch, state, at, facts) VALUES ('batch-1', ?, ?, '{}')",
  );
  for (const [index, state] of states.entries()) add.run(state, index === 0 ? 1 : 2);
  database.close();
}

test('every table of the store is merged or known to need no merge', async () => {
  const one = await store('1', { a: done({ language: 1 }), b: null, c: null }, { ratings: [{}] });
  cpSync(one, folder.path('copy.sqlite'));
  const database = new Database(one);
  const tables = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all();
  database.close();
  expect(tables.sort()).toEqual([...MERGED, 'migrations'].sort());
});

/** A table that a later version adds is merged on purpose: say here how, and in src/adapters/sqlite/merge. */
const MERGED = [
  ...['items', 'models', 'templates', 'runs', 'sessions', 'run_models', 'run_judges', 'run_styles'],
  ...['run_rubrics', 'run_rubric_translations', 'run_juries', 'run_responses', 'run_judgments'],
  ...[
    'run_scorers',
    'rule_judgments',
    'responses',
    'judgments',
    'probes',
    'rewrites',
    'audits',
    'answer_languages',
  ],
  ...['human_answers', 'human_ratings', 'batches', 'batch_calls', 'batch_steps', 'batch_results'],
];
