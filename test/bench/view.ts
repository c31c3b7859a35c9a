import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { fill, type Size } from './filled-store.ts';
import { startServer } from './measure.ts';
import { print, type Row, row } from './table.ts';

/**
 * How long pages of `view` take over a million judgments, each page asked for as a browser does, and
 * what the server needs for it. The first page reads the run; every other has to be there at once.
 */
const PAGES = [
  ['the second page', 'answers?page=2'],
  ['the last page', 'answers?page=99999'],
  [
    'one culture, category and model',
    'answers?culture=Arab&category=Opinion&model=Model+3+(Aligned)',
  ],
  ['missing ratings', 'answers?status=judgment_unparsed'],
  ['by rating, the highest first', 'answers?sort=-rating'],
  ['by rating, page 1000', 'answers?sort=-rating&page=1000'],
  ['one judge, by length', 'answers?judge=Qwen-72B&sort=length'],
  ['judges 5 apart', 'answers?apart=judges-5'],
  ['trials 5 apart', 'answers?apart=trials-5'],
  ['a common word of two characters', 'answers?q=%E8%8A%82%E6%97%A5'],
  ['a word that is nowhere', 'answers?q=zeppelin'],
  [
    'two series, by difference',
    'pairs?side=Model+1+(Vanilla)+@+zero-shot&side=Model+2+(Vanilla)+@+zero-shot&sort=difference',
  ],
  [
    'two series of one culture',
    'pairs?side=Model+1+(Vanilla)+@+zero-shot&side=Model+2+(Vanilla)+@+zero-shot&culture=Arab',
  ],
  ['one answer', 'answers/70001?sort=-rating'],
  ['the run', ''],
] as const;
const MOST_MS = 300;
/** Ten models, so a hundred thousand answers with ten verdicts each. */
const MILLION: Size = {
  items: 5000,
  styles: ['zero-shot', 'role-play'],
  judges: ['GPT-4o', 'Qwen-72B'],
  trials: 5,
};
const listSchema = z.object({ total: z.int(), searched: z.number() });

const folder = mkdtempSync(join(tmpdir(), 'care-judge-bench-view-'));
try {
  const rows = await benchmark();
  print(rows);
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function benchmark(): Promise<Row[]> {
  const db = process.argv[2] ?? join(folder, 'million.sqlite');
  if (process.argv[2] === undefined)
    process.stderr.write(`${fill(db, MILLION)} judgments in ${db}\n`);
  const server = await startServer('view', ['--db', db]);
  const { origin, searchParams } = new URL(server.url);
  const cookie = await cookieFor(server.url);
  const get = async (path: string) => {
    const begun = performance.now();
    const reply = await fetch(`${origin}${path}`, { headers: { cookie } });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    const body: unknown = await reply.json();
    return { ms: performance.now() - begun, body };
  };
  if (!searchParams.has('token')) throw new Error('the server printed no token');
  const [run] = z.array(z.object({ id: z.string() })).parse((await get('/api/runs')).body);
  const first = await get(`/api/runs/${run?.id}/answers`);
  const rows = [row('first page, the run read (s)', first.ms / 1000, { most: 30 })];
  for (const [what, path] of PAGES) {
    const { ms, body } = await get(`/api/runs/${run?.id}${path === '' ? '' : `/${path}`}`);
    rows.push(row(`${what} (ms)`, ms, { most: MOST_MS, detail: detailOf(body) }));
  }
  rows.push(await searchToItsEnd(`/api/runs/${run?.id}/answers?q=zeppelin`, get));
  rows.push(row('view over 1,000,000 judgments, peak memory (MB)', server.peakMb(), { most: 300 }));
  await server.stop();
  return rows;
}

async function cookieFor(url: string): Promise<string> {
  const reply = await fetch(url);
  await reply.text();
  return reply.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

function detailOf(body: unknown): string {
  const list = listSchema.safeParse(body);
  return list.success
    ? `${list.data.total} found, ${Math.round(list.data.searched * 100)} % searched`
    : 'no list';
}

/** A search shows what it has found so far; how long until nothing more can be. */
async function searchToItsEnd(
  path: string,
  get: (path: string) => Promise<{ readonly ms: number; readonly body: unknown }>,
): Promise<Row> {
  const begun = performance.now();
  let slowest = 0;
  for (;;) {
    const { ms, body } = await get(path);
    slowest = Math.max(slowest, ms);
    if (listSchema.parse(body).searched === 1) break;
  }
  const seconds = (performance.now() - begun) / 1000;
  return row('a search through all texts (s)', seconds, {
    most: 30,
    detail: `slowest page ${slowest.toFixed(0)} ms`,
  });
}
