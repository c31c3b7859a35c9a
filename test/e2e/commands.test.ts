import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { readRows } from '../../src/adapters/files/read/read-rows.ts';
import { jsonLines, QUESTIONS } from '../cli/workplace.ts';
import { lastLine, openScene, RUN, type Scene } from './scene.ts';

let scene: Scene | null = null;
afterEach(() => scene?.close());

async function open(options?: Parameters<typeof openScene>[0]): Promise<Scene> {
  scene = await openScene(options);
  return scene;
}

test('imported answers are judged and their model is not asked', async () => {
  const { here, seen, config } = await open();
  here.write('config.yaml', config());
  here.write(
    'answers.jsonl',
    jsonLines([
      { item: 'zongzi', response: '为了纪念屈原。' },
      { question: QUESTIONS[1]?.question, response: '李白。' },
      { item: 'zongzi', response: 'more than there are trials' },
    ]),
  );
  const imported = await here.cli([
    'import',
    '@config.yaml',
    '@answers.jsonl',
    '--model',
    'A',
    '--db',
    '@store.sqlite',
    '--json',
  ]);
  expect(imported.code).toBe(0);
  expect(JSON.parse(imported.stdout)).toEqual({
    version: 1,
    run: expect.stringMatching(/^main-job-[0-9a-f]{8}$/),
    ...{ imported: 2, unused: 1, open: 0 },
  });
  expect(imported.stderr).toMatch(/^2 answers imported into run main-job-[0-9a-f]{8}\.\n1 row not/);
  const ran = await here.cli(RUN);
  expect(ran.code).toBe(0);
  expect(seen.map(({ role }) => role)).toEqual(['judge', 'judge']);
  expect(seen.some(({ body }) => body.messages[0]?.content.includes('为了纪念屈原。'))).toBe(true);
});

test.each([
  ['model', ['--model', 'B'], '--model: the config has no B; it has: A'],
  [
    'style',
    ['--model', 'A', '--style', 'role-play'],
    '--style: the config has no style "role-play"; it has: zero-shot',
  ],
])('refuses to import for a %s that the config lacks', async (_what, flags, message) => {
  const { here, config } = await open();
  here.write('config.yaml', config());
  here.write('answers.jsonl', jsonLines([{ item: 'zongzi', response: 'x' }]));
  const args = ['import', '@config.yaml', '@answers.jsonl', '--db', '@store.sqlite', ...flags];
  expect(await here.cli(args)).toEqual({ code: 2, stdout: '', stderr: `care-judge: ${message}\n` });
  expect(here.files()).toEqual(['answers.jsonl', 'config.yaml', 'items.jsonl']);
});

test('refuses rows to import that are no answers, with their lines', async () => {
  const { here, config } = await open();
  here.write('config.yaml', config());
  here.write('answers.jsonl', jsonLines([{ item: 'zongzi' }, { response: 'x' }]));
  const args = [
    'import',
    '@config.yaml',
    '@answers.jsonl',
    '--db',
    '@store.sqlite',
    '--model',
    'A',
  ];
  const { code, stderr } = await here.cli(args);
  expect(code).toBe(2);
  expect(stderr).toBe(
    'care-judge: HERE/answers.jsonl:1: response: expected the answer as text under `response`; the record has the columns `item`; map columns with `responses: { file: …, fields: { response: COLUMN, question: COLUMN } }`\n' +
      'HERE/answers.jsonl:2: item: expected the item’s id under `item`, or its text under `question`; the record has the columns `response`; map columns with `responses: { file: …, fields: { response: COLUMN, question: COLUMN } }`\n',
  );
});

test('exports JSONL, CSV and Parquet with the rows and columns of the view', async () => {
  const { here, config } = await open();
  here.write('config.yaml', config({ more: 'trials: { responses: 2 }' }));
  await here.cli(RUN);
  const database = new Database(here.path('store.sqlite'), { readonly: true });
  const view = database.prepare<[], Record<string, unknown>>('SELECT * FROM ratings').all();
  database.close();
  expect(view).toHaveLength(4);
  const exported = async (name: string) => {
    const { code, stderr } = await here.cli(['export', `@${name}`, '--db', '@store.sqlite']);
    expect([code, stderr]).toEqual([0, `Written: HERE/${name}, 4 planned judgments.\n`]);
    const rows: unknown[] = [];
    for await (const { fields } of readRows(here.path(name))) rows.push(fields);
    return rows;
  };
  expect(await exported('a.jsonl')).toEqual(view);
  expect(await exported('a.parquet')).toEqual(view);
  const text = (row: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).map(([key, cell]) => [key, String(cell ?? '')]));
  expect(await exported('a.csv')).toEqual(view.map(text));
});

