import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TASK_SETS } from '../../src/datasets/task-sets.ts';
import { makeWorkplace, type Workplace } from '../cli/workplace.ts';
import { writeMadeUpSets } from '../support/made-up-sets.ts';

const CONFIGS = fileURLToPath(new URL('../../configs/', import.meta.url));

let here: Workplace;
beforeAll(async () => {
  here = makeWorkplace();
  cpSync(`${CONFIGS}sources`, here.path('configs/sources'), { recursive: true });
  await writeMadeUpSets(here.path('configs/items'));
});
afterAll(() => here.remove());

/** Questions that the made-up rows leave, by culture. */
const QUESTIONS: Readonly<Record<string, string>> = {
  arabicmmlu: '2 of 2 questions: Arab 2',
  // Five of six: one was answered by nobody, one by too few.
  blend: '8 of 8 questions: Chinese 4, Algerian 4',
  // One has two equal options.
  cmmlu: '7 of 7 questions: Chinese 7',
  culturalbench: '2 of 2 questions: Chile 1, China 1',
  // Two of each six are not annotated.
  'global-mmlu': '12 of 12 questions: Arab 4, Chinese 4, Japanese 4',
  // One has too little agreement.
  culturebank: '1 of 1 questions: Korean 1',
  culturebench: '1 of 1 questions: Peru 1',
  // The other is not about a culture.
  calmqa: '1 of 1 questions: Arabic 1',
  include: '12 of 12 questions: Arab 4, Chinese 4, Japanese 4',
  'mmlu-prox-ja': '4 of 4 questions: Japanese 4',
  normad: '3 of 3 questions: Egypt 3',
  // The other asks for a letter.
  palm: '1 of 1 questions: Yemen 1',
  // Later turns and other models are not asked.
  prism: '1 of 1 questions: Raters of PRISM 1',
};

test('there is a config for each set that fetch brings', () => {
  const names = readdirSync(`${CONFIGS}sources`).flatMap(
    (name) => name.match(/.*(?=\.yaml$)/) ?? [],
  );
  expect(names.sort()).toEqual(Object.keys(QUESTIONS).sort());
  for (const set of Object.keys(TASK_SETS)) expect(names).toContain(set);
});

test.for(Object.entries(QUESTIONS))(
  'sources/%s.yaml states licence and reference, reads its set and can be rehearsed',
  async ([set, questions]) => {
    const text = readFileSync(`${CONFIGS}sources/${set}.yaml`, 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/schema\.json\n/);
    if (set in TASK_SETS) expect(text).toContain(`care-judge fetch ${set}`);
    else expect(text).toMatch(/^# First: /m);
    expect(text).toMatch(/^# (?:.* )?Licence: /m);
    expect(text).toMatch(/^# Reference: /m);
    const valid = await here.cli(['validate', `@configs/sources/${set}.yaml`]);
    expect(valid).toMatchObject({ code: 0 });
    expect(valid.stdout).toContain(questions);
    const run = await here.cli([
      ...['run', `@configs/sources/${set}.yaml`, '--rehearse', '--db', `@${set}.sqlite`],
    ]);
    expect(run.stderr).toContain('none missing');
    expect(run.code).toBe(0);
  },
);

test('PRISM’s ratings come beside the answers that a judge rated, mapped onto ten points', async () => {
  const ratings = ['configs/items/prism/utterances.jsonl', '--scale', '1-100'];
  const imported = await here.cli([
    ...['import', 'ratings', `@${ratings[0]}`, ...ratings.slice(1)],
    ...['--db', '@prism-rehearsal.sqlite', '--json'],
  ]);
  expect(imported.code).toBe(0);
  expect(JSON.parse(imported.stdout)).toMatchObject({ added: 3, linked: 1, raters: 1 });
});
