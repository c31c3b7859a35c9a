import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeRows } from '../../src/adapters/files/write/write-rows.ts';
import { questionSetSchema } from '../../src/analyses/question-set/schema.ts';
import { jsonLines, makeWorkplace, QUESTIONS, type Workplace } from './workplace.ts';

let here: Workplace;
beforeAll(() => {
  here = makeWorkplace();
  const [zongzi, moon] = QUESTIONS;
  here.write('set.jsonl', jsonLines([zongzi, zongzi, moon, { ...moon, id: 'x', reference: ' ' }]));
});
afterAll(() => here.remove());

it('counts a question once however often its row is repeated, and lists rows without a reference', async () => {
  const { code, stdout } = await here.cli(['items', '@set.jsonl', '--json']);
  const set = questionSetSchema.parse(JSON.parse(stdout));
  expect([code, set.questions, set.repeatedRows]).toEqual([0, 2, 1]);
  expect(set.findings.map(({ kind, places }) => [kind, places[0]?.line])).toEqual([
    ['blank-reference', 4],
  ]);
});

it('finds an item that is in two files', async () => {
  here.write('other.jsonl', jsonLines([QUESTIONS[0]]));
  const { stdout } = await here.cli(['items', '@set.jsonl', '@other.jsonl', '--json']);
  const { questions, findings } = questionSetSchema.parse(JSON.parse(stdout));
  const twins = findings.filter(({ kind }) => kind === 'exact-duplicate');
  expect([questions, twins.length]).toEqual([2, 1]);
  expect(twins[0]?.places.map(({ file, line }) => `${file}:${line}`)).toEqual([
    'HERE/set.jsonl:1',
    'HERE/other.jsonl:1',
  ]);
});

it('takes a config’s files, columns and selection, and hashes them as a run does', async () => {
  here.write(
    'config.yaml',
    'version: 1\nname: x\nitems: [{ file: set.jsonl, skip: [blank-reference] }]\nselect: { category: [Literacy] }\nmodels: broken\n',
  );
  const { code, stdout } = await here.cli(['items', '@config.yaml', '--json']);
  const set = questionSetSchema.parse(JSON.parse(stdout));
  expect([code, set.questions, set.available]).toEqual([0, 1, 2]);
});

it('writes the page, Markdown, JSON and tables with every finding', async () => {
  const row = (id: number) => ({
    ...QUESTIONS[0],
    id: String(id),
    question: `${'纪'.repeat(id)}念？`,
  });
  const rows = Array.from({ length: 12 }, (_, at) => ({
    ...row(at + 1),
    reference: '是纪念\u200b',
  }));
  here.write('many.jsonl', jsonLines(rows));
  const { stdout, stderr } = await here.cli(['items', '@many.jsonl', '--out', '@out']);
  expect(stdout).toContain('12 texts with invisible characters');
  expect(stdout).toContain('And 2 more; --out and --json have all of them.');
  expect(stderr).toContain('Written: HERE/out/items.html');
  expect(here.files().filter((file) => file.startsWith('out/'))).toContain(
    'out/tables/culture-by-category.tex',
  );
  expect(here.read('out/items.md')).toContain('many.jsonl:12');
  expect(here.read('out/items.html')).toContain('12 texts with invisible characters');
  expect(here.read('out/tables/culture-by-category.csv')).toBe(
    'Culture,Social norms,Total\nChinese,12,12\n',
  );
});

it('names every input that cannot be read at once', async () => {
  here.write('broken.yaml', 'version: 1\nitems: 3\n');
  const inputs = ['@none.jsonl', '@missing.yaml', '@broken.yaml'];
  const { code, stdout, stderr } = await here.cli(['items', ...inputs]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('HERE/none.jsonl: there is no such file');
  expect(stderr).toContain('HERE/missing.yaml');
  expect(stderr).toContain('HERE/broken.yaml:2: items');
});

it('refuses a field that no item has', async () => {
  const { code, stderr } = await here.cli(['items', '@set.jsonl', '--fields', 'answer=x']);
  expect(code).toBe(2);
  expect(stderr).toContain('--fields: there is no field "answer"; fields are id, source');
});

it('looks for the questions in training data, Parquet included, and shows where', async () => {
  const [zongzi] = QUESTIONS;
  here.write('sft.jsonl', jsonLines([{ text: 'nothing' }, { text: `问：${zongzi?.question}` }]));
  await writeRows(
    here.path('sft.parquet'),
    [{ name: 'prompt', type: 'text' }],
    [{ prompt: 'Other' }, { prompt: zongzi?.question ?? '' }],
  );
  const { stdout } = await here.cli([
    'items',
    '@set.jsonl',
    '--against',
    '@sft.jsonl',
    '@sft.parquet',
  ]);
  expect(stdout).toContain('1 question in the training data, 0 more to review');
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'HERE/set.jsonl:1 (zongzi), question: the same at HERE/sft.parquet:2 (prompt) and in 1 other text: 端午节为什么要吃粽子?',
  );
});

it('names every fault of the training data and writes nothing', async () => {
  here.write('bad.jsonl', '{"text": "x"}\n{"text": \n');
  const argv = ['items', '@set.jsonl', '--out', '@none', '--against'];
  const broken = await here.cli([...argv, '@bad.jsonl', '@set.jsonl']);
  expect([broken.code, broken.stdout]).toEqual([2, '']);
  expect(broken.stderr).toContain('HERE/bad.jsonl:2: not valid JSON');
  const missing = await here.cli([...argv, '@bad.jsonl', '@gone-*.parquet']);
  expect(missing.stderr).toContain('HERE/gone-*.parquet: there is no such file');
  expect(here.files().filter((file) => file.startsWith('none/'))).toEqual([]);
});
