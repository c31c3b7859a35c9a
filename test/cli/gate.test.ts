import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StoredRecipe, writeRun } from '../analyses/gate/store.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

let here: Workplace;
const DB = ['--db', '@store.sqlite'];

type Place = Parameters<StoredRecipe['rating']>[0];

/** 4 to 8, the same for every model. */
const difficulty = ({ question }: Place) => 4 + ((question * 7) % 5);
/** -1, 0, +1 in turn: nothing on the whole. */
const wobble = ({ question }: Place) => (question % 3) - 1;
const near = (place: Place) => difficulty(place) + wobble(place);

beforeAll(async () => {
  here = makeWorkplace();
  const store = here.path('store.sqlite');
  await writeRun(store, { name: 'old', rating: difficulty });
  await writeRun(store, { name: 'even', rating: near });
  await writeRun(store, {
    name: 'fallen',
    rating: (place) => near(place) - (place.culture === 'Arab' ? 2 : 0),
  });
  await writeRun(store, {
    name: 'noisy',
    rating: (place) => difficulty(place) + (place.question % 2 === 0 ? 2 : -3),
  });
  await writeRun(store, {
    name: 'patchy',
    rating: (place) =>
      place.culture === 'Japanese' && place.question < 3 && place.model === 'A'
        ? null
        : near(place),
  });
  await writeRun(store, { name: 'otherwise-judged', judge: 'judge-k', rating: difficulty });
  await writeRun(store, {
    name: 'twice',
    trials: 2,
    rating: (place) => difficulty(place) + ((place.question + place.trial) % 2),
  });
  await writeRun(store, {
    name: 'drifted',
    trials: 2,
    rating: (place) => difficulty(place) + wobble(place) * place.trial + place.trial,
  });
});
afterAll(() => here.remove());

function gate(candidate: string, baseline: string, ...more: string[]) {
  return here.cli(['gate', candidate, '--baseline', baseline, ...DB, ...more]);
}

describe('verdicts', () => {
  test('a model as good as its baseline passes with 0', async () => {
    const { code, stdout } = await gate('even:A', 'old:A');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^PASS: no loss beyond what the policy tolerates: even: A against old: A\n/,
    );
    expect(stdout).toContain('Coverage: nothing is missing.');
  });

  test('a lost culture fails with 1, named with its loss', async () => {
    const { code, stdout } = await gate('fallen:A', 'old:A');
    expect(code).toBe(1);
    // All: 30 of 90 questions by 2.
    expect(stdout).toMatch(/^FAIL: All fell by 0\.67 \(.+\), Arab fell by 2\.00 \(.+\)\n/);
    expect(stdout).toMatch(/^Chinese {2,}PASS {2,}0\.00 /m);
    expect(stdout).toMatch(/^Arab {2,}FAIL {2,}−2\.00 /m);
  });

  test('too much noise is inconclusive with 4, and says what would decide', async () => {
    const { code, stdout } = await gate('noisy:A', 'old:A');
    expect(code).toBe(4);
    expect(stdout).toMatch(/^INCONCLUSIVE: not enough data to pass or fail: /);
    expect(stdout).toMatch(/takes about \d+ questions here/);
  });

  test.each([
    ['fail', 1],
    ['warn', 0],
  ])('a policy with inconclusive: %s exits with %i', async (inconclusive, expected) => {
    here.write('open.yaml', `version: 1\ninconclusive: ${inconclusive}\n`);
    const { code, stdout } = await gate('noisy:A', 'old:A', '--policy', '@open.yaml');
    expect(code).toBe(expected);
    expect(stdout.includes('Warning: The policy lets an inconclusive gate through')).toBe(
      inconclusive === 'warn',
    );
  });

  test('missing ratings that could hide a loss do not pass', async () => {
    // 3 of 30 Japanese, 10 %, rated 4, 6 and 8 by the baseline: at worst the culture falls by 15/30.
    const { code, stdout } = await gate('patchy:A', 'old:A');
    expect(code).toBe(4);
    expect(stdout).toContain('10 % of the candidate’s');
    const { code: whole } = await gate('patchy:B', 'old:B');
    expect(whole).toBe(0);
  });

  test('a floor is held by the low end of the candidate’s own interval', async () => {
    const floors = ['- { culture: Arab, atLeast: 3 }', '- { culture: Arab, atLeast: 9.5 }'];
    here.write('floors.yaml', `version: 1\nfloors:\n${floors.join('\n')}\n`);
    const { code, stdout } = await gate('even:A', 'old:A', '--policy', '@floors.yaml');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL: Floor Arab ≥ 9\.5 not reached\n/);
    expect(stdout).toMatch(/^- Floor Arab ≥ 3: reached \(mean 6\.00, 95 % interval/m);
  });

  test('all models of a run are too many, and the message lists them', async () => {
    const { code, stderr } = await gate('even', 'old');
    expect(code).toBe(2);
    expect(stderr).toContain('"even" means several models; a gate takes one.');
    expect(stderr).toContain('B (Tuned)');
  });

  test('a baseline with several models stands in with the one of the same name', async () => {
    const { code, stdout } = await gate('even:B', 'old');
    expect(code).toBe(0);
    expect(stdout).toContain('Baseline:  old: B (Tuned)');
  });

  test('nothing is held against itself, nor against another judge without --allow-mixed-judges', async () => {
    expect((await gate('old:A', 'old:A')).stderr).toContain('would be held against itself');
    const refused = await gate('even:A', 'otherwise-judged:A');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--allow-mixed-judges');
    const bridged = await gate('even:A', 'otherwise-judged:A', '--allow-mixed-judges');
    // The flag's former name.
    expect(await gate('even:A', 'otherwise-judged:A', '--bridge')).toEqual(bridged);
    expect(bridged.code).toBe(0);
    expect(bridged.stdout).toContain('Warning: The sides were not rated by the same judge');
  });
});

