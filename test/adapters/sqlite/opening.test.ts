import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { migrations } from '../../../src/adapters/sqlite/migrations.ts';
import { openRunArchive } from '../../../src/adapters/sqlite/read/run-archive.ts';
import { openRunStore } from '../../../src/adapters/sqlite/write/run-store.ts';
import { OperatorError } from '../../../src/domain/errors.ts';
import { makeWorkplace, type Workplace } from '../../cli/workplace.ts';
import { definition, item, planned } from '../../contracts/small-plan.ts';

let here: Workplace;
beforeEach(() => {
  here = makeWorkplace();
});
afterEach(() => here.remove());

const opens = [
  ['write', openRunStore],
  ['read', openRunArchive],
] as const;

function refusal(open: (file: string) => unknown, name: string): string {
  try {
    open(here.path(name));
  } catch (error) {
    if (error instanceof OperatorError) return error.message.replaceAll(`${here.folder}/`, '');
    throw error;
  }
  throw new Error('was opened');
}

test('a new store has the schema of the golden file (mend with: vitest -u)', async () => {
  openRunStore(here.path('s.sqlite')).close();
  const database = new Database(here.path('s.sqlite'), { readonly: true });
  const statements = database
    .prepare<[], { sql: string }>(
      'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid',
    )
    .all();
  const pragmas = ['journal_mode', 'application_id'].map((name) =>
    database.pragma(name, { simple: true }),
  );
  database.close();
  const schema = statements.map(({ sql }) => `${sql};\n`).join('\n');
  await expect(schema).toMatchFileSnapshot('../../golden/sqlite/schema.sql');
  // "CARE" as a number: 0x43415245.
  expect(pragmas).toEqual(['wal', 1128354373]);
});

test('the views have the columns that are promised', () => {
  openRunStore(here.path('s.sqlite')).close();
  const database = new Database(here.path('s.sqlite'), { readonly: true });
  const columns = (view: string) =>
    database
      .prepare(`SELECT * FROM ${view}`)
      .columns()
      .map(({ name }) => name);
  expect(columns('ratings').join(' ')).toBe(
    'run model variant style item question culture language category scope association ' +
      'response_trial response_status answer_language detected_language judge judgment_trial judgment_status parse rating ' +
      'expected_rating expected_mass expected_entropy conflicting missing_cause',
  );
  expect(columns('coverage').join(' ')).toBe(
    'run model variant style culture category planned rated response_empty response_filtered ' +
      'response_failed judgment_unparsed judgment_out_of_range judgment_filtered judgment_failed ' +
      'not_called conflicting missing_causes',
  );
  database.close();
});

test('an empty file becomes a store, and a store that is there is opened as it is', () => {
  here.write('s.sqlite', '');
  for (const planned of [false, true]) {
    const store = openRunStore(here.path('s.sqlite'));
    const opened = store.openRun(definition());
    expect(opened.planned).toBe(planned);
    store.closePlan(opened.id);
    store.close();
  }
  expect(here.files()).toEqual(['s.sqlite']);
});

test.for(opens)('refuses a store of a newer program, to %s', ([, open]) => {
  openRunStore(here.path('s.sqlite')).close();
  const database = new Database(here.path('s.sqlite'));
  database.exec("INSERT INTO migrations VALUES (99, 'from the future', 0)");
  database.close();
  expect(refusal(open, 's.sqlite')).toBe(
    `s.sqlite: was written by a newer care-judge (store version 99, this program knows ${migrations.length}). Update care-judge, or name another store with --db.`,
  );
});

test.for(opens)('refuses a file that is no store and leaves it alone, to %s', ([, open]) => {
  here.write('notes.txt', 'some notes, longer than a header');
  here.write('short.txt', 'x');
  const other = new Database(here.path('other.sqlite'));
  other.exec('CREATE TABLE mine (x)');
  other.close();
  const notOurs = 'is not a care-judge store (no SQLite file). Name another with --db.';
  expect(refusal(open, 'notes.txt')).toBe(`notes.txt: ${notOurs}`);
  expect(refusal(open, 'short.txt')).toBe(`short.txt: ${notOurs}`);
  expect(refusal(open, 'other.sqlite')).toBe(
    'other.sqlite: is a SQLite file, but no care-judge store. Name another with --db.',
  );
  expect(refusal(open, '.')).toMatch(/: is not a file, so it cannot be a store\.$/);
  expect(here.read('notes.txt')).toBe('some notes, longer than a header');
  expect(here.files()).toEqual(['notes.txt', 'other.sqlite', 'short.txt']);
});

