import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { asyncBufferFromFile, parquetMetadataAsync, parquetSchema } from 'hyparquet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorkplace, type Workplace } from '../cli/workplace.ts';
import { loadDuckDb } from '../support/duckdb.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CONFIG = `${ROOT}configs/demo.yaml`;
const chapter = readFileSync(`${ROOT}results/README.md`, 'utf8');
const duckDb = await loadDuckDb();

/** A block of SQL of the chapter. */
function sql(beginning: string): string {
  const block = chapter.split('```sql\n').find((text) => text.startsWith(beginning));
  if (block === undefined)
    throw new Error(`results/README.md has no SQL that begins with ${beginning}`);
  return block.split('```')[0] ?? '';
}

let here: Workplace;
let run = '';
beforeAll(async () => {
  here = makeWorkplace();
  // Two answers to a question and two judgments of an answer; a name that no path can have as it is.
  const config = readFileSync(CONFIG, 'utf8')
    .replace('name: demo', 'name: lake')
    .replace('name: Weak', 'name: "org/Weak: 弱 #1%"')
    .replaceAll(/(file: |: )(items\/|\.\.\/prompts)/g, `$1${ROOT}configs/$2`)
    .replace(/prompting: .*/, 'prompting: [zero-shot]')
    .concat('trials: { responses: 2, judgments: 2 }\nselect: { limit: 12, seed: 3 }\n');
  here.write('config.yaml', config);
  const made = await here.cli(['run', '@config.yaml', '--db', '@store.sqlite']);
  run = made.stdout.trim();
});
afterAll(() => here.remove());

const exportTo = (folder: string, ...flags: string[]) =>
  here.cli(['export', `@${folder}`, '--db', '@store.sqlite', ...flags]);

test('folders by run and model hold Parquet files of one schema, sorted, with statistics', async () => {
  const { code, stderr } = await exportTo('lake', '--partition', 'run,model');
  // 12 questions × 3 models × 2 answers × 2 judgments.
  expect([code, stderr]).toEqual([0, 'Wrote HERE/lake: 144 planned judgments in 3 files.\n']);
  const files = here.files().filter((name) => name.startsWith('lake/'));
  expect(files).toEqual(
    ['Middling', 'Strong', 'org%2FWeak%3A 弱 %231%25'].map(
      (name) => `lake/run=${run}/model=${name}/part-0.parquet`,
    ),
  );
  const all = await Promise.all(
    files.map(
      async (file) => await parquetMetadataAsync(await asyncBufferFromFile(here.path(file))),
    ),
  );
  const schemas = all.map((metadata) =>
    parquetSchema(metadata).children.map(
      ({ element }) => `${element.name} ${element.type} ${element.repetition_type}`,
    ),
  );
  expect(new Set(schemas.map((schema) => schema.join())).size).toBe(1);
  expect(schemas[0]).toContain('rating DOUBLE OPTIONAL');
  expect(schemas[0]).toContain('variant BYTE_ARRAY OPTIONAL');
  expect(schemas[0]?.some((column) => /^(?:run|model) /.test(column))).toBe(false);
  const statistics = all[0]?.row_groups[0]?.columns.find(
    ({ meta_data }) => meta_data?.path_in_schema[0] === 'culture',
  )?.meta_data?.statistics;
  expect([statistics?.min_value, statistics?.max_value]).toEqual(['Arab', 'Japanese']);
});

test('a run that is in the folder already is refused, and its files stay', async () => {
  await exportTo('twice', '--partition', 'run');
  const before = here.files();
  const again = await exportTo('twice', '--partition', 'run');
  expect([again.code, here.files()]).toEqual([2, before]);
  expect(again.stderr).toContain(`HERE/twice/run=${run} is there already`);
  expect((await exportTo('lake2', '--partition', 'run,colour')).stderr).toContain(
    'expected some of run',
  );
});

test.skipIf(duckDb === null)(
  'DuckDB reads the folders, and the chapter’s query gives the figures of summary.json',
  async () => {
    await exportTo('for-duckdb', '--partition', 'run,model');
    const { stdout } = await here.cli(['report', '--json', '--db', '@store.sqlite']);
    const estimates: Estimate[] = JSON.parse(stdout).estimates;
    const expected = estimates
      .filter(({ by }) => by.culture !== undefined && Object.keys(by).length === 1)
      .map(({ model, style, judge, by, estimate }) => ({
        ...{ run, model, style, judge, culture: by.culture },
        ...{ n: estimate.n, mean: estimate.value.toFixed(9) },
      }));
    const view = sql('-- DuckDB').replace('lake/', `${here.path('for-duckdb')}/`);
    const rows = await (duckDb ?? fail)(view, sql('WITH answers'));
    const found = rows.map(({ run: id, model, style, judge, culture, n, mean }) => ({
      ...{ run: id, model, style, judge, culture },
      ...{ n: Number(n), mean: Number(mean).toFixed(9) },
    }));
    const sorted = (list: readonly unknown[]) => list.map((row) => JSON.stringify(row)).sort();
    expect(expected).toHaveLength(9);
    expect(sorted(found)).toEqual(sorted(expected));
  },
);

interface Estimate {
  readonly model: string;
  readonly style: string;
  readonly judge: string;
  readonly by: { readonly culture?: string };
  readonly estimate: { readonly n: number; readonly value: number };
}

function fail(): never {
  throw new Error('skipped without DuckDB');
}
