import { afterEach, expect, test } from 'vitest';
import { jsonLines, QUESTIONS } from '../cli/workplace.ts';
import { openScene, RUN, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

/** Runs the config as it stands and tells how often models and judges were asked for it. */
async function run(config: string): Promise<{ answers: number; judgments: number; id: string }> {
  const before = scene.seen.length;
  scene.here.write('config.yaml', config);
  const { code, stdout, stderr } = await scene.here.cli(RUN);
  expect([code, stderr.includes('bug')]).toEqual([0, false]);
  const roles = scene.seen.slice(before).map(({ role }) => role);
  const answers = roles.filter((role) => role === 'answer').length;
  return { answers, judgments: roles.length - answers, id: stdout.trim() };
}

test('a run asks only for what no earlier run of the store has', async () => {
  scene = await openScene();
  const first = await run(scene.config());
  const models =
    '[{ name: A, endpoint: models, model: simulated-80 }, { name: B, endpoint: models, model: b }]';
  const second = await run(scene.config({ models }));
  expect(first).toMatchObject({ answers: 2, judgments: 2 });
  expect(second).toMatchObject({ answers: 2, judgments: 2 });
  expect(second.id).not.toBe(first.id);
  expect(await scene.ratings(second.id)).toHaveLength(4);
  const judges = `[{ name: J, endpoint: judge, model: simulated-judge, decoding: { temperature: 0 } },
    { name: K, endpoint: judge, model: k }]`;
  expect(await run(scene.config({ models, judges }))).toMatchObject({ answers: 0, judgments: 4 });
});

test('renamed questions are neither asked nor judged again', async () => {
  scene = await openScene();
  await run(scene.config());
  const renamed = QUESTIONS.map((item) => ({ ...item, id: `new-${item.id}` }));
  scene.here.write('items.jsonl', jsonLines(renamed));
  expect(await run(scene.config())).toMatchObject({ answers: 0, judgments: 0 });
});

test('a mended reference is judged anew, and its question not asked again', async () => {
  scene = await openScene();
  const first = await run(scene.config());
  const mended = QUESTIONS.map((item, index) =>
    index === 0 ? { ...item, reference: '为了纪念屈原。' } : item,
  );
  scene.here.write('items.jsonl', jsonLines(mended));
  const second = await run(scene.config());
  expect(second).toMatchObject({ answers: 0, judgments: 1 });
  expect(second.id).not.toBe(first.id);
});

test('a changed rubric is judged anew where it applies', async () => {
  scene = await openScene();
  await run(scene.config());
  scene.here.write(
    'mine.hbs',
    'Q: {{question}}\nReference: {{reference}}\nResponse: {{response}}\nRating: [[number]]',
  );
  const more = 'rubrics: { Literacy: mine.hbs, Social norms: norms-commonsense }';
  expect(await run(scene.config({ more }))).toMatchObject({ answers: 0, judgments: 1 });
});

test('trials are draws of their own, and more of them keep those there are', async () => {
  scene = await openScene();
  const two = await run(scene.config({ more: 'trials: { responses: 2, judgments: 3 }' }));
  expect(two).toMatchObject({ answers: 4, judgments: 12 });
  const rows = await scene.ratings(two.id);
  const trials = rows.map(({ item, response_trial, judgment_trial }) =>
    [item, response_trial, judgment_trial].join(' '),
  );
  expect(new Set(trials).size).toBe(12);
  const three = await run(scene.config({ more: 'trials: { responses: 3, judgments: 3 }' }));
  expect(three).toMatchObject({ answers: 2, judgments: 6 });
});

test('two models served under one name share no answer', async () => {
  scene = await openScene();
  const models = `[{ name: A, variant: Old, endpoint: models, model: served },
    { name: A, variant: New, endpoint: judge, model: served }]`;
  expect(await run(scene.config({ models }))).toMatchObject({ answers: 4, judgments: 4 });
});

test('a model that moves to another server keeps its answers', async () => {
  scene = await openScene();
  await run(scene.config());
  const models = '[{ name: A, endpoint: judge, model: simulated-80 }]';
  expect(await run(scene.config({ models }))).toMatchObject({ answers: 0, judgments: 0 });
});

test('simulated words never pass for those of a real endpoint', async () => {
  scene = await openScene();
  const simulated = scene
    .config()
    .replace(/models: \{ kind.*/, 'models: { kind: simulated }')
    .replace(/judge: \{ kind.*/, 'judge: { kind: simulated }');
  expect(await run(simulated)).toMatchObject({ answers: 0, judgments: 0 });
  expect(await run(scene.config())).toMatchObject({ answers: 2, judgments: 2 });
});

test('changed recorded answers are another run, and are judged', async () => {
  scene = await openScene();
  const answers = (text: string) =>
    jsonLines(QUESTIONS.map(({ id }) => ({ item: id, response: `${text} ${id}` })));
  const config = scene.config({ models: '[{ name: Notes, responses: answers.jsonl }]' });
  scene.here.write('answers.jsonl', answers('first'));
  const first = await run(config);
  scene.here.write('answers.jsonl', answers('second'));
  const second = await run(config);
  expect([first, second]).toMatchObject([
    { answers: 0, judgments: 2 },
    { answers: 0, judgments: 2 },
  ]);
  expect(second.id).not.toBe(first.id);
});
