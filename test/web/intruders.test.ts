import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agreementInStore } from '../../src/analyses/agreement/read.ts';
import { withStore } from '../../src/cli/context.ts';
import { readQuery } from '../../src/web/answers/query.ts';
import { type OpenView, openView, TOKEN, writeStore } from './scene.ts';

const folder = mkdtempSync(join(tmpdir(), 'care-judge-gate-'));
const db = join(folder, 'store.sqlite');
let open: OpenView | null = null;
let run = '';

beforeAll(async () => {
  run = await writeStore(db);
  open = await openView(db, 'scriptOfThePage();');
});
afterAll(async () => {
  await open?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A bare request: `fetch` would not let a test name another host. */
async function ask(
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Reply> {
  const port = open?.port ?? 0;
  return await new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: text }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const cookie = () => `care-judge-${open?.port}=${TOKEN}`;
const origin = () => `http://127.0.0.1:${open?.port}`;

test('the link with the token opens the page once and leaves a cookie that no script reads', async () => {
  const { status, headers, body } = await ask(`/?token=${TOKEN}`);
  expect(status).toBe(200);
  expect(headers['set-cookie']).toEqual([`${cookie()}; Path=/; HttpOnly; SameSite=Strict`]);
  expect(body).not.toContain(TOKEN);
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(headers).toMatchObject({
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  // No inline script or style, which the policy would refuse.
  expect(body).not.toMatch(/<script(?! src="\/view\.js" defer><\/script>)|<style| on\w+=/);
  expect((await ask('/', { headers: { cookie: cookie() } })).status).toBe(200);
  expect((await ask('/view.js', { headers: { cookie: cookie() } })).body).toBe(
    'scriptOfThePage();',
  );
});

const PATHS = [
  '/',
  '/view.js',
  '/api/runs',
  '/api/runs/RUN',
  '/api/runs/RUN/answers',
  '/api/runs/RUN/answers/1',
];

test.each(PATHS)('without the token %s is refused and says nothing of the store', async (path) => {
  const at = path.replace('RUN', run);
  for (const headers of [
    {},
    { cookie: 'care-judge-1=x' },
    { cookie: `${cookie()}x` },
    { cookie: `care-judge-1=${TOKEN}` },
  ]) {
    const { status, body } = await ask(at, { headers });
    expect(status).toBe(403);
    expect(body).not.toContain('zh-1');
    expect(body).not.toContain(run);
  }
  expect((await ask(`${at}?token=wrong`)).status).toBe(403);
});

test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '192.168.1.5:8700'])(
  'with the cookie but the host "%s" the API is refused',
  async (host) => {
    const { status } = await ask('/api/runs', { headers: { cookie: cookie(), host } });
    expect([400, 403]).toContain(status);
  },
);

test('the names of this machine are let in with their port', async () => {
  for (const name of ['127.0.0.1', 'localhost', '[::1]'])
    expect(
      (await ask('/api/runs', { headers: { cookie: cookie(), host: `${name}:${open?.port}` } }))
        .status,
    ).toBe(200);
});

test.each(['https://evil.example', 'http://127.0.0.1:1', 'null', 'http://localhost'])(
  'from the origin %s nothing is read or written',
  async (from) => {
    const headers = {
      cookie: cookie(),
      origin: from,
      'content-type': 'application/json',
      'x-care-judge': '1',
    };
    expect((await ask('/api/runs', { headers })).status).toBe(403);
    const body = JSON.stringify({ id: 1, rater: 'Mallory', rating: 1 });
    expect((await ask(`/api/runs/${run}/rating`, { method: 'PUT', headers, body })).status).toBe(
      403,
    );
  },
);

test('a write needs the origin, the header and JSON; then it is stored, and agreement uses it', async () => {
  const { answers } = (await open?.view.list(
    run,
    readQuery(new URLSearchParams('model=Strong')),
  )) ?? { answers: [] };
  const full = {
    cookie: cookie(),
    origin: origin(),
    'content-type': 'application/json',
    'x-care-judge': '1',
  };
  const put = (id: number, rating: number, headers: Record<string, string> = full) =>
    ask(`/api/runs/${run}/rating`, {
      method: 'PUT',
      headers,
      body: JSON.stringify({ id, rater: 'Nour', rating, note: 'by hand' }),
    });
  const id = answers[0]?.id ?? 0;
  const { origin: _origin, ...noOrigin } = full;
  const { 'x-care-judge': _header, ...noHeader } = full;
  const { cookie: _cookie, ...noCookie } = full;
  for (const headers of [noOrigin, noHeader, noCookie, { ...full, 'content-type': 'text/plain' }])
    expect((await put(id, 3, headers)).status).toBe(403);
  for (const rating of [0, 11, 2.5]) expect((await put(id, rating)).status).toBe(400);
  expect((await put(999_999, 3)).status).toBe(400);
  expect((await ask('/api/runs', { method: 'POST', headers: full, body: '{}' })).status).toBe(404);
  // Strong's ratings by judge A are 9 8 7 9 4 6; a person gives 8 8 6 9 5 6.
  for (const [place, rating] of [8, 8, 6, 9, 5, 6].entries())
    expect((await put(answers[place]?.id ?? 0, rating)).status).toBe(200);
  const report = await withStore(db, (archive) =>
    agreementInStore(archive, [], { seed: 0, resamples: 200, calibration: 'affine' }),
  );
  const [between] = report.agreements.filter(
    ({ kind, first }) => kind === 'judge-human' && first === 'Judge A',
  );
  expect(between?.slices[0]).toMatchObject({ by: {}, pairs: 6, answers: 6, questions: 6 });
  const after = await open?.view.answer(run, id, readQuery(new URLSearchParams()));
  expect(after?.answer.people).toEqual([
    {
      rater: 'Nour',
      occasion: 0,
      rating: 8,
      note: 'by hand',
      source: 'view',
      ratedAt: 1_700_000_000_000,
    },
  ]);
});

test('a rating is changed in its place, taken back, and kept apart from an imported one', async () => {
  const query = readQuery(new URLSearchParams('model=Weak+(Vanilla)'));
  const { answers } = (await open?.view.list(run, query)) ?? { answers: [] };
  const id = answers[0]?.id ?? 0;
  await open?.view.rate(run, { id, rater: 'Ken', rating: 2, note: '' });
  const changed = await open?.view.rate(run, {
    id,
    rater: 'Ken',
    rating: 4,
    note: 'second thoughts',
  });
  expect(changed?.map(({ rating, note }) => [rating, note])).toEqual([[4, 'second thoughts']]);
  const two = await open?.view.rate(run, { id, rater: 'Nour', rating: 7, note: '' });
  expect(two).toHaveLength(2);
  // (4 + 7) / 2, at once in the list; judges (5 + 2) / 2 = 3.5, so 2 apart.
  const page = await open?.view.list(run, readQuery(new URLSearchParams('apart=people-2')));
  expect(page?.answers.map(({ item, people, apart }) => [item, people, apart])).toEqual([
    ['zh-1', 5.5, 2],
  ]);
  await open?.view.withdraw(run, { id, rater: 'Nour' });
  const left = await open?.view.withdraw(run, { id, rater: 'Ken' });
  expect(left).toEqual([]);
  const none = await open?.view.list(
    run,
    readQuery(new URLSearchParams('status=people&model=Weak+(Vanilla)')),
  );
  expect(none?.total).toBe(0);
});