describe('baselines in files', () => {
  test('per-item scores decide exactly as the run they are of', async () => {
    const exported = ['export', '@old.jsonl', '--per-item', '--only', 'old:A', ...DB];
    expect(await here.cli(exported)).toMatchObject({ code: 0 });
    expect(here.read('old.jsonl').trimEnd().split('\n')).toHaveLength(90);
    const stored = await gate('fallen:A', 'old:A', '--json');
    const filed = await gate('fallen:A', here.path('old.jsonl'), '--json');
    expect(filed.code).toBe(1);
    expect(JSON.parse(filed.stdout).families).toEqual(JSON.parse(stored.stdout).families);
    expect(here.read('old.jsonl')).not.toContain('ref Arab');
  });

  test('a per-item file that was edited wrongly is told by line', async () => {
    const lines = here.read('old.jsonl').trimEnd().split('\n');
    lines[4] = (lines[4] ?? '').replace(/"rating":\d+/, '"rating":11');
    lines[7] = (lines[7] ?? '').replace('"style"', '"stile"');
    here.write('edited.jsonl', `${lines.join('\n')}\n`);
    const { code, stderr } = await gate('even:A', here.path('edited.jsonl'));
    expect(code).toBe(2);
    expect(stderr).toContain(
      'HERE/edited.jsonl:5: rating: must be 1 to 10, or 0 to 1 where `scale` is accuracy',
    );
    expect(stderr).toContain('HERE/edited.jsonl:8: stile: unknown key; did you mean "style"?');
  });

  test('an exported summary decides by averages, and says that it is weaker', async () => {
    expect((await here.cli(['report', 'old', ...DB, '--out', '@report'])).code).toBe(0);
    const summary = here.path('report/summary.json');
    const { code, stdout } = await gate('fallen:A', summary);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL: /);
    expect(stdout).toContain('Arab fell by 2.00');
    expect(stdout).toContain('Warning: The baseline is known by its averages alone');
    expect((await gate('otherwise-judged:A', summary)).code).toBe(2);
    expect((await gate('even:A', `${summary}:C`)).stderr).toContain(':B/Tuned@zero-shot%J');
  });

  test('averages of other questions are refused', async () => {
    await writeRun(here.path('more.sqlite'), { name: 'more', perCulture: 31, rating: near });
    const argv = ['gate', 'more:A', '--baseline', here.path('report/summary.json')];
    const { code, stderr } = await here.cli([...argv, '--db', '@more.sqlite']);
    expect(code).toBe(2);
    expect(stderr).toContain('was not made from the same questions');
  });

  test('a baseline may be in another store', async () => {
    await writeRun(here.path('main.sqlite'), { name: 'main', rating: difficulty });
    const { code, stdout } = await gate(
      'even:A',
      'main:A',
      '--baseline-db',
      here.path('main.sqlite'),
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Baseline:  main: A');
  });
});

