import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Item } from '../../src/domain/item.ts';
import { rated, storeRun } from '../support/stored-run.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

const CATEGORIES = [
  'Cultural entities',
  'Opinion',
  'Social norms',
  'Cultural commonsense',
  'Literacy',
] as const;

function items(culture: string): Item[] {
  return CATEGORIES.flatMap((category, row) =>
    Array.from({ length: 6 }, (_, column) => ({
      id: `${culture}-${row}-${column}`,
      question: `${culture} ${category} ${column}?`,
      reference: 'A reference.',
      culture,
      language: 'zh',
      category,
      scope: column < 5 ? 'Nationwide' : 'Worldwide',
      association: null,
      cluster: null,
    })),
  );
}

let here: Workplace;
let run: string;

beforeAll(async () => {
  here = makeWorkplace();
  // Six questions a category rated 6 or 8, always 7 on average; the second model three points below.
  run = await storeRun(
    here.path('store.sqlite'),
    {
      name: 'Mine',
      models: [
        { name: 'Qwen2.5-7B-Instruct' },
        { name: 'Qwen2.5-7B', variant: 'Aligned' },
        { name: 'mine', variant: 'v2' },
      ],
      styles: ['zero-shot'],
      judges: ['J'],
      items: [...items('Chinese'), ...items('Arabic')],
      answer: () => ({ status: 'completed', text: 'An answer.', reasoning: null }),
    },
    ({ item, model }) => {
      if (model === 1 && item.id === 'Chinese-1-0') return null;
      const rating = Number(item.id.at(-1)) % 2 === 0 ? 6 : 8;
      return rated(model === 2 ? rating - 3 : rating);
    },
  );
});
afterAll(() => here.remove());

interface Cell {
  readonly column: { readonly culture: string; readonly category?: string };
  readonly paper: number | null;
  readonly ours: { readonly value: number; readonly n: number; readonly missing: number } | null;
  readonly difference: { readonly value: number; readonly se: number } | null;
  readonly verdict: string | null;
  readonly reason: string | null;
}

interface Printed {
  readonly rows: readonly { readonly label: string; readonly cells: readonly Cell[] }[];
  readonly counts: Readonly<Record<string, number>>;
  readonly others: readonly { readonly label: string }[];
}

