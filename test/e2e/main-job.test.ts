// biome-ignore-all lint/suspicious/noTemplateCurlyInString: configs name environment variables so.
import { afterEach, expect, test } from 'vitest';
import type { FaultPlanInput } from '../../src/adapters/simulator/faults/faults.ts';
import { jsonLines, QUESTIONS } from '../cli/workplace.ts';
import { lastLine, openScene, RUN, type Scene } from './scene.ts';

let scene: Scene | null = null;
afterEach(() => scene?.close());

async function open(options?: Parameters<typeof openScene>[0]): Promise<Scene> {
  scene = await openScene(options);
  return scene;
}

test('asks every question, judges every answer, and prints the run’s id alone on stdout', async () => {
  const { here, seen, config, ratings } = await open();
  here.write('config.yaml', config());
  const ran = await here.cli(RUN);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toMatch(/^main-job-[0-9a-f]{8}\n$/);
  expect(ran.stderr).toContain('2 ratings, none missing.');
  expect(seen.map(({ role }) => role).sort()).toEqual(['answer', 'answer', 'judge', 'judge']);
  const rows = await ratings(ran.stdout.trim());
  expect(rows).toMatchObject([
    {
      item: 'zongzi',
      model: 'A',
      variant: null,
      style: 'zero-shot',
      judge: 'J',
      response_trial: 0,
    },
    { item: 'moon', response_status: 'completed', judgment_status: 'rated', parse: 'strict' },
  ]);
  for (const { rating } of rows) expect(rating).toBeGreaterThanOrEqual(1);
});

test('run again makes no call and says so', async () => {
  const { here, seen, config } = await open();
  here.write('config.yaml', config());
  const first = await here.cli(RUN);
  const calls = seen.length;
  const second = await here.cli(RUN);
  expect(second).toMatchObject({ code: 0, stdout: first.stdout });
  expect(second.stderr).toContain(
    'Nothing to call: the store already has every answer and rating of this run.',
  );
  expect(seen).toHaveLength(calls);
});

test('prints what happened as JSON on stdout when asked', async () => {
  const { here, config } = await open();
  here.write('config.yaml', config());
  const { stdout } = await here.cli([...RUN, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    run: expect.stringMatching(/^main-job-/),
    calls: 4,
    missing: 0,
    stopped: false,
    responses: { completed: 2, pending: 0 },
    judgments: { rated: 2, pending: 0 },
  });
});

test('shows the judge the reference, the question and the answer as they were', async () => {
  const { here, seen, config } = await open();
  here.write('config.yaml', config());
  await here.cli(RUN);
  const judged = seen.filter(({ role }) => role === 'judge');
  expect(judged).toHaveLength(2);
  for (const { question, reference } of QUESTIONS) {
    const call = judged.find(({ body }) => body.messages[0]?.content.includes(question));
    expect(call?.body.messages[0]?.content).toContain(reference);
    expect(call?.body).toMatchObject({ temperature: 0 });
  }
});

test('judging starts while questions are still being asked', async () => {
  const many = Array.from({ length: 40 }, (_, index) => ({
    ...QUESTIONS[index % 2],
    id: `q${index}`,
    question: `第${index}个问题：端午节为什么要吃粽子？`,
  }));
  const { here, seen, config } = await open({ latencyMs: 10 });
  here.write('items.jsonl', jsonLines(many));
  here.write('config.yaml', config().replace('apiKey: "" }', 'apiKey: "", concurrency: 2 }'));
  expect((await here.cli(RUN)).code).toBe(0);
  const firstJudged = seen.findIndex(({ role }) => role === 'judge');
  const lastAsked = seen.findLastIndex(({ role }) => role === 'answer');
  expect(seen).toHaveLength(80);
  // With two answers in flight, the first verdict is asked for long before the 40th answer.
  expect(firstJudged).toBeLessThan(10);
  expect(lastAsked).toBeGreaterThan(60);
});

test('several models and judges work side by side', async () => {
  const { here, seen, config, ratings, simulator } = await open({ latencyMs: 30 });
  const models =
    '[{ name: A, endpoint: models, model: a-80 }, { name: B, endpoint: models, model: b-30 }]';
  const judges =
    '[{ name: J, endpoint: judge, model: j1 }, { name: K, endpoint: models, model: j2 }]';
  here.write('config.yaml', config({ models, judges, more: 'prompting: [zero-shot, role-play]' }));
  const ran = await here.cli(RUN);
  const rows = await ratings(ran.stdout.trim());
  // 2 questions × 2 models × 2 styles × 2 judges.
  expect(rows).toHaveLength(16);
  expect(rows.every(({ judgment_status }) => judgment_status === 'rated')).toBe(true);
  // All 8 answers may be in flight at once; one after the other would never pass 1.
  expect(simulator.counts.peakInFlight).toBeGreaterThanOrEqual(6);
  expect(new Set(seen.map(({ body }) => body.model))).toEqual(
    new Set(['a-80', 'b-30', 'j1', 'j2']),
  );
});