describe('what a CI reads', () => {
  const workflow = () => ({
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: here.path('step.md'),
  });
  const argv = ['gate', 'fallen:A', '--baseline', 'old:A', ...DB];

  test('GitHub gets annotations on stdout and a summary added to its file', async () => {
    here.write('step.md', 'before\n');
    const { code, stdout } = await here.cli(argv, workflow());
    expect(code).toBe(1);
    const commands = stdout.split('\n').filter((line) => line.startsWith('::'));
    expect(commands.map((line) => line.split('::')[1])).toEqual([
      'error title=care-judge gate%3A All',
      'error title=care-judge gate%3A Arab',
    ]);
    expect(here.read('step.md')).toMatch(
      /^before\n## FAIL: All fell by 0\.67 \(.+\), Arab fell by 2\.00 \(.+\)\n/,
    );
    expect(here.read('step.md')).toContain('| Arab | FAIL | −2.00 |');
  });

  test('with --json stdout is JSON alone, and annotations go to stderr', async () => {
    const { stdout, stderr } = await here.cli([...argv, '--json'], workflow());
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, verdict: 'fail', design: 'paired' });
    expect(stderr).toContain('::error title=');
  });

  test('--out and --junit write verdict, Markdown and JUnit', async () => {
    const { code } = await here.cli([...argv, '--out', '@gate', '--junit', '@deep/gate.xml']);
    expect(code).toBe(1);
    expect(here.read('deep/gate.xml')).toContain('tests="5" failures="2" errors="0" skipped="0"');
    expect(here.read('gate/gate.junit.xml')).toBe(here.read('deep/gate.xml'));
    expect(JSON.parse(here.read('gate/gate.json'))).toMatchObject({ verdict: 'fail' });
    expect(here.read('gate/gate.md')).toContain('## FAIL: ');
  });
});

describe('a run against itself', () => {
  test('two answers a question are enough, and margins are proposed', async () => {
    const { code, stdout } = await here.cli(['aa', 'twice:A', ...DB]);
    expect(code).toBe(0);
    // d = ±1 in turn, 30 a culture: SE = √(30/29/90) = 0.1072 in total, √(1/29) = 0.1857 in a culture;
    // 3.7 · 0.1072 = 0.397 → 0.40, 4 · 0.1857 = 0.743 → 0.75.
    expect(stdout).toContain('margins: { total: 0.4, culture: 0.75 }');
    expect(stdout).toMatch(/All {2,}0\.00 .* 0\.11 {2,}0\.40 {2,}0\.35 too tight {2,}90/);
  });

  test('a drift between the answers exits with 1', async () => {
    const { code, stdout } = await here.cli(['aa', 'drifted:A', ...DB]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^These differ where they should not:\n\n- All by −1\.00/);
  });

  test('the same stored answers twice say nothing, and the message says what to do', async () => {
    expect((await here.cli(['aa', 'old:A', ...DB])).stderr).toContain('trials: { responses: 2 }');
    expect((await here.cli(['aa', 'old:A', 'old:A', ...DB])).stderr).toContain('the same answers');
    const equal = await here.cli(['aa', 'old:A', 'old:B', ...DB]);
    expect(equal.code).toBe(2);
    expect(equal.stderr).toContain('Every question has the same rating both times');
  });

  test('two stores can be held against each other', async () => {
    await writeRun(here.path('again.sqlite'), { name: 'again', rating: near });
    const argv = ['aa', 'old:A', 'again:A', ...DB, '--second-db', '@again.sqlite', '--json'];
    const { code, stdout } = await here.cli(argv);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ repeatable: true, second: 'again: A' });
  });
});
