import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { jsonLines, makeWorkplace, type Workplace } from '../cli/workplace.ts';
import { writeMadeUpSets } from '../support/made-up-sets.ts';

const CONFIGS = fileURLToPath(new URL('../../configs/', import.meta.url));
const CARE = fileURLToPath(new URL('../../../shared/data/care/', import.meta.url));
const absent = !existsSync(CARE);
const why = `${CARE} is absent: the CARE test set is not part of the repository`;
if (absent) process.stderr.write(`skipped: ${why}\n`);
const names = readdirSync(`${CONFIGS}paper`).filter((name) => name.endsWith('.yaml'));

const rowsSchema = z.array(z.looseObject({ question: z.string(), answer: z.string() }));

let here: Workplace;
beforeAll(async () => {
  here = makeWorkplace();
  cpSync(`${CONFIGS}paper`, here.path('configs/paper'), { recursive: true });
  await writeMadeUpSets(here.path('configs/items'));
  if (absent) return;
  await here.cli(['fetch', 'care', '--from', CARE, '--out', '@configs/items/care']);
  writeWhatIsNotReleased();
});
afterAll(() => here.remove());

/** Made-up translations and pages, of the form that the configs ask for. */
function writeWhatIsNotReleased(): void {
  const native: unknown[] = [];
  const english: unknown[] = [];
  for (const set of ['Chinese', 'Arabic', 'Japanese']) {
    const rows = rowsSchema.parse(JSON.parse(readFileSync(`${CARE}${set}-test.json`, 'utf8')));
    const translated = rows.map((row, index) => ({
      ...row,
      question: `${set} question ${index}`,
      answer: `Reference ${index}`,
      native_question: row.question,
    }));
    here.write(`configs/items/care/english/${set}-test.json`, JSON.stringify(translated));
    native.push(...rows.map(({ question }) => ({ question, response: 'A page.' })));
    english.push(...translated.map(({ question }) => ({ question, response: 'A page.' })));
  }
  here.write('configs/items/care/search/native.jsonl', jsonLines(native));
  here.write('configs/items/care/search/english.jsonl', jsonLines(english));
}

test('there is a config for each result of the paper', () => {
  expect(names.map((name) => name.replace(/[-.].*/, ''))).toEqual([
    ...['figure3', 'figure4', 'figure5', 'figure6', 'figure6', 'figure6', 'table11', 'table12'],
    ...['table13', 'table14', 'table3', 'table4', 'table4', 'table5', 'table5'],
  ]);
});

test.for(names)(
  '%s says what it makes and needs, is valid and can be rehearsed',
  async (name, { skip }) => {
    const text = readFileSync(`${CONFIGS}paper/${name}`, 'utf8');
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schema\.json\n# (?:Table|Figure) \d/,
    );
    expect(text).toMatch(/^# Needs /m);
    skip(absent, why);
    const valid = await here.cli(['validate', `@configs/paper/${name}`]);
    expect(valid).toMatchObject({ code: 0 });
    // Of right answers nobody judges.
    if (/^rubrics:/m.test(text))
      expect(valid.stderr).toMatch(
        /^Warning: .*literacy\.txt and norms_commonsense\.txt look swapped/,
      );
    else expect(text).toContain('no judge');
    const run = await here.cli([
      ...['run', `@configs/paper/${name}`, '--rehearse', '--limit', '8'],
      ...['--db', '@rehearsed.sqlite'],
    ]);
    expect(run.stderr).toContain('none missing');
    expect(run.code).toBe(0);
  },
);

test('questions in two languages are compared with themselves', async ({ skip }) => {
  skip(absent, why);
  // A whole culture, so that both draws hold the same questions.
  for (const name of ['figure6-native', 'figure6-english']) {
    const config = here.read(`configs/paper/${name}.yaml`);
    const small = config.replace(
      'endpoints:',
      'select: { culture: [Japanese], category: [Opinion] }\nendpoints:',
    );
    here.write(`configs/paper/small-${name}.yaml`, small);
    const db = ['--db', '@pairs.sqlite'];
    const run = await here.cli(['run', `@configs/paper/small-${name}.yaml`, '--rehearse', ...db]);
    expect(run.code).toBe(0);
  }
  const sides = ['care-figure6-native:GPT-4o', 'care-figure6-english:GPT-4o'];
  const db = ['--db', '@pairs-rehearsal.sqlite', '--json'];
  const compared = await here.cli(['compare', ...sides, ...db]);
  expect(JSON.parse(compared.stdout)).toMatchObject({
    questions: 30,
    estimand: expect.stringContaining('paired by `cluster`'),
  });
});

test('both rubric sets judge the same answers, and the report names what differs', async ({
  skip,
}) => {
  skip(absent, why);
  const command = [
    ...['run', '@configs/paper/table12.yaml', '--rehearse', '--limit', '10'],
    ...['--db', '@sets.sqlite'],
  ];
  const byContent = await here.cli(command);
  const asReleased = await here.cli(command, { CARE_RUBRICS: 'care-as-released' });
  const ids = [byContent, asReleased].map(({ stdout }) => stdout.trim().split('\n').at(-1) ?? '');
  expect(new Set(ids).size).toBe(2);
  const report = await here.cli([
    ...['report', ...ids, '--db', '@sets-rehearsal.sqlite', '--out', '@both'],
  ]);
  expect(report.code).toBe(0);
  const page = here.read('both/report.html');
  expect(page).toContain('Swallow-8B · care-as-released');
  const settings = page.slice(page.indexOf('Settings that are not the same'));
  expect(settings).toMatch(/rubricSet[\s\S]{0,200}care-by-content[\s\S]{0,200}care-as-released/);
});

test('a rubric set without its files, or with edited ones, says how to get them', async ({
  skip,
}) => {
  skip(absent, why);
  const prompt = 'configs/items/care/prompts/literacy.hbs';
  const text = here.read(prompt);
  here.write(prompt, text.replace('1', '2'));
  const edited = await here.cli(['validate', '@configs/paper/table3.yaml']);
  here.write(prompt, text);
  expect(edited.code).toBe(2);
  expect(edited.stderr).toContain('literacy.hbs is not the prompt as it was released');
  const elsewhere = makeWorkplace();
  elsewhere.write('paper/table3.yaml', here.read('configs/paper/table3.yaml'));
  const lacking = await elsewhere.cli(['validate', '@paper/table3.yaml']);
  elsewhere.remove();
  expect(lacking.stderr).toMatch(/rubrics: care-by-content: needs .* `care-judge fetch care`/);
  expect(lacking.stderr).toMatch(/Chinese-test\.json .*; `care-judge fetch care` brings it/);
});
