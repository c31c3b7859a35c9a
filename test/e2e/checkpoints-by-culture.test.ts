import { afterAll, beforeAll, expect, test } from 'vitest';
import { summarize } from '../../src/index.ts';
import { languageTable } from '../../src/report/tables/language-table.ts';
import { jsonLines, makeWorkplace, type Workplace } from '../cli/workplace.ts';

const CULTURES = { Chinese: 'zh', Arab: 'ar' } as const;
const questions = Object.entries(CULTURES).flatMap(([culture, language]) =>
  ['one', 'two', 'three'].map((name) => ({
    id: `${language}-${name}`,
    question: `${culture} question ${name}?`,
    reference: `${culture} answer ${name}, with some words more.`,
    ...{ culture, language, category: 'Opinion' },
  })),
);
const answered = (culture: string) =>
  jsonLines(
    questions
      .filter((one) => one.culture === culture)
      .map(({ id, reference }) => ({ item: id, response: reference })),
  );

/** Two entries of one name and variant, and one that is cut short; between them stands another model. */
const CONFIG = `version: 1
name: by-culture
items: [{ file: items.jsonl }]
endpoints: { none: { kind: simulated } }
models:
  - { name: Q, variant: Aligned, cultures: [Chinese], baseline: Vanilla, responses: zh.jsonl }
  - { name: Q, variant: Vanilla, endpoint: none, model: simulated-weak, decoding: { max_tokens: 2 } }
  - { name: Q, variant: Aligned, cultures: [Arab], baseline: Vanilla, responses: ar.jsonl }
judges: [{ name: J, endpoint: none, model: simulated-judge }]
`;

let here: Workplace;
let run = '';
beforeAll(async () => {
  here = makeWorkplace();
  here.write('items.jsonl', jsonLines(questions));
  here.write('zh.jsonl', answered('Chinese'));
  here.write('ar.jsonl', answered('Arab'));
  here.write('c.yaml', CONFIG);
  const { code, stdout } = await here.cli(['run', '@c.yaml', '--db', '@s.sqlite']);
  expect(code).toBe(0);
  run = stdout.trim().split('\n').at(-1) ?? '';
});
afterAll(() => here.remove());

test('checkpoints made for one culture each are one row over all questions', () => {
  const { estimates, models = [], coverage } = summarize(here.path('s.sqlite'), run);
  expect(models.map(({ variant }) => variant)).toEqual(['Aligned', 'Vanilla']);
  const whole = estimates.filter(({ by }) => Object.keys(by).length === 0);
  // 3 Chinese questions of the one file and 3 Arab ones of the other; the model between keeps its 6.
  expect(whole.map(({ variant, style, estimate }) => [variant, style, estimate.n])).toEqual([
    ['Aligned', 'recorded', 6],
    ['Vanilla', 'zero-shot', 6],
  ]);
  expect(coverage.reduce((sum, { planned }) => sum + planned, 0)).toBe(12);
});

test('the same is compared, exported and counted as one', async () => {
  const compared = await here.cli([
    ...['compare', ':Q/Aligned@recorded', ':Q/Vanilla@zero-shot', '--db', '@s.sqlite', '--json'],
  ]);
  expect(JSON.parse(compared.stdout).questions).toBe(6);
  const valid = await here.cli(['validate', '@c.yaml']);
  // 6 asked of Vanilla; the 6 recorded ones are judged only.
  expect(valid.stdout).toContain('models: Q (Aligned), Q (Vanilla)');
  expect(valid.stdout).toContain('6 answers and 12 judgments');
  here.write('d.yaml', CONFIG.replace('[Arab]', '[Arabic]'));
  const unknown = await here.cli(['validate', '@d.yaml']);
  expect(unknown.stderr).toMatch(
    /d\.yaml:8: models\[2\]\.cultures: .*"Arabic"; there are: Chinese, Arab/,
  );
});

test('answers that were cut short are counted by language', () => {
  const summary = summarize(here.path('s.sqlite'), run);
  const vanilla = summary.languages?.filter(({ variant }) => variant === 'Vanilla');
  expect(vanilla).toEqual(
    ['ar', 'zh'].map((language) => ({
      ...{ model: 'Q', variant: 'Vanilla', style: 'zero-shot', language },
      ...{ answered: 3, truncated: 3 },
    })),
  );
  const table = languageTable(summary);
  expect(table?.columns.map(({ group, heading }) => `${group} ${heading}`)).toEqual([
    'ar Answers',
    'ar Cut short',
    'zh Answers',
    'zh Cut short',
  ]);
  const counts = table?.rows.map(({ cells }) =>
    cells.map((cell) => (cell?.kind === 'count' ? cell.count : null)),
  );
  expect(counts).toEqual([
    [3, 0, 3, 0],
    [3, 3, 3, 3],
  ]);
});