test('refuses a folder that cannot be made', () => {
  here.write('file', 'x');
  expect(refusal(openRunStore, 'file/s.sqlite')).toMatch(
    /^file\/s\.sqlite: its folder .* cannot be made \(E[A-Z]+\)\. Name another store with --db\.$/,
  );
});

test('a damaged store is called damaged', () => {
  const store = openRunStore(here.path('s.sqlite'));
  store.openRun(definition());
  store.close();
  const bytes = readFileSync(here.path('s.sqlite'));
  bytes.fill(0xff, 100, 4096);
  writeFileSync(here.path('s.sqlite'), bytes);
  expect(refusal(openRunStore, 's.sqlite')).toMatch(
    /^s\.sqlite: (?:is damaged|is not a care-judge)/,
  );
});

const HOLDER = `
import { openRunStore } from ${JSON.stringify(new URL('../../../src/adapters/sqlite/write/run-store.ts', import.meta.url).href)};
// Referred to by the timer: a store that nothing refers to is collected, and its lock with it.
const store = openRunStore(process.argv[1]);
console.log('open');
setInterval(() => store.countRun, 1000);
`;

test('a second writer is told at once, readers are not held up, and a killed writer’s lock is gone', async () => {
  const file = here.path('s.sqlite');
  const first = openRunStore(file);
  const { id } = first.openRun(definition());
  first.addToPlan(id, [planned(item('a'))]);
  first.close();
  const holder = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    holder.kill('SIGKILL');
  });
  await once(holder.stdout, 'data');
  expect(refusal(openRunStore, 's.sqlite')).toBe(
    's.sqlite: another care-judge process is writing to this store. Wait until it has finished, stop it, or name another store with --db.',
  );
  const archive = openRunArchive(file);
  expect(archive.listRuns()).toMatchObject([{ id, planned: 1, rated: 0, lastCallAt: null }]);
  archive.close();
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const again = openRunStore(file);
  expect(again.openRun(definition())).toEqual({ id, planned: false });
  again.close();
  expect(here.files()).toEqual(['s.sqlite']);
});

test('the lock passes from one writer to the next in one process too', () => {
  const file = here.path('s.sqlite');
  for (const _turn of [1, 2]) {
    const store = openRunStore(file);
    expect(() => openRunStore(file)).toThrow('another care-judge process');
    store.close();
  }
  expect(here.files()).toEqual(['s.sqlite']);
});

test('a store that is being written is refused under every name that leads to it', () => {
  symlinkSync(here.path('s.sqlite'), here.path('link.sqlite'));
  // The link is there before the store.
  const store = openRunStore(here.path('link.sqlite'));
  onTestFinished(() => store.close());
  expect(refusal(openRunStore, 's.sqlite')).toContain('another care-judge process');
  expect(refusal(openRunStore, 'link.sqlite')).toContain('another care-judge process');
});

test.each(opens)(
  'a store whose tables are views, or that has triggers, is refused: %s',
  (_, open) => {
    openRunStore(here.path('s.sqlite')).close();
    const database = new Database(here.path('s.sqlite'));
    database.exec('CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM runs; END');
    expect(refusal(open, 's.sqlite')).toContain('it has a trigger ("t")');
    database.exec('DROP TRIGGER t; ALTER TABLE probes RENAME TO other');
    database.exec('CREATE VIEW probes AS SELECT * FROM other');
    database.close();
    expect(refusal(open, 's.sqlite')).toContain('its table "probes" is a view');
  },
);

test('a text that would fill the memory is refused without being read', () => {
  openRunStore(here.path('s.sqlite')).close();
  const database = new Database(here.path('s.sqlite'));
  // 129 MiB of zeros, made by SQLite itself.
  database
    .prepare("INSERT INTO templates (fingerprint, source) VALUES ('f', CAST(zeroblob(?) AS TEXT))")
    .run(129 * 1024 * 1024);
  database.close();
  expect(refusal(openRunArchive, 's.sqlite')).toContain('holds a text of more than 128 MiB');
});
