import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { mergeStores } from '../../src/adapters/sqlite/merge/merge-stores.ts';
import { prepareBatches } from './batch-rehearsal.ts';

function contents(file: string): readonly unknown[][] {
  const database = new Database(file, { readonly: true });
  const tables = [
    'SELECT * FROM batches ORDER BY id',
    'SELECT * FROM batch_calls ORDER BY batch, custom_id',
    'SELECT * FROM batch_results ORDER BY batch, custom_id',
    'SELECT batch, state, at, facts FROM batch_steps ORDER BY batch, id',
  ].map((sql) => database.prepare<[], unknown>(sql).all());
  database.close();
  return tables;
}

test('a store copied while batches were under way merges with the one that collected them, either way round', async () => {
  const here = await prepareBatches({ questions: 6 });
  onTestFinished(() => here.close());
  await here.step();
  const early = join(here.folder, 'early.sqlite');
  cpSync(here.db, early);
  await here.run();
  const [one, two] = ['one', 'two'].map((name) => join(here.folder, `${name}.sqlite`));
  if (one === undefined || two === undefined) throw new Error('two names');
  mergeStores(one, [early, here.db]);
  mergeStores(two, [here.db]);
  mergeStores(two, [early]);
  expect(contents(one)).toEqual(contents(here.db));
  expect(contents(two)).toEqual(contents(here.db));
  // What was under way in the copy is known to be over: nothing goes out again.
  const before = here.simulator.counts.batchLines;
  expect(await here.run({ db: one })).toMatchObject({ missing: 0, waiting: [], calls: 0 });
  expect(here.simulator.counts.batchLines).toBe(before);
});
