import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeRows } from '../../src/adapters/files/write/write-rows.ts';
import { type FileServer, sendFile, serve } from '../adapters/fetch/file-server.ts';
import { zipOf } from '../prepare/zip.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

let here: Workplace;
const servers: FileServer[] = [];
beforeEach(() => {
  here = makeWorkplace();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  here.remove();
});

const COMMIT = 'c'.repeat(40);
const CARD = Buffer.from('---\nlicense: apache-2.0\n---\n');

/** A hub that has one dataset, every revision of it the same commit. */
async function hub(dataset: string, files: Readonly<Record<string, Buffer>>): Promise<FileServer> {
  const all: Readonly<Record<string, Buffer>> = { 'README.md': CARD, ...files };
  const server = await serve((request, response) => {
    const url = request.url ?? '';
    const path = decodeURIComponent(url.replace(`/datasets/${dataset}/resolve/${COMMIT}/`, ''));
    const content = all[path];
    if (url.startsWith(`/api/datasets/${dataset}/revision/`))
      response.end(JSON.stringify({ sha: COMMIT }));
    else if (url === `/api/datasets/${dataset}/tree/${COMMIT}?recursive=true`)
      response.end(JSON.stringify(Object.entries(all).map(entry)));
    else if (content === undefined) response.writeHead(404).end();
    else sendFile(content, request, response);
  });
  servers.push(server);
  return server;
}

function entry([path, content]: readonly [string, Buffer]) {
  const oid = createHash('sha256').update(content).digest('hex');
  return { type: 'file', path, oid: 'b', size: content.length, lfs: { oid, size: content.length } };
}

async function parquet(row: Readonly<Record<string, string>>): Promise<Buffer> {
  const file = here.path('made.parquet');
  const columns = Object.keys(row).map((name) => ({ name, type: 'text' as const }));
  await writeRows(file, columns, [row]);
  return readFileSync(file);
}

const OPTIONS = { option_a: '1', option_b: '2', option_c: '3', option_d: '4' };
const INCLUDE = {
  question: 'q',
  subject: 's',
  regional_feature: 'culture',
  ...OPTIONS,
  answer: '2',
};

test('brings the languages of the paper, card and licence, and records commit and sums', async () => {
  const rows = await parquet(INCLUDE);
  const languages = ['Arabic', 'Chinese', 'Japanese', 'Korean'];
  const { url, seen } = await hub(
    'CohereLabs/include-base-44',
    Object.fromEntries(languages.map((name) => [`${name}/test-00000-of-00001.parquet`, rows])),
  );
  const args = ['fetch', 'include', '--mirror', url, '--out', '@include'];
  const fetched = await here.cli(args);
  expect(fetched).toMatchObject({ code: 0 });
  expect(fetched.stdout).toContain(`CohereLabs/include-base-44 at ${COMMIT}; licence: Apache-2.0.`);
  expect(fetched.stdout).toContain('configs/sources/include.yaml');
  expect(here.files().filter((name) => name.startsWith('include'))).toEqual([
    'include/Arabic/test-00000-of-00001.parquet',
    'include/Chinese/test-00000-of-00001.parquet',
    'include/Japanese/test-00000-of-00001.parquet',
    'include/LICENSE.txt',
    'include/README.md',
    'include/source.json',
  ]);
  expect(here.read('include/LICENSE.txt')).toContain('Licence: Apache-2.0');
  const source = JSON.parse(here.read('include/source.json'));
  expect(source).toMatchObject({ commit: COMMIT, parts: ['Arabic', 'Chinese', 'Japanese'] });
  expect(source.sums['Arabic/test-00000-of-00001.parquet']).toEqual({
    algorithm: 'sha256',
    hex: createHash('sha256').update(rows).digest('hex'),
  });
  expect(seen[0]?.url).toMatch(/revision\/main$/);

  // The second time keeps to the commit of the first, and a flag has the last word.
  const before = seen.length;
  expect((await here.cli([...args, '--parts', 'Korean'])).stderr).toContain('Korean/test');
  expect(seen[before]?.url).toMatch(new RegExp(`revision/${COMMIT}$`));
  const named = seen.length;
  await here.cli([...args, '--revision', 'refs/pr/1']);
  expect(seen[named]?.url).toMatch(/revision\/refs%2Fpr%2F1$/);
});