test('asks an unreadable verdict again as often as allowed, then keeps it as unparsed', async () => {
  const faults: FaultPlanInput = {
    seed: 1,
    rules: [
      {
        fault: 'format-ignored',
        match: { role: 'judge', questionIncludes: '粽子' },
        times: 'always',
      },
    ],
  };
  const { here, seen, config, ratings } = await open({ faults });
  const judges = '[{ name: J, endpoint: judge, model: j, onUnparsed: { reask: 2 } }]';
  here.write('config.yaml', config({ judges }));
  const ran = await here.cli(RUN);
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain('1 rating, 1 missing (50.0 %).');
  const asks = seen.filter(
    ({ role, body }) => role === 'judge' && JSON.stringify(body).includes('粽子'),
  );
  expect(asks).toHaveLength(3);
  const rows = await ratings(lastLine(ran.stdout));
  expect(rows.map(({ judgment_status, rating }) => [judgment_status, rating])).toEqual([
    ['unparsed', null],
    ['rated', expect.any(Number)],
  ]);
});

test('judges a truncated answer as it is, and no empty, filtered or failed one', async () => {
  const four = ['truncated', 'empty', 'filtered', 'failed'].map((id) => ({
    ...QUESTIONS[0],
    id,
    question: `${id}: 端午节为什么要吃粽子？`,
  }));
  const rule = (fault: 'reasoning-used-budget' | 'completion-filtered' | 'context-a', id: string) =>
    ({ fault, match: { role: 'answer', questionIncludes: `${id}:` }, times: 'always' }) as const;
  const { here, config, ratings } = await open({
    faults: {
      seed: 1,
      rules: [
        rule('reasoning-used-budget', 'empty'),
        rule('completion-filtered', 'filtered'),
        rule('context-a', 'failed'),
      ],
    },
  });
  here.write('items.jsonl', jsonLines(four));
  const models =
    '[{ name: A, endpoint: models, model: a-99, decoding: { max_tokens: 3, temperature: 0 } }]';
  here.write('config.yaml', config({ models }));
  const ran = await here.cli(RUN);
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain(
    'Model  Culture  planned  rated  answer empty  answer filtered  answer failed',
  );
  expect(ran.stderr).toContain('1 answer hit max_tokens, judged as is.');
  const rows = await ratings(lastLine(ran.stdout));
  expect(
    rows.map(({ response_status, judgment_status }) => [response_status, judgment_status]),
  ).toEqual([
    ['truncated', 'rated'],
    ['empty', 'pending'],
    ['filtered', 'pending'],
    ['failed', 'pending'],
  ]);
  const report = await here.cli(['report', '--db', '@store.sqlite', '--out', '@out']);
  expect(report.code).toBe(3);
});

test('--limit takes the same questions each time and no more', async () => {
  const { here, seen, config, ratings } = await open();
  here.write('config.yaml', config());
  const first = await here.cli([...RUN, '--limit', '1']);
  expect(first.code).toBe(0);
  expect(await ratings(first.stdout.trim())).toHaveLength(1);
  expect(seen).toHaveLength(2);
  expect((await here.cli([...RUN, '--limit', '1'])).stdout).toBe(first.stdout);
  expect(seen).toHaveLength(2);
  // The whole run has the one question's answer and rating already.
  expect((await here.cli(RUN)).code).toBe(0);
  expect(seen).toHaveLength(4);
});

test('rehearses on simulated endpoints, into a store of its own, without a key', async () => {
  const { here, seen, config } = await open();
  here.write('config.yaml', config({ key: '${CJ_NO_SUCH_KEY}' }));
  expect((await here.cli(RUN)).code).toBe(2);
  const rehearsed = await here.cli([...RUN, '--rehearse']);
  expect(rehearsed.code).toBe(0);
  expect(seen).toEqual([]);
  expect(here.files()).toEqual(['config.yaml', 'items.jsonl', 'store-rehearsal.sqlite']);
});

test('reports from the store alone, when endpoint, config and questions are gone', async () => {
  const { here, seen, config, simulator } = await open();
  here.write('config.yaml', config());
  const ran = await here.cli(RUN);
  await simulator.close();
  here.write('config.yaml', 'gone');
  here.write('items.jsonl', 'gone');
  const args = ['report', '--db', '@store.sqlite', '--json'];
  const report = await here.cli(args);
  expect(report.code).toBe(0);
  expect(JSON.parse(report.stdout)).toMatchObject({ run: { id: ran.stdout.trim() } });
  expect(await here.cli(args)).toEqual(report);
  expect(seen).toHaveLength(4);
});