test('refuses to export to an unknown format, and a run that is not there', async () => {
  const { here, config } = await open();
  here.write('config.yaml', config());
  const ran = await here.cli(RUN);
  expect(await here.cli(['export', '@a.xlsx', '--db', '@store.sqlite'])).toMatchObject({
    code: 2,
    stderr:
      'care-judge: cannot write HERE/a.xlsx: the name must end in one of .jsonl, .csv, .parquet\n',
  });
  for (const command of [
    ['export', '@a.csv', '--run', 'nope'],
    ['export', '@a.csv', '--run', 'nope', '--disagreements'],
    ['report', 'nope'],
    ['rejudge', 'nope', '--reparse'],
  ]) {
    const { code, stdout, stderr } = await here.cli([...command, '--db', '@store.sqlite']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('care-judge: HERE/store.sqlite: has no run "nope"');
    expect(stderr).toContain(ran.stdout.trim());
  }
  expect(here.files()).toEqual(['config.yaml', 'items.jsonl', 'store.sqlite']);
});

test('a report and an export take the beginning of a run’s id', async () => {
  const { here, config } = await open();
  here.write('config.yaml', config());
  const id = (await here.cli(RUN)).stdout.trim();
  const beginning = id.slice(0, -4);
  const report = await here.cli(['report', beginning, '--db', '@store.sqlite', '--json']);
  expect(JSON.parse(report.stdout)).toMatchObject({ run: { id } });
  await here.cli(['export', '@a.jsonl', '--db', '@store.sqlite', '--run', beginning]);
  expect(here.read('a.jsonl')).toContain(id);
});

test.each([['report'], ['rejudge', '--reparse'], ['export', '@a.csv']])(
  '%s makes no store where there is none',
  async (...command) => {
    const { here } = await open();
    const ran = await here.cli([...command, '--db', '@none.sqlite']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toBe(
      'care-judge: HERE/none.sqlite: no such store. Make one with `care-judge run CONFIG --db HERE/none.sqlite`.\n',
    );
    expect(here.files()).toEqual(['items.jsonl']);
  },
);

test('reading verdicts again changes nothing, but repairs a row that says other than its text', async () => {
  const { here, seen, config, ratings } = await open();
  here.write('config.yaml', config());
  const run = (await here.cli(RUN)).stdout.trim();
  const before = await ratings(run);
  const rejudge = ['rejudge', '--reparse', '--db', '@store.sqlite'];
  expect(await here.cli(rejudge)).toEqual({
    code: 0,
    stdout: '',
    stderr: '2 verdicts read again, 0 changed.\n',
  });
  expect(await ratings(run)).toEqual(before);
  const database = new Database(here.path('store.sqlite'));
  database
    .prepare("UPDATE judgments SET status = 'unparsed', rating = NULL, parse = NULL WHERE id = 1")
    .run();
  database.close();
  expect(await here.cli([...rejudge, '--json'])).toMatchObject({ code: 0, stderr: '' });
  expect(await ratings(run)).toEqual(before);
  expect(seen).toHaveLength(4);
});

test('a wrong key is told once, and nothing is stored as failed', async () => {
  const { here, seen, config } = await open({ apiKey: 'right' });
  here.write('config.yaml', config({ key: 'wrong-secret' }));
  const ran = await here.cli(RUN);
  expect(ran.code).toBe(3);
  expect(ran.stderr.match(/is not asked any more/g)).toHaveLength(1);
  expect(ran.stderr).toContain('Endpoint "models" is not asked any more');
  expect(ran.stderr).not.toContain('wrong-secret');
  expect(seen.length).toBeLessThanOrEqual(2);
  here.write('config.yaml', config({ key: 'right' }));
  const again = await here.cli(RUN);
  expect(again).toMatchObject({ code: 0, stdout: `${lastLine(ran.stdout)}\n` });
});

test('an unknown model is told once, and the others go on', async () => {
  const { here, config } = await open({ models: ['served', 'simulated-judge'] });
  const models =
    '[{ name: A, endpoint: models, model: served }, { name: B, endpoint: models, model: missing }]';
  here.write('config.yaml', config({ models }));
  const ran = await here.cli(RUN);
  expect(ran.code).toBe(3);
  expect(ran.stderr.match(/is not asked any more/g)).toHaveLength(1);
  expect(ran.stderr).toContain('Model "missing" at endpoint "models" is not asked any more');
  expect(ran.stderr).toContain('2 ratings, 2 missing (50.0 %).');
});

test('--ping finds an endpoint that is down, a wrong key and an unknown model', async () => {
  const { here, simulator, config } = await open({
    models: ['served', 'simulated-judge'],
    apiKey: 'right',
  });
  const ping = ['validate', '@config.yaml', '--ping'];
  const models = '[{ name: A, endpoint: models, model: served }]';
  here.write('config.yaml', config({ models, key: 'right' }));
  expect(await here.cli(ping)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('endpoint models: ok, serves served'),
  });
  here.write('config.yaml', config({ key: 'right' }));
  expect(await here.cli(ping)).toMatchObject({
    code: 2,
    stdout: expect.stringContaining(
      'endpoint models: PROBLEM, does not serve simulated-80; it serves served, simulated-judge',
    ),
  });
  here.write('config.yaml', config({ models, key: 'wrong-secret' }));
  const wrong = await here.cli(ping);
  expect(wrong.code).toBe(2);
  expect(wrong.stdout).toMatch(/endpoint models: PROBLEM, .*key/i);
  expect(wrong.stdout).not.toContain('wrong-secret');
  await simulator.close();
  const down = await here.cli(ping);
  expect(down.code).toBe(2);
  expect(down.stdout).toMatch(/endpoint models: PROBLEM, .*refused/i);
  expect(here.files()).toEqual(['config.yaml', 'items.jsonl']);
});
