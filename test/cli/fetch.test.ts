import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeRows } from '../../src/adapters/files/write/write-rows.ts';
import { CARE_FILES } from '../../src/prepare/care-release.ts';
import { type FileServer, sendFile, serve } from '../adapters/fetch/file-server.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

const CARE = fileURLToPath(new URL('../../../shared/data/care/', import.meta.url));
const absent = !existsSync(CARE);
const why = `${CARE} is absent: the CARE test set is not part of the repository`;
if (absent) process.stderr.write(`skipped: ${why}\n`);

let here: Workplace;
const servers: FileServer[] = [];
beforeEach(() => {
  here = makeWorkplace();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  here.remove();
});

async function started(...[answer]: Parameters<typeof serve>): Promise<FileServer> {
  const server = await serve(answer);
  servers.push(server);
  return server;
}

const FETCHED = [
  ...CARE_FILES.map(({ name }) => name),
  ...CARE_FILES.flatMap(({ name }) => (/^prompts/.test(name) ? name.replace('.txt', '.hbs') : [])),
].sort();

describe('fetch care', () => {
  test('copies files at hand in both layouts, and the second time finds them there', async ({
    skip,
  }) => {
    skip(absent, why);
    const first = await here.cli(['fetch', 'care', '--from', CARE, '--out', '@flat']);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toContain('450 questions and 3 judge prompts of Guochry/CARE at d614cfe');
    expect(here.files()).toEqual(FETCHED.map((name) => `flat/${name}`));

    mkdirSync(here.path('checkout/data'), { recursive: true });
    for (const { name, path } of CARE_FILES)
      cpSync(`${CARE}${name}`, here.path(`checkout/${path}`));
    const args = ['fetch', 'care', '--from', '@checkout', '--out', '@out', '--json'];
    expect(JSON.parse((await here.cli(args)).stdout).files[0]).toEqual({
      name: 'LICENSE',
      state: 'copied',
    });
    const again = JSON.parse((await here.cli(args)).stdout);
    expect(again.files.map(({ state }: { state: string }) => state)).toEqual(
      FETCHED.map(() => 'present'),
    );
  });

  test('fetches from a mirror, by flag and by variable', async ({ skip }) => {
    skip(absent, why);
    const server = await started((request, response) => {
      const file = CARE_FILES.find(({ path }) => `/copy/${path}` === request.url);
      if (file) sendFile(readFileSync(`${CARE}${file.name}`), request, response);
      else response.writeHead(404).end();
    });
    const mirror = `${server.url}/copy/`;
    const flag = await here.cli(['fetch', 'care', '--mirror', mirror, '--out', '@a']);
    expect(flag.code).toBe(0);
    expect(server.seen).toHaveLength(CARE_FILES.length);
    const variable = await here.cli(['fetch', 'care', '--out', '@b'], {
      CARE_JUDGE_MIRROR: mirror,
    });
    expect(variable.code).toBe(0);
    expect(here.files()).toEqual(
      ['a', 'b'].flatMap((at) => FETCHED.map((name) => `${at}/${name}`)),
    );
  });

  test('says what a folder lacks, that a sum is wrong, and what to do without a network', async () => {
    here.write('empty/README.md', '');
    const lacking = await here.cli(['fetch', 'care', '--from', '@empty', '--out', '@out']);
    expect(lacking).toMatchObject({ code: 2, stdout: '' });
    expect(lacking.stderr).toContain('lacks LICENSE, data/Chinese-test.json');
    const wrong = await started((_, response) => response.end('not it'));
    const refused = await here.cli(['fetch', 'care', '--mirror', wrong.url, '--out', '@out']);
    expect(refused.stderr).toMatch(/LICENSE: is not the file that was meant[\s\S]*expected d458bf/);
    const offline = await here.cli([
      'fetch',
      'care',
      '--mirror',
      'http://127.0.0.1:1',
      '--out',
      '@out',
    ]);
    expect(offline.code).toBe(2);
    expect(offline.stderr).toMatch(/--mirror URL.*--from DIR/);
    expect(here.files()).toEqual(['empty/README.md']);
    expect((await here.cli(['fetch', 'cares'])).stderr).toContain('knows care, care-full, blend');
  });
});

