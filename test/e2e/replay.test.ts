import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { lastLine, openScene, RUN, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Runs the scene's config into store.sqlite and gives the run's id. */
async function record(parts: Parameters<Scene['config']>[0] = {}): Promise<string> {
  const { here } = scene;
  here.write('config.yaml', scene.config(parts));
  const { code, stdout, stderr } = await here.cli(RUN);
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** The same plan behind other hosts, whose names and keys come from variables that are not set. */
function elsewhere(): string {
  const unset = (name: string) => `"$\{${name}}"`;
  return scene
    .config()
    .replace(`"${scene.simulator.url}/v1"`, '"https://other.example/v1"')
    .replace(`"${scene.simulator.url}"`, unset('AZURE_OPENAI_ENDPOINT'))
    .replace('apiKey: ""', `apiKey: ${unset('VLLM_API_KEY')}`)
    .replace('apiKey: "k"', `apiKey: ${unset('AZURE_OPENAI_API_KEY')}`);
}

const REPLAY = ['run', '@elsewhere.yaml', '--db', '@new.sqlite', '--replay', '@store.sqlite'];

test('a replay gives the same tables byte for byte, without a call, a key or the same hosts', async () => {
  const { here, seen } = scene;
  const run = await record();
  const calls = seen.length;
  here.write('elsewhere.yaml', elsewhere());
  expect(elsewhere().match(/\$\{/g)).toHaveLength(3);
  const replayed = await here.cli(REPLAY);
  expect(replayed).toMatchObject({ code: 0, stdout: `${run}\n` });
  expect(seen.length).toBe(calls);
  const sum = sha256(here.path('store.sqlite'));
  expect(replayed.stderr).toContain(
    `Replayed from store.sqlite (SHA-256 ${sum}): 2 answers and 2 ratings taken over, nothing called.`,
  );
  expect(replayed.stderr).toContain('model A: recorded 2 calls');
  for (const db of ['store', 'new']) {
    const report = ['report', '--db', `@${db}.sqlite`, '--omit-sessions', '--out', `@${db}`];
    await here.cli(report);
  }
  const made = here.files().filter((name) => name.startsWith('store/'));
  expect(made.length).toBeGreaterThan(10);
  for (const name of made) {
    // The configs name other hosts, and reports show configs.
    if (/report\.html|summary\.json/.test(name)) continue;
    expect(here.read(name.replace('store/', 'new/')), name).toBe(here.read(name));
  }
}, 60_000);

test('a replay touches neither the recording nor its folder', async () => {
  const { here } = scene;
  await record();
  mkdirSync(here.path('medium'));
  copyFileSync(here.path('store.sqlite'), here.path('medium/store.sqlite'));
  const sum = sha256(here.path('medium/store.sqlite'));
  chmodSync(here.path('medium/store.sqlite'), 0o444);
  chmodSync(here.path('medium'), 0o555);
  const argv = ['run', '@config.yaml', '--db', '@new.sqlite', '--replay', '@medium/store.sqlite'];
  const { code, stderr } = await here.cli(argv);
  expect(stderr).toContain('none missing');
  expect(code).toBe(0);
  expect(readdirSync(here.path('medium'))).toEqual(['store.sqlite']);
  expect(sha256(here.path('medium/store.sqlite'))).toBe(sum);
  chmodSync(here.path('medium'), 0o755);
});

test('calls that only the log beside a recording holds are found', async () => {
  const { here } = scene;
  await record();
  const database = openDatabase(here.path('store.sqlite'), 'write');
  // An open reader keeps the log from being worked in.
  const reader = new Database(here.path('store.sqlite'), { readonly: true });
  reader.exec('BEGIN; SELECT count(*) FROM responses');
  database.exec("UPDATE responses SET served_model = 'only in the log'");
  mkdirSync(here.path('copy'));
  for (const ending of ['', '-wal'])
    copyFileSync(here.path(`store.sqlite${ending}`), here.path(`copy/store.sqlite${ending}`));
  reader.close();
  database.close();
  const argv = ['run', '@config.yaml', '--db', '@new.sqlite', '--replay', '@copy/store.sqlite'];
  expect((await here.cli(argv)).code).toBe(0);
  const replayed = new Database(here.path('new.sqlite'), { readonly: true });
  const served = replayed.prepare('SELECT DISTINCT served_model FROM responses').pluck().all();
  const sessions = replayed.prepare('SELECT provenance FROM sessions').pluck().all();
  replayed.close();
  expect(served).toEqual(['only in the log']);
  expect(sessions).toHaveLength(1);
  expect(JSON.parse(String(sessions[0])).replay).toEqual({
    file: 'store.sqlite',
    sha256: sha256(here.path('copy/store.sqlite')),
    walSha256: sha256(here.path('copy/store.sqlite-wal')),
    runs: [expect.stringMatching(/^main-job-/)],
    rehearsal: false,
  });
});

test('calls that a recording lacks are counted by model and judge, and their questions named', async () => {
  const { here, seen } = scene;
  await record();
  const before = seen.length;
  const two =
    '[{ name: A, endpoint: models, model: simulated-80 }, { name: B, endpoint: models, model: simulated-40 }]';
  here.write('config.yaml', scene.config({ models: two }));
  const argv = ['run', '@config.yaml', '--db', '@new.sqlite', '--replay', '@store.sqlite'];
  const { code, stderr } = await here.cli(argv);
  expect(code).toBe(3);
  expect(seen.length).toBe(before);
  expect(stderr).toContain('The recording lacks 4 calls of this config:');
  expect(stderr).toContain('  model B: 2, for 2 questions: zongzi, moon');
  expect(stderr).toContain('  judge J: 2, for 2 questions: zongzi, moon');
  expect(stderr).toContain('Have the endpoints make what it lacks with: care-judge run ');
  const json = await here.cli([...argv, '--json']);
  expect(JSON.parse(json.stdout).replay).toMatchObject({
    responses: 0,
    lacking: [
      { role: 'model', label: 'B', calls: 2, questions: 2, items: ['zongzi', 'moon'] },
      { role: 'judge', label: 'J', calls: 2, questions: 2, items: ['zongzi', 'moon'] },
    ],
  });
});

test('a rating is never put on an answer that it was not given to', async () => {
  const { here } = scene;
  await record();
  copyFileSync(here.path('store.sqlite'), here.path('own.sqlite'));
  const own = openDatabase(here.path('own.sqlite'), 'write');
  own.exec(`UPDATE responses SET text = text || ' (another draw)';
    UPDATE judgments SET status = 'pending', rating = NULL, parse = NULL`);
  own.close();
  const argv = ['run', '@config.yaml', '--db', '@own.sqlite', '--replay', '@store.sqlite'];
  const { code, stderr } = await here.cli(argv);
  expect(code).toBe(3);
  expect(stderr).toContain('This store had 2 answers already whose words are not the recording’s');
  expect(stderr).toContain('0 ratings, 2 missing');
});

test('a rehearsal is replayed with --rehearse, and says so without', async () => {
  const { here } = scene;
  here.write('config.yaml', scene.config());
  await here.cli([...RUN, '--rehearse']);
  const argv = [
    'run',
    '@config.yaml',
    '--db',
    '@new.sqlite',
    '--replay',
    '@store-rehearsal.sqlite',
  ];
  const without = await here.cli(argv);
  expect(without.code).toBe(3);
  expect(without.stderr).toContain('It holds a rehearsal: add --rehearse to replay that.');
  const { code, stdout } = await here.cli([...argv, '--rehearse']);
  expect(code).toBe(0);
  const report = ['report', lastLine(stdout), '--db', '@new-rehearsal.sqlite', '--out', '@out'];
  await here.cli(report);
  expect(here.read('out/report.html')).toContain('This is a rehearsal');
  expect(here.read('out/report.html')).toMatch(/<strong>Replayed<\/strong> from the recording/);
}, 60_000);

test('what is no recording is refused before anything is written', async () => {
  const { here } = scene;
  here.write('config.yaml', scene.config());
  here.write('notes.sqlite', 'no database at all');
  here.write('empty.sqlite', '');
  for (const [name, why] of [
    ['absent.sqlite', 'HERE/absent.sqlite: there is no such recording.'],
    [
      'notes.sqlite',
      'HERE/notes.sqlite: is not a care-judge store (no SQLite file). Name another with --replay.',
    ],
    ['empty.sqlite', 'HERE/empty.sqlite: is empty, so it is no recording.'],
  ]) {
    const { code, stderr } = await here.cli([...RUN, '--replay', `@${name}`]);
    expect(code, name).toBe(2);
    expect(stderr).toContain(why);
  }
  expect(here.files()).not.toContain('store.sqlite');
  const both = await here.cli([...RUN, '--replay', '@notes.sqlite', '--retry-missing']);
  expect(both).toMatchObject({ code: 2 });
});

test('one run is published as a store of its own, without a log, with the same report', async () => {
  const { here } = scene;
  const first = await record();
  const other = scene.config({ models: '[{ name: B, endpoint: models, model: simulated-40 }]' });
  here.write('config.yaml', other);
  await here.cli(RUN);
  const argv = ['export', '@published.sqlite', '--db', '@store.sqlite', '--run', first];
  expect(await here.cli(argv)).toMatchObject({ code: 0 });
  expect(here.files().filter((name) => name.startsWith('published'))).toEqual(['published.sqlite']);
  const published = new Database(here.path('published.sqlite'), { readonly: true });
  const count = (table: string) => published.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect(
    ['runs', 'items', 'models', 'responses', 'judgments', 'sessions'].map(count),
    // One run of two questions, one model and one judge.
  ).toEqual([1, 2, 2, 2, 2, 1]);
  expect(published.pragma('foreign_key_check')).toEqual([]);
  expect(published.pragma('journal_mode', { simple: true })).toBe('delete');
  published.close();
  const summaries = await Promise.all(
    ['store', 'published'].map((db) =>
      here.cli(['report', first, '--db', `@${db}.sqlite`, '--json']),
    ),
  );
  expect(summaries[1]?.stdout).toBe(summaries[0]?.stdout);
});

test('every table of a store is either published or left out on purpose', () => {
  const database = openDatabase(':memory:', 'write');
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  database.close();
  expect(new Set(tables)).toEqual(
    new Set([
      ...['items', 'models', 'templates', 'runs', 'sessions', 'run_models', 'run_judges'],
      ...['run_styles', 'run_rubrics', 'responses', 'judgments', 'run_responses', 'run_judgments'],
      ...['run_juries', 'answer_languages', 'probes', 'audits', 'run_scorers', 'rule_judgments'],
      'run_rubric_translations',
      // Made by opening the new store; holds no run's content.
      'migrations',
      // Left out: raters' names, and texts that no figure is made of.
      ...['human_answers', 'human_ratings', 'rewrites'],
      // Left out: how calls travelled, which ends with the run.
      ...['batches', 'batch_calls', 'batch_steps', 'batch_results'],
    ]),
  );
});
