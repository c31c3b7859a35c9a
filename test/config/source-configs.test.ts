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
  include: '12 of 12 questions: Arab 4, Chinese 4, Japanese 4',
  'mmlu-prox-ja': '4 of 4 questions: Japanese 4',
};

test('there is a config for each set that fetch brings', () => {
  const names = readdirSync(`${CONFIGS}sources`);
  for (const set of Object.keys(TASK_SETS)) expect(names).toContain(`${set}.yaml`);
  expect(Object.keys(QUESTIONS).sort()).toEqual(Object.keys(TASK_SETS).sort());
});

test.for(Object.entries(QUESTIONS))(
  'sources/%s.yaml states licence and reference, reads its set and can be rehearsed',
  async ([set, questions]) => {
    const text = readFileSync(`${CONFIGS}sources/${set}.yaml`, 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/schema\.json\n/);
    expect(text).toContain(`care-judge fetch ${set}`);
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
