import { afterEach, expect, test } from 'vitest';
import { jsonLines, type QUESTIONS } from '../cli/workplace.ts';
import { openScene, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const question = (number: number): (typeof QUESTIONS)[number] => ({
  reference: '春节。',
  culture: 'Chinese',
  language: 'zh',
  category: 'Social norms',
  scope: 'Nationwide',
  association: 'Native',
  id: `q${number}`,
  question: `第${number}个节日叫什么？`,
});
const questions = (count: number) => Array.from({ length: count }, (_, index) => question(index));

const MORE = 'trials: { responses: 2, judgments: 1 }';
const MODELS =
  '[{ name: A, endpoint: models, model: simulated-80 }, { name: B, endpoint: models, model: b }]';

async function openWith(count: number, apiKey?: string): Promise<void> {
  scene = await openScene({ references: questions(count), ...(apiKey && { apiKey }) });
  scene.here.write('items.jsonl', jsonLines(questions(count)));
  scene.here.write('config.yaml', scene.config({ models: MODELS, more: MORE }));
}

const shard = (place: string, ...more: string[]) =>
  scene.here.cli([
    ...['run', '@config.yaml', '--db', `@${place.replace('/', '-')}.sqlite`, '--shard', place],
    ...more,
  ]);

/** What a store of a shard holds: which answers came, by model, question and trial. */
async function answered(store: string): Promise<string[]> {
  await scene.here.cli(['export', '@out.jsonl', '--db', `@${store}`]);
  const rows = scene.here.read('out.jsonl').trimEnd().split('\n');
  return rows
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ judgment_status }) => judgment_status === 'rated')
    .map(({ model, question: text, response_trial }) => `${model} ${text} ${response_trial}`);
}

async function oneByOne<Result>(
  names: readonly string[],
  work: (name: string) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const name of names) results.push(await work(name));
  return results;
}

test('shards share out the calls of one run: together all, no call twice, the same id as unsharded', async () => {
  await openWith(12);
  const places = ['1/3', '2/3', '3/3'];
  const runs = await oneByOne(places, shard);
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  // 12 questions × 2 models × 2 trials, and as many judgments.
  expect(scene.seen.map(({ role }) => role).filter((role) => role === 'answer')).toHaveLength(48);
  const parts = await oneByOne(['1-3.sqlite', '2-3.sqlite', '3-3.sqlite'], answered);
  expect(parts.map((part) => part.length > 0 && part.length < 48)).toEqual([true, true, true]);
  expect(new Set(parts.flat()).size).toBe(48);
  const unsharded = await scene.here.cli(['run', '@config.yaml', '--db', '@whole.sqlite']);
  expect(new Set([...runs, unsharded].map(({ stdout }) => stdout)).size).toBe(1);
});

test('an added question moves no other to another shard', async () => {
  await openWith(10);
  await shard('1/2');
  const before = await answered('1-2.sqlite');
  scene.here.write('items.jsonl', jsonLines(questions(11)));
  const calls = scene.seen.length;
  const { code } = await shard('1/2');
  expect(code).toBe(0);
  // At most the new question: 2 models × 2 trials, answered and judged.
  expect([0, 8]).toContain(scene.seen.length - calls);
  const after = await answered('1-2.sqlite');
  expect(after).toEqual(expect.arrayContaining(before));
});

test('questions that are asked with two references are one call, in one shard', async () => {
  await openWith(1);
  const both = [question(0), { ...question(0), id: 'other', reference: '中秋节。' }];
  scene.here.write('items.jsonl', jsonLines(both));
  await shard('1/2');
  await shard('2/2');
  const answers = scene.seen.filter(({ role }) => role === 'answer');
  expect(answers).toHaveLength(4);
});

test('a shard that is interrupted resumes by the command that it prints, and the whole run can use its store', async () => {
  await openWith(8);
  const limited = await shard('2/2', '--json');
  const { planned, missing, shard: name } = JSON.parse(limited.stdout);
  expect([missing, name]).toEqual([0, '2/2']);
  expect(limited.stderr).toContain(`Shard 2/2: ${planned} ratings, none missing.`);
  const before = scene.seen.length;
  const whole = await scene.here.cli(['run', '@config.yaml', '--db', '@2-2.sqlite', '--json']);
  expect(JSON.parse(whole.stdout)).toMatchObject({ planned: 32, missing: 0, shard: null });
  expect(scene.seen.length - before).toBe(2 * (32 - planned));
});

test('what a shard lacks is listed without the other shards’ calls', async () => {
  await openWith(8, 'a key that the config lacks');
  const refused = await shard('1/2', '--json');
  const { planned, missing } = JSON.parse(refused.stdout);
  expect([refused.code, missing]).toEqual([3, planned]);
  expect(refused.stderr).toContain(
    'care-judge run HERE/config.yaml --db HERE/1-2.sqlite --shard 1/2',
  );
  const rows = [...refused.stderr.matchAll(/^[AB] +Chinese +(\d+)/gm)].map(([, count]) =>
    Number(count),
  );
  expect(rows).toEqual([planned / 2, planned / 2]);
});

test('the dry run of a shard counts its calls alone', async () => {
  await openWith(12);
  const calls = async (...flags: string[]) => {
    const { stdout } = await scene.here.cli([
      'run',
      '@config.yaml',
      '--dry-run',
      '--json',
      ...flags,
    ]);
    const counted: { calls: number }[] = JSON.parse(stdout).calls;
    return counted.reduce((sum, one) => sum + one.calls, 0);
  };
  const [one, two] = [await calls('--shard', '1/2'), await calls('--shard', '2/2')];
  expect([one > 0, two > 0, one + two]).toEqual([true, true, await calls()]);
});

test('auto without a scheduler calls nothing', async () => {
  await openWith(4);
  const run = await scene.here.cli(['run', '@config.yaml', '--shard', 'auto'], {});
  expect([run.code, scene.seen.length]).toEqual([2, 0]);
  expect(run.stderr).toContain('--shard auto: none of SLURM_ARRAY_TASK_ID');
});
