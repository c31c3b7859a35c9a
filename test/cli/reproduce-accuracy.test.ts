import { cpSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeMadeUpSets } from '../support/made-up-sets.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

const PAPER = fileURLToPath(new URL('../../configs/paper', import.meta.url));

let here: Workplace;
beforeAll(() => {
  here = makeWorkplace();
  cpSync(PAPER, here.path('configs/paper'), { recursive: true });
});
afterAll(() => here.remove());

interface Cell {
  readonly benchmark: string;
  readonly language: string;
  readonly approach: string;
  readonly ours: { readonly n: number; readonly value: number; readonly label: string } | null;
  readonly difference: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
  } | null;
  readonly verdict: string | null;
  readonly paper: number;
}

test('without a run, shows what the paper prints, leaves open, and can tell at its n', async () => {
  const shown = await here.cli(['reproduce', 'table14', '--db', '@none.sqlite']);
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toContain('Of 36 printed figures none has a counterpart of ours.');
  expect(shown.stdout).toContain('24 differences 1 is resolved at its n');
  expect(shown.stdout).toMatch(/Prompt and shots: No prompt and no number of examples is printed/);
  const drawn = await here.cli(['reproduce', 'figure4', '--db', '@none.sqlite']);
  expect(drawn.stdout).toContain('Figure 4 is drawn without figures');
  const misplaced = await here.cli([
    'reproduce',
    'table14',
    '--judge',
    'J',
    '--db',
    '@none.sqlite',
  ]);
  expect(misplaced).toMatchObject({ code: 2, stdout: '' });
  expect(misplaced.stderr).toContain('--judge goes with results in ratings');
});

test('puts a rehearsed run beside the printed figures, task by task and variant by variant', async () => {
  await writeMadeUpSets(here.path('configs/items'));
  const db = ['--db', '@store.sqlite'];
  const run = await here.cli(['run', '@configs/paper/table14.yaml', '--rehearse', ...db]);
  expect(run.code).toBe(0);
  const rehearsed = ['--db', '@store-rehearsal.sqlite'];
  const json = await here.cli(['reproduce', 'table14', '--json', ...rehearsed]);
  const { cells, simulated, settings } = JSON.parse(json.stdout);
  expect(simulated).toContain('rehearsal');
  const of = (benchmark: string, language: string): Cell[] =>
    cells.filter((cell: Cell) => cell.benchmark === benchmark && cell.language === language);
  // Seven questions of CMMLU are left; a checkpoint stands for its own language alone.
  const chinese = of('MMLU, native', 'Chinese');
  expect(chinese.map(({ ours }) => ours?.n ?? null)).toEqual([7, null, 7]);
  expect(chinese[2]?.ours?.label).toMatch(/^Llama3\.1-8B \(CARE Chinese\), CMMLU, letter/);
  expect(of('MMLU, English', 'Japanese')[2]?.ours?.label).toContain('(CARE Japanese), MMLU');
  expect(of('TruthfulQA', 'Arabic').map(({ ours }) => ours)).toEqual([null, null, null]);
  const [first] = chinese;
  expect(first?.difference?.value).toBeCloseTo(100 * (first?.ours?.value ?? 0) - 55.5, 6);
  // Seven questions show nothing.
  expect(first?.verdict).toBe('cannot tell');
  expect(settings.find(({ setting }: { setting: string }) => setting === 'Scorer').ours).toContain(
    'CMMLU: generate',
  );
  const out = await here.cli(['reproduce', 'table14', ...rehearsed, '--out', '@out']);
  expect(out.code).toBe(0);
  expect(readFileSync(here.path('out/table14.md'), 'utf8')).toContain('55.5; ours');
  expect(here.files().filter((name) => name.startsWith('out/'))).toHaveLength(4);
});