test('names a part that the set does not have, and columns of another set', async () => {
  const { url } = await hub('CohereLabs/include-base-44', {
    'Arabic/test-00000-of-00001.parquet': await parquet(INCLUDE),
    'Klingon/test-00000-of-00001.parquet': await parquet({ question: 'q', target: 'x' }),
  });
  const absent = await here.cli([
    ...['fetch', 'include', '--mirror', url, '--out', '@a', '--parts', 'Arabic,Arab'],
  ]);
  expect(absent).toMatchObject({ code: 2, stdout: '' });
  expect(absent.stderr).toContain('there are no files for Arab; --parts takes names');
  const other = await here.cli([
    ...['fetch', 'include', '--mirror', url, '--out', '@b', '--parts', 'Klingon'],
  ]);
  expect(other).toMatchObject({ code: 2, stdout: '' });
  expect(other.stderr).toMatch(
    /expected question, .*; or question, .*choices.*; found question, target/,
  );
  expect(existsSync(here.path('b/source.json'))).toBe(false);
  const whole = await here.cli(['fetch', 'culturalbench', '--parts', 'ar', '--out', '@c']);
  expect(whole.stderr).toContain('culturalbench has no parts');
  expect((await here.cli(['fetch', 'care', '--parts', 'ar'])).stderr).toContain(
    '--parts goes with',
  );
});

test('unpacks CMMLU and puts the subject, which is in file names alone, into each row', async () => {
  const table = (question: string) =>
    `,Question,A,B,C,D,Answer\n0,${question},甲,乙,丙,"丁,戊",B\n`;
  const files = [
    { name: 'test/agronomy.csv', text: table('问一') },
    { name: 'test/anatomy.csv', text: table('问二') },
    { name: 'dev/agronomy.csv', text: table('例') },
  ];
  const { url, seen } = await hub('haonan-li/cmmlu', {
    'cmmlu_v1_0_1.zip': zipOf(files, 'deflate'),
    'cmmlu.py': Buffer.from('code'),
  });
  const fetched = await here.cli(['fetch', 'cmmlu', '--mirror', url, '--out', '@cmmlu']);
  expect(fetched).toMatchObject({ code: 0 });
  expect(fetched.stdout).toContain('licence: CC BY-NC 4.0 on the hub, CC BY-NC-SA 4.0 on GitHub.');
  expect(fetched.stderr).not.toContain('cmmlu.py');
  // Pinned, as the questions behind a branch may change.
  expect(seen[0]?.url).toMatch(/revision\/efcc940752ea4a1ea94d2727f11f83858d64fc8e$/);
  const rows = here
    .read('cmmlu/test.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows).toEqual([
    {
      ID: 'agronomy-0',
      Subject: 'agronomy',
      Question: '问一',
      A: '甲',
      B: '乙',
      C: '丙',
      D: '丁,戊',
      Answer: 'B',
    },
    {
      ID: 'anatomy-0',
      Subject: 'anatomy',
      Question: '问二',
      A: '甲',
      B: '乙',
      C: '丙',
      D: '丁,戊',
      Answer: 'B',
    },
  ]);
  expect(here.read('cmmlu/dev.jsonl')).toContain('例');
});