const COMMIT = 'a'.repeat(40);
const NEWER = ['question', 'answer', 'response', 'human_rating', 'source', 'cul_type'];
const OLDER = ['source', 'question', 'response', 'culture_type', 'associated_culture', 'rating'];

/** A hub with one Parquet file of the given columns, its list of files in two pages. */
async function hub(columns: readonly string[], token: string | null): Promise<FileServer> {
  const file = here.path('made.parquet');
  const row = Object.fromEntries(
    columns.map((name) => [name, name.includes('rating') ? '7' : 'x']),
  );
  await writeRows(
    file,
    columns.map((name) => ({ name, type: 'text' })),
    [row],
  );
  const parquet = readFileSync(file);
  const oid = createHash('sha256').update(parquet).digest('hex');
  const card = Buffer.from('license: mit\n');
  const blob = createHash('sha1').update(`blob ${card.length}\0`).update(card).digest('hex');
  return await started((request, response) => {
    const api = '/api/datasets/geyang627/CARE';
    if (token !== null && request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
      return;
    }
    switch (request.url) {
      case `${api}/revision/main`:
        response.end(JSON.stringify({ sha: COMMIT }));
        break;
      case `${api}/tree/${COMMIT}?recursive=true`:
        response.setHeader('link', `<${api}/tree/${COMMIT}?cursor=2>; rel="next"`);
        response.end(
          JSON.stringify([
            { type: 'directory', path: 'data', oid: 'b', size: 0 },
            { type: 'file', path: 'README.md', oid: blob, size: card.length },
          ]),
        );
        break;
      case `${api}/tree/${COMMIT}?cursor=2`:
        response.end(
          JSON.stringify([
            {
              ...{ type: 'file', path: 'data/train-0.parquet', oid: 'c', size: parquet.length },
              lfs: { oid, size: parquet.length, pointerSize: 1 },
            },
          ]),
        );
        break;
      case `/datasets/geyang627/CARE/resolve/${COMMIT}/README.md`:
        response.end(card);
        break;
      case `/datasets/geyang627/CARE/resolve/${COMMIT}/data/train-0.parquet`:
        sendFile(parquet, request, response);
        break;
      default:
        response.writeHead(404).end();
    }
  });
}

describe('fetch care-full', () => {
  test('asks the hub for its newest commit and sums, and tells what the columns are', async () => {
    const { url, seen } = await hub(NEWER, 'hf_secret');
    const environment = { HF_ENDPOINT: url, HF_TOKEN: 'hf_secret' };
    const fetched = await here.cli(['fetch', 'care-full', '--out', '@full'], environment);
    expect(fetched).toMatchObject({ code: 0 });
    expect(fetched.stdout).toContain(
      'data/train-0.parquet: rating in human_rating, category in cul_type, reference in answer',
    );
    expect(fetched.stdout + fetched.stderr).not.toContain('hf_secret');
    const requests = seen.length;
    const again = await here.cli(['fetch', 'care-full', '--out', '@full'], environment);
    expect(again.stderr).toMatch(/there already README.md\n *there already data\/train-0.parquet/);
    // Revision and two pages of the list; no file.
    expect(seen.length - requests).toBe(3);
    expect(JSON.parse(here.read('full/source.json')).commit).toBe(COMMIT);
    const refused = await here.cli(['fetch', 'care-full', '--out', '@full'], { HF_ENDPOINT: url });
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('set HF_TOKEN');
  });

  test('knows the older columns, also from a folder, and refuses other files', async () => {
    const { url } = await hub(OLDER, null);
    const older = await here.cli(['fetch', 'care-full', '--mirror', url, '--out', '@full']);
    expect(older.stdout).toContain(
      'rating in rating, category in culture_type, human answers as rows',
    );
    const copied = await here.cli(['fetch', 'care-full', '--from', '@full', '--out', '@copy']);
    expect(copied.stdout).toContain('files at hand: sums not checked');
    const other = await hub(['question', 'text'], null);
    const refused = await here.cli([
      'fetch',
      'care-full',
      '--mirror',
      other.url,
      '--out',
      '@other',
    ]);
    expect(refused.stderr).toContain(
      'has neither shape of the CARE data; its columns are question, text',
    );
  });
});
