import { afterAll, beforeAll, expect, test } from 'vitest';
import { jsonLines, QUESTIONS } from '../cli/workplace.ts';
import { lastLine, openScene, RUN, type Scene } from './scene.ts';

/** References of several clauses: answers that know some of them are what judges disagree on. */
const CLAUSES = [
  '相传是为了纪念投江的诗人屈原，人们把粽子投入江中，好让鱼虾不去吃他的身体，后来成了节日的食物。',
  '作者是唐代诗人李白，他写于扬州的旅舍，诗中写的是月夜里对故乡的思念，全诗只有二十个字。',
];
const LONGER = QUESTIONS.map((question, index) => ({
  ...question,
  reference: CLAUSES[index] ?? question.reference,
}));

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ references: LONGER });
  scene.here.write('items.jsonl', jsonLines(LONGER));
});
afterAll(() => scene.close());

const JUDGES = `
  - { name: Text, family: Alpha, endpoint: judge, model: judge-a, expectedRating: true }
  - { name: Json, family: Beta, endpoint: models, model: judge-b, verdict: json }
  - { name: Raw, family: Gamma, endpoint: models, model: judge-c, api: completions, verdict: { json: guided_json }, expectedRating: true, decoding: { max_tokens: 200 } }`;
const MODELS =
  '[{ name: A, family: Alpha, endpoint: models, model: simulated-80 }, { name: B, family: Beta, endpoint: models, model: simulated-50 }]';

/**
 * What the simulator gives: 0.7 on the rating, 0.15 below, 0.13 above, 0.02 on no rating; a
 * neighbour off the scale leaves its share to the rating.
 */
function expectation(rating: number): number {
  const below = rating > 1 ? 0.15 : 0;
  const above = rating < 10 ? 0.13 : 0;
  return rating + (above - below) / 0.98;
}

test('verdicts come as text and as JSON, and expected ratings beside the parsed ones', async () => {
  scene.here.write('config.yaml', scene.config({ judges: JUDGES, models: MODELS }));
  const { code, stdout } = await scene.here.cli(RUN);
  expect(code).toBe(0);
  const rows = await scene.ratings(lastLine(stdout));
  expect(new Set(rows.map((row) => [row['judge'], row['parse']].join(' ')))).toEqual(
    new Set(['Text strict', 'Json strict', 'Raw strict']),
  );
  for (const row of rows) {
    if (row['judge'] === 'Json') {
      expect(row['expected_rating']).toBeNull();
      continue;
    }
    expect(row['expected_rating']).toBeCloseTo(expectation(Number(row['rating'])), 9);
    expect(row['expected_mass']).toBeCloseTo(0.98, 9);
  }
  const json = scene.seen.filter(({ body }) => body.model === 'judge-b');
  expect(json[0]?.body).toMatchObject({
    response_format: { type: 'json_schema', json_schema: { name: 'verdict' } },
  });
  expect(json[0]?.body.messages.at(-1)?.content).toMatch(
    /"rating": <a whole number from 1 to 10>\}$/,
  );
  expect(json[0]?.body).not.toHaveProperty('logprobs');
});

test('a jury that is added later makes no call, and stands in report, compare and gate', async () => {
  const before = scene.seen.length;
  const more = `juries:
  - { name: Panel, judges: [Text, Json, Raw], aggregate: median }
  - { name: Others, judges: [Text, Json, Raw], exclude: own-family }`;
  scene.here.write('config.yaml', scene.config({ judges: JUDGES, models: MODELS, more }));
  const validated = await scene.here.cli(['validate', '@config.yaml']);
  expect(validated.stdout).toContain('  jury Panel: median of Text, Json, Raw\n');
  expect(validated.stdout).toContain('Text, Json, Raw, without those of the model’s own family\n');
  const { code, stdout } = await scene.here.cli(RUN);
  expect(code).toBe(0);
  expect(scene.seen).toHaveLength(before);

  const rows = await scene.ratings(lastLine(stdout));
  const ofA = rows.filter((row) => row['model'] === 'A');
  const items = [...new Set(ofA.map((row) => row['item']))];
  const middles = items.map(
    (item) =>
      ofA
        .filter((row) => row['item'] === item)
        .map((row) => Number(row['rating']))
        .sort((a, b) => a - b)[1] ?? Number.NaN,
  );
  const mean = middles.reduce((sum, value) => sum + value, 0) / middles.length;

  await scene.here.cli(['report', '--db', '@store.sqlite', '--out', '@report']);
  const summary = JSON.parse(scene.here.read('report/summary.json'));
  const whole = (judge: string, model: string) =>
    summary.estimates.find(
      (one: { judge: string; model: string; by: object }) =>
        one.judge === judge && one.model === model && Object.keys(one.by).length === 0,
    ).estimate;
  expect(whole('Panel', 'A')).toMatchObject({ n: items.length, missing: 0 });
  expect(whole('Panel', 'A').value).toBeCloseTo(mean, 9);
  expect(summary.planned).toBe(rows.length);
  expect(summary.juries.map(({ jury }: { jury: string }) => jury)).toEqual(['Panel', 'Others']);
  expect(summary.juries[1].panels.map(({ seats }: { seats: string[] }) => seats)).toEqual([
    ['Json', 'Raw'],
    ['Text', 'Raw'],
  ]);
  expect(summary.expected.estimates).not.toEqual([]);
  const page = scene.here.read('report/report.html');
  expect(page).toContain('Where judges disagree most');
  expect(page).toContain('Expected rating by culture');

  const compare = (judge: string) =>
    scene.here.cli(['compare', `:A%${judge}`, `:B%${judge}`, '--db', '@store.sqlite']);
  expect((await compare('Panel')).code).toBe(0);
  // Each is rated by judges of the other families: not the same ones.
  const apart = await compare('Others');
  expect(apart.code).toBe(2);
  expect(apart.stderr).toContain('were not rated by the same judge');
  const gate = ['gate', ':A%Panel', '--baseline', ':B%Panel', '--db', '@store.sqlite'];
  expect((await scene.here.cli(gate)).stdout).toContain('Candidate: A, Panel');
});

test('disagreements are exported for people, with texts and every judge’s rating', async () => {
  const { code } = await scene.here.cli([
    'export',
    '@apart.jsonl',
    '--disagreements',
    '--db',
    '@store.sqlite',
  ]);
  expect(code).toBe(0);
  const lines = scene.here.read('apart.jsonl').trimEnd().split('\n');
  const rows = lines.map((line): Record<string, unknown> => JSON.parse(line));
  const panel = rows.filter((row) => row['jury'] === 'Panel');
  expect(panel.length).toBeGreaterThan(0);
  for (const row of panel) {
    const ratings = ['Text', 'Json', 'Raw'].map((judge) => Number(row[`rating of ${judge}`]));
    expect(row['range']).toBe(Math.max(...ratings) - Math.min(...ratings));
    expect(row['answer']).not.toBeNull();
  }
  const spreads = panel.map((row) => Number(row['sd']));
  expect(spreads).toEqual([...spreads].sort((a, b) => b - a));
});
