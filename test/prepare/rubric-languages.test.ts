import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type PreparedRun, prepareRun } from '../../src/prepare/prepare.ts';
import { renderRubric } from '../../src/prompts/rubric.ts';
import { planItem } from '../../src/run/plan.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rubric-languages-'));
  const question = { reference: 'R', culture: 'C', category: 'Literacy' };
  const languages = ['zh', 'zh-Hant', 'ar'];
  const rows = languages.map((language) =>
    JSON.stringify({ ...question, language, id: language, question: `${language}?` }),
  );
  await writeFile(join(folder, 'items.jsonl'), rows.join('\n'));
  await writeFile(join(folder, 'own.hbs'), rubric('English'));
});
afterEach(() => rm(folder, { recursive: true }));

const rubric = (opening: string) =>
  `${opening}: {{question}} {{reference}} {{response}} Rating: [[number]]`;

async function prepare(parts: object = { rubricLanguage: 'question' }): Promise<PreparedRun> {
  const config = {
    ...{ version: 1, name: 't', items: [{ file: 'items.jsonl' }] },
    endpoints: { s: { kind: 'simulated' } },
    models: [{ name: 'm', endpoint: 's', model: 'simulated-60' }],
    judges: [{ name: 'j', endpoint: 's', model: 'simulated-judge' }],
    rubrics: { Literacy: 'own.hbs' },
    ...parts,
  };
  await writeFile(join(folder, 'c.json'), JSON.stringify(config));
  return prepareRun(join(folder, 'c.json'), { environment: {} });
}

/** What each question's answer is judged with: the first word of the prompt. */
async function openings({ program, items }: PreparedRun): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const item of items()) {
    const [message] = renderRubric(program.rubricOf(item.category), item, 'A');
    found[item.language] = message?.content.split(':')[0] ?? '';
  }
  return found;
}

it('judges by the file of the question’s language, then of its main language, else by the one named', async () => {
  await writeFile(join(folder, 'own.zh.hbs'), rubric('中文'));
  await writeFile(join(folder, 'own.de.hbs'), rubric('Deutsch'));
  const prepared = await prepare();
  expect(await openings(prepared)).toEqual({ zh: '中文', 'zh-Hant': '中文', ar: 'English' });
  // No question is German: that file changes no plan.
  const { translations } = prepared.program.definition.rubrics['Literacy'] ?? {};
  expect(Object.keys(translations ?? {})).toEqual(['zh']);
});

it('takes the closest tag where both lie beside the rubric', async () => {
  await writeFile(join(folder, 'own.zh.hbs'), rubric('中文'));
  await writeFile(join(folder, 'own.zh-Hant.hbs'), rubric('繁體'));
  expect(await openings(await prepare())).toEqual({ zh: '中文', 'zh-Hant': '繁體', ar: 'English' });
});

it('leaves files beside the rubric alone unless the config asks for them', async () => {
  const without = await prepare({});
  await writeFile(join(folder, 'own.zh.hbs'), rubric('中文'));
  const beside = await prepare({});
  expect(await openings(beside)).toEqual({ zh: 'English', 'zh-Hant': 'English', ar: 'English' });
  expect(beside.program.definition.planKey).toBe(without.program.definition.planKey);
});

it('plans other judgments only for the questions whose rubric is another', async () => {
  await writeFile(join(folder, 'own.zh.hbs'), rubric('中文'));
  const keys = async ({ program, items }: PreparedRun) => {
    const found: [string, string | undefined][] = [];
    for await (const item of items()) {
      const [response] = planItem(program, item).responses;
      found.push([item.language, response?.judgments[0]?.key]);
    }
    return new Map(found);
  };
  const before = await keys(await prepare({}));
  const after = await keys(await prepare());
  const changed = [...before].flatMap(([language, key]) =>
    after.get(language) === key ? [] : language,
  );
  expect(changed).toEqual(['zh', 'zh-Hant']);
});

it('names what is wrong in a rubric of another language', async () => {
  await writeFile(join(folder, 'own.zh.hbs'), '没有评分 {{question}} {{reference}}');
  await expect(prepare()).rejects.toThrow(/own\.zh\.hbs.*response/s);
});

it('says so where no rubric has another language beside it, and where a set has none', async () => {
  await expect(prepare()).rejects.toThrow(/c\.json:1.*rubricLanguage.*no rubric has a file/s);
  await expect(prepare({ rubricLanguage: 'question', rubrics: 'care-by-content' })).rejects.toThrow(
    /rubricLanguage.*is in English only/s,
  );
});