test('refuses an archive whose names lead out of the folder, or that is none', async () => {
  for (const archive of [
    zipOf([{ name: '../test/agronomy.csv', text: 'x' }], 'stored'),
    Buffer.from('PK no archive'),
  ]) {
    const { url } = await hub('haonan-li/cmmlu', { 'cmmlu_v1_0_1.zip': archive });
    const refused = await here.cli(['fetch', 'cmmlu', '--mirror', url, '--out', '@in/cmmlu']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('cannot unpack HERE/in/cmmlu/cmmlu_v1_0_1.zip');
    expect(existsSync(here.path('in/test'))).toBe(false);
    here.remove();
    here = makeWorkplace();
  }
});

test('reads CMMLU also from a checkout', async () => {
  here.write('checkout/data/test/agronomy.csv', ',Question,A,B,C,D,Answer\n0,问,甲,乙,丙,丁,B\n');
  here.write('checkout/data/dev/agronomy.csv', ',Question,A,B,C,D,Answer\n0,例,甲,乙,丙,丁,A\n');
  const copied = await here.cli(['fetch', 'cmmlu', '--from', '@checkout', '--out', '@out']);
  expect(copied).toMatchObject({ code: 0 });
  expect(copied.stdout).toContain('local files: sums not checked');
  expect(JSON.parse(here.read('out/test.jsonl'))).toEqual({
    ...{
      ID: 'agronomy-0',
      Subject: 'agronomy',
      Question: '问',
      A: '甲',
      B: '乙',
      C: '丙',
      D: '丁',
      Answer: 'B',
    },
  });
  here.write('bad/test/agronomy.csv', 'Question,A,B\n问,甲,乙\n');
  const refused = await here.cli(['fetch', 'cmmlu', '--from', '@bad', '--out', '@bad-out']);
  expect(refused.stderr).toContain('agronomy.csv:2: has no column C');
});

test('joins BLEnD’s topics and adds what its rule for questions needs, of both its layouts', async () => {
  const annotated = (idks: Readonly<Record<string, number>>) => ({
    question: '问',
    en_question: 'q',
    annotations: [{ answers: ['煎饼'], en_answers: ['jianbing'], count: 3 }],
    idks,
  });
  const expected = [
    {
      ...{
        ID: 'Xx-en-01',
        Topic: 'Food',
        question: '问',
        en_question: 'q',
        idk: 1,
        unanswerable: 3,
      },
      annotations: annotated({}).annotations,
    },
    {
      ...{ ID: 'Xx-en-02', Topic: null, question: '问', en_question: 'q', idk: 0, unanswerable: 0 },
      annotations: annotated({}).annotations,
    },
  ];
  const first = annotated({ idk: 1, 'no-answer': 2, 'not-applicable': 1, 'n/a here': 1 });
  const rows = () =>
    here
      .read('out/CN.jsonl')
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));

  const list = [
    { ID: 'Xx-en-01', ...first },
    { ID: 'Xx-en-02', ...annotated({}) },
  ];
  const { url } = await hub('nayeon212/BLEnD', {
    'data/annotations_hf/CN_data.json': Buffer.from(JSON.stringify(list)),
    'data/questions_hf/CN_questions.json': Buffer.from('[{"ID":"Xx-en-01","Topic":"Food"}]'),
  });
  const fetched = await here.cli([
    ...['fetch', 'blend', '--parts', 'CN', '--mirror', url, '--out', '@out'],
  ]);
  expect(fetched).toMatchObject({ code: 0 });
  expect(rows()).toEqual(expected);

  here.write(
    'checkout/data/annotations/China_data.json',
    JSON.stringify({ 'Xx-en-01': first, 'Xx-en-02': annotated({}) }),
  );
  here.write('checkout/data/questions/China_questions.csv', ',ID,Topic\n0,Xx-en-01,Food\n');
  const copied = await here.cli([
    ...['fetch', 'blend', '--parts', 'China', '--from', '@checkout', '--out', '@local'],
  ]);
  expect(copied).toMatchObject({ code: 0 });
  expect(here.read('local/China.jsonl')).toBe(here.read('out/CN.jsonl'));
});