async function json(...argv: readonly string[]): Promise<Printed> {
  const { code, stdout, stderr } = await here.cli([
    'reproduce',
    ...argv,
    '--db',
    '@store.sqlite',
    '--json',
  ]);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function cellOf({ rows }: Printed, label: string, culture: string, category?: string): Cell {
  const row = rows.find((entry) => entry.label === label);
  const found = row?.cells.find(
    ({ column }) => column.culture === culture && column.category === category,
  );
  if (!found) throw new Error(`no ${label}, ${culture}`);
  return found;
}

test('puts each cell beside the paper’s with difference, interval and verdict', async () => {
  const printed = await json('table3');
  const cell = cellOf(printed, 'Qwen2.5-7B Vanilla', 'Chinese', 'Cultural commonsense');
  // Printed 6.80; ours 7 over 6 questions with s² = 6/5, so SE² = (1.2 / 6) (1 + 6/30) = 0.24.
  expect(cell).toMatchObject({ paper: 6.8, ours: { value: 7, n: 6, missing: 0 } });
  expect(cell.difference?.value).toBeCloseTo(0.2, 12);
  expect(cell.difference?.se).toBeCloseTo(Math.sqrt(0.24), 12);
  // t(0.95, 5) = 2.015: 0.2 + 2.015 · 0.490 + 0.01 = 1.197 is more than the margin of 1.
  expect(cell.verdict).toBe('cannot tell');
  const average = cellOf(printed, 'Qwen2.5-7B Vanilla', 'Arab');
  // Printed 4.61, ours 7 over 30 with stratified SE² = 0.04 (1 + 30/150).
  expect(average).toMatchObject({ verdict: 'differs', ours: { value: 7, n: 30 } });
  expect(average.difference?.se).toBeCloseTo(Math.sqrt(0.04 * 1.2), 12);
  // Chinese: printed 7.28, 0.28 + 1.708 · 0.219 + 0.01 = 0.664 lies outside ±0.5, inside ±0.7.
  expect(cellOf(printed, 'Qwen2.5-7B Vanilla', 'Chinese').verdict).toBe('cannot tell');
  const wider = await json('table3', '--margin', '0.7');
  expect(cellOf(wider, 'Qwen2.5-7B Vanilla', 'Chinese').verdict).toBe('consistent');
});

test('says why a cell has no verdict, and never fills one in', async () => {
  const printed = await json('table3');
  const reason = (label: string, culture: string, category?: string) => {
    const { verdict, reason: why } = cellOf(printed, label, culture, category);
    return [verdict, why];
  };
  expect(reason('Gemma2-9B Vanilla', 'Chinese')).toEqual([null, 'no such series']);
  expect(reason('Qwen2.5-7B Vanilla', 'Japanese')).toEqual([null, 'no such questions']);
  // Blank in the paper; one of six ratings missing.
  expect(reason('Qwen2.5-7B Aligned', 'Chinese', 'Cultural entities')).toEqual([
    null,
    'not printed',
  ]);
  expect(reason('Qwen2.5-7B Aligned', 'Chinese', 'Opinion')).toEqual([
    'cannot tell',
    'too many ratings missing',
  ]);
  expect(printed.others.map(({ label }) => label)).toEqual([`mine (v2), zero-shot (${run})`]);
  const { consistent = 0, differs = 0, ...rest } = printed.counts;
  // 8 rows of 18 cells; two rows with two cultures of 6 cells each, one of them not printed.
  expect(consistent + differs + (rest['cannot tell'] ?? 0)).toBe(23);
  expect(rest['not compared']).toBe(121);
});

test('takes a model for a row that it is told', async () => {
  const printed = await json('table3', '--as', 'mine/v2=Qwen2.5-7B Aligned');
  const cell = cellOf(printed, 'Qwen2.5-7B Aligned', 'Chinese');
  expect(cell).toMatchObject({ ours: { value: 4 }, verdict: 'differs' });
});

test('tests differences from the vanilla model question by question', async () => {
  const printed = await json('table13', '--as', 'mine/v2=Qwen2.5-7B KTO');
  // Every question is rated 3 below: no spread, so nothing can be said of chance.
  expect(cellOf(printed, 'Qwen2.5-7B KTO', 'Chinese')).toMatchObject({
    paper: 0.33,
    ours: { value: expect.closeTo(-3, 9), n: 30 },
    verdict: 'cannot tell',
    reason: 'no spread in our ratings',
  });
});

test('writes a page, Markdown, LaTeX and JSON', async () => {
  const argv = ['reproduce', 'table3', '--db', '@store.sqlite', '--out', '@out'];
  const { code, stdout, stderr } = await here.cli(argv);
  expect(code).toBe(0);
  expect(stderr).toBe(
    `Written: ${['html', 'md', 'tex', 'json'].map((ending) => `HERE/out/table3.${ending}`).join(', ')}\n`,
  );
  expect(stdout).toContain('4.61† → 7.00 ≠');
  expect(stdout).toContain('- Judge model: differs; Paper: GPT-4o on Azure OpenAI');
  expect(here.read('out/table3.md')).toContain('4.61† (4.73) → **7.00**');
  expect(here.read('out/table3.tex')).toContain('\\reproduced{4.61$^\\dagger$}{7.00}{+2.39');
  expect(here.read('out/table3.tex')).toContain('{\\neq}');
  const page = here.read('out/table3.html');
  expect(page).toContain('<abbr title="Mean of its categories: 4.73">†</abbr>');
  expect(page).not.toMatch(/https?:\/\//);
  // What was found comes first and large; each verdict has its colour; the settings are folded up.
  expect(page).toContain('<p class="verdict"><bdi>23 of 144 cells compared: ');
  expect(page).toContain('<span class="verdict-differs">≠ differs</span>');
  expect(page.indexOf('>4.61<abbr')).toBeLessThan(page.indexOf('<summary><bdi>4 differ, '));
  expect(page).toContain('Figures of the paper: CARE: ');
  expect(JSON.parse(here.read('out/table3.json')).table.id).toBe('table3');
});

test('shows ours alone for what the paper only draws', async () => {
  const { code, stdout } = await here.cli(['reproduce', 'figure6', '--db', '@store.sqlite']);
  expect(code).toBe(0);
  expect(stdout).toContain('The paper draws Figure 6 and prints no figures: ours stand alone.');
  expect(stdout).toMatch(/mine \(v2\), zero-shot .* 4\.00\n/);
});

test('lists what can be reproduced with the runs at hand, and without a store', async () => {
  const { stdout } = await here.cli(['reproduce', '--list', '--db', '@store.sqlite']);
  expect(stdout).toContain('table3  Table 3: ');
  expect(stdout).toContain(`${run}: 2 of 8 rows, 23 of 143 figures; lacks Gemma2-9B Vanilla;`);
  expect(stdout).toContain('figure3  Figure 3: ');
  const none = await here.cli(['reproduce', '--list', '--db', '@absent.sqlite']);
  expect(none.code).toBe(0);
  expect(none.stdout).toContain('no run of this store has a row of it');
  expect(here.files()).not.toContain('absent.sqlite');
});

test('refuses what it cannot understand with one sentence', async () => {
  for (const [argv, message] of [
    [['table9'], 'the paper has no result "table9" that could be reproduced; did you mean table3?'],
    [[], 'say which result of the paper'],
    [['table3', '--as', 'mine'], "--as mine: write it as 'OURS=PAPER ROW'"],
    [['table3', '--judge', 'K'], '--judge: no run has ratings of "K"; there are: J'],
    [['table3', 'other'], 'has no run "other"'],
    [['table3', '--margin', '0'], 'must be rating points above 0 and below 9'],
  ] as const) {
    const { code, stderr } = await here.cli(['reproduce', ...argv, '--db', '@store.sqlite']);
    expect(code, message).toBe(2);
    expect(stderr).toContain(message);
  }
});
