import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { completion, type Fake, sendJson, startFake } from '../adapters/openai/fake-server.ts';
import { jsonLines, makeWorkplace, type Workplace } from '../cli/workplace.ts';

let here: Workplace;
let fake: Fake;
afterEach(async () => {
  here.remove();
  await fake.close();
});

const OVERFLOW =
  "This model's maximum context length is 2048 tokens. However, your prompt contains at least 2049 input tokens.";
/** What the judge makes of a question, by the word in it. */
const VERDICTS: Readonly<Record<string, string>> = {
  agreed: 'Rating: [[6]]',
  contradictory: 'First Rating: [[7]], after all Rating: [[9]]',
  mute: 'I would rather not say.',
  torn: '[[3]] or [[5]]',
};

/** Questions of cultures that are named like what every JavaScript object has. */
const WORDS = ['agreed', 'contradictory', 'mute', 'torn', 'long'];
const CULTURES = ['constructor', 'toString', '__proto__'];
const ITEMS = WORDS.flatMap((word) =>
  CULTURES.map((culture) => ({
    question: `What is ${word} in ${culture}?`,
    reference: 'That.',
    culture,
    language: 'en',
    category: 'Literacy',
  })),
);

async function serve(usage: boolean): Promise<void> {
  fake = await startFake(({ url, text }, response) => {
    if (!url.endsWith('/chat/completions')) return sendJson(response, 404, {});
    const body: { readonly model: string } = JSON.parse(text);
    const word = WORDS.find((one) => text.includes(`What is ${one} `)) ?? '';
    if (body.model === 'judge' && word === 'long')
      return sendJson(response, 400, { error: { message: OVERFLOW, code: 400 } });
    const content = body.model === 'judge' ? (VERDICTS[word] ?? '') : 'This, as it is written.';
    sendJson(response, 200, completion(content, usage ? {} : { usage: null }));
  });
}

function write(more: Record<string, unknown> = {}, price: Record<string, unknown> = {}): void {
  here = makeWorkplace();
  here.write('items.jsonl', jsonLines(ITEMS));
  const config = {
    version: 1,
    name: 'why',
    items: [{ file: 'items.jsonl' }],
    endpoints: {
      gpu: { kind: 'openai', baseUrl: `${fake.origin}/v1`, apiKey: 'k', concurrency: 1 },
    },
    models: [{ name: 'M', endpoint: 'gpu', model: 'model', ...price }],
    judges: [{ name: 'J', endpoint: 'gpu', model: 'judge', onUnparsed: { reask: 0 }, ...price }],
    ...more,
  };
  here.write('config.json', JSON.stringify(config));
}

function views(file: string) {
  const database = new Database(file, { readonly: true });
  try {
    const ratings = database
      .prepare(
        'SELECT missing_cause, coalesce(conflicting, 0), count(*) FROM ratings GROUP BY 1, 2 ORDER BY 1, 2',
      )
      .raw()
      .all();
    const coverage = database
      .prepare(
        'SELECT culture, planned, rated, judgment_unparsed, judgment_failed, conflicting FROM coverage ORDER BY culture',
      )
      .all();
    return { ratings, coverage };
  } finally {
    database.close();
  }
}

test('every reason for a missing rating is counted at the end of the run, in the views, the summary and the page', async () => {
  await serve(true);
  write();
  const run = await here.cli(['run', '@config.json', '--db', '@s.sqlite']);
  expect(run.code).toBe(3);
  // 15 questions: 3 agreed and 3 contradictory ones are rated.
  expect(run.stderr).toContain('6 ratings, 9 missing (60.0 %).');
  expect(run.stderr).toContain(`Judge failed: J, 3:\n  3 × 400 context-length: ${OVERFLOW}\n`);
  expect(run.stderr).toContain(
    'Verdict unreadable: J, 6:\n  3 × no rating in the reply\n  3 × several [[n]] that differ\n',
  );
  expect(run.stderr).toContain('3 verdicts with different ratings; the last one counts.');
  // The views say the same: one culture has one of each.
  expect(views(here.path('s.sqlite'))).toEqual({
    ratings: [
      [null, 0, 3],
      [null, 1, 3],
      [`judge: 400 context-length: ${OVERFLOW}`, 0, 3],
      ['judge: no rating in the reply', 0, 3],
      ['judge: several [[n]] that differ', 1, 3],
    ],
    coverage: ['__proto__', 'constructor', 'toString'].map((culture) => ({
      culture,
      planned: 5,
      rated: 2,
      judgment_unparsed: 2,
      judgment_failed: 1,
      conflicting: 2,
    })),
  });

  const report = await here.cli(['report', '--db', '@s.sqlite', '--out', '@out']);
  expect(report.code).toBe(3);
  const summary = JSON.parse(here.read('out/summary.json'));
  expect(summary.contradictions).toEqual({ rated: 3, unrated: 3 });
  const causes = summary.missingCauses.map(({ cause, count }: { cause: string; count: number }) => [
    cause,
    count,
  ]);
  expect(causes).toHaveLength(3);
  expect(causes).toEqual(
    expect.arrayContaining([
      [`400 context-length: ${OVERFLOW}`, 3],
      ['no rating in the reply', 3],
      ['several [[n]] that differ', 3],
    ]),
  );
  const page = here.read('out/report.html');
  expect(page).toContain('Why ratings are missing');
  for (const [cause] of causes) expect(page).toContain(cause.replaceAll("'", '&#39;').slice(0, 40));
  expect(page).toContain(
    'Verdicts that contradict themselves: 3 hold different ratings, of which the last counts; 3 hold different [[n]]',
  );
  // Each of these cultures has its own figure: (6 + 9) / 2 over what was rated of it.
  for (const culture of CULTURES) {
    const figure = summary.estimates.find(
      ({ by }: { by: Record<string, string> }) =>
        Object.keys(by).join() === 'culture' && by['culture'] === culture,
    );
    expect(figure.estimate).toMatchObject({ value: 7.5, n: 2, missing: 3 });
    expect(page).toContain(culture);
  }
});

test('a budget holds where the endpoint counts no tokens, by estimate, and the next session knows what was spent', async () => {
  await serve(false);
  // By length, four bytes a token: an answer of 23 bytes is 6 tokens, its question of 27 or more at least 7.
  write({ budget: { usd: 40 } }, { price: { prompt: 1_000_000, completion: 1_000_000 } });
  const first = await here.cli(['run', '@config.json', '--db', '@s.sqlite']);
  expect(first.code).toBe(3);
  expect(first.stderr).toMatch(
    /Budget of \$40 reached: the calls of this run have cost about \$\d+\.\d\d \(an endpoint counts no tokens: estimated by length\)/,
  );
  expect(first.stderr).toMatch(
    /model M: \d+ calls, 0 \+ 0 tokens, about \$\d+\.\d\d, \d+ without token counts \(about \d+ \+ \d+ by length\)\./,
  );
  const calls = fake.requests.length;
  expect(calls).toBeLessThan(6);
  const second = await here.cli(['run', '@config.json', '--db', '@s.sqlite']);
  expect(second.stderr).toContain('Budget of $40 reached');
  expect(fake.requests).toHaveLength(calls);
});
