import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Column } from '../../src/adapters/files/read/cells.ts';
import { writeRows } from '../../src/adapters/files/write/write-rows.ts';

type Row = Readonly<Record<string, string | number | null>>;

const CULTURE_BANK = [
  'cluster_id,cultural group,topic,agreement,eval_question,eval_whole_desc',
  '1,Korean,Food,0.8,What is served first?,Soup is served first.',
  '2,Chilean,Food,0.4,What is served last?,Fruit is served last.',
  '',
].join('\n');

/** Sets that a judge rates, a few rows each. */
const RATED: Readonly<Record<string, readonly unknown[]>> = {
  'calmqa/calmqa.jsonl': [
    { question: 'كيف؟', answer: 'هكذا.', language: 'Arabic', question_type: 'culturally specific' },
    {
      question: 'Why is it blue?',
      answer: 'So.',
      language: 'English',
      question_type: 'culturally agnostic',
    },
  ],
  'normad/normad.jsonl': ['yes', 'no', 'neutral'].map((gold, index) => ({
    ...{ Story: `Story ${index}`, Country: 'Egypt', 'Gold Label': gold },
    options: ['yes', 'no', 'neutral'],
  })),
  'culturebench/questions.jsonl': [
    { question: 'What?', answer: 'This.', country: 'Peru', lang: 'es' },
  ],
  'prism/utterances.jsonl': [
    utterance(0, 'gpt-4', 'An answer.', 88),
    utterance(0, 'claude-2', 'Another answer.', 31),
    utterance(1, 'gpt-4', 'A later one.', 50),
  ],
};

function utterance(turn: number, model: string, response: string, score: number) {
  return {
    ...{ utterance_id: `ut${turn}${model}`, conversation_id: 'c1', conversation_type: 'unguided' },
    ...{ user_id: 'u1', turn, model_name: model, user_prompt: `Prompt ${turn}`, score },
    model_response: response,
  };
}

const palm = ['mcq', 'open'].map((question_type, index) => ({
  ...{
    id: `p${index}`,
    country: 'Yemen',
    topic: 'Food',
    instruction: `سؤال ${index}`,
    output: 'جواب',
  },
  question_type,
}));

const jsonLines = (rows: readonly unknown[]) =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const letter = (index: number) => 'ABCD'.charAt(index % 4);

const blend = (region: string) =>
  jsonLines(
    times(6, (index) => ({
      ...{ ID: `Xx-${index}`, Topic: index % 2 === 0 ? 'Food' : 'Sport' },
      ...{ question: `${region} question ${index}?`, en_question: `Question ${index}?` },
      annotations:
        // The last one was answered by nobody.
        index === 5
          ? []
          : [{ answers: [`jawab ${index}`], en_answers: [`word ${index}`], count: 2 }],
      // The one before by too few.
      ...{ idk: 1, unanswerable: index === 4 ? 3 : 0 },
    })),
  );

const cmmlu = (question: string) =>
  jsonLines(
    times(8, (index) => ({
      ...{ ID: `genetics-${index + 32}`, Subject: index < 4 ? 'genetics' : 'arts' },
      ...{ Question: `${question} ${index}`, A: '甲', B: '乙', C: '丙' },
      D: question === '问' && index === 4 ? '甲' : '丁',
      Answer: letter(index),
    })),
  );

const ARABIC_MMLU = [
  'ID,Source,Country,Group,Subject,Level,Question,Context,Answer Key,Option 1,Option 2,Option 3,Option 4,Option 5,is_few_shot',
  '1,x,Jordan,Humanities,History,High,سؤال أول؟,,B,نعم,لا,,,,0',
  '2,x,Egypt,STEM,Biology,High,سؤال ثان؟,فقرة طويلة,E,واحد,اثنان,ثلاثة,أربعة,خمسة,0',
  '',
].join('\n');

const CULTURAL_BENCH = [
  'data_idx,question_idx,prompt_question,prompt_option_a,prompt_option_b,prompt_option_c,prompt_option_d,answer,country',
  '0,7,What is eaten first?,Rice,Bread,Soup,Fruit,C,Chile',
  '1,8,Who pours tea?,The host,A guest,The eldest,The youngest,A,China',
  '',
].join('\n');

async function parquet(file: string, rows: readonly Row[]): Promise<void> {
  const [first = {}] = rows;
  const columns = Object.keys(first).map(
    (name): Column => ({
      name,
      type: rows.some((row) => typeof row[name] === 'number') ? 'integer' : 'text',
    }),
  );
  await writeRows(file, columns, rows);
}

const include = (language: string) =>
  times(4, (index) => ({
    ...{ language, country: 'Jordan', domain: 'Social Science', subject: 'History' },
    ...{ regional_feature: 'culture', level: 'Academic', question: `${language} ${index}?` },
    ...{ option_a: 'one', option_b: 'two', option_c: 'three', option_d: 'four', answer: index },
  }));

const proX = times(4, (index) => ({
  question: `質問 ${index}`,
  ...Object.fromEntries(
    times(10, (option) => [`option_${option}`, option < 4 + index ? `選択 ${option}` : null]),
  ),
  ...{ answer: letter(index), category: 'history', src: 'x' },
}));

const globalMmlu = (language: string) =>
  times(6, (index) => ({
    ...{
      sample_id: `history/test/${index}`,
      subject: 'history',
      question: `${language} ${index}?`,
    },
    ...{ option_a: 'one', option_b: 'two', option_c: 'three', option_d: 'four' },
    ...{ answer: letter(index), cultural_sensitivity_label: ['CS', 'CA', '-'][index % 3] ?? '-' },
  }));

/** Made-up rows in the shapes of the public sets, where `fetch` puts those: `folder` is configs/items. */
export async function writeMadeUpSets(folder: string): Promise<void> {
  const texts: Readonly<Record<string, string>> = {
    'blend/CN.jsonl': blend('CN'),
    'blend/DZ.jsonl': blend('DZ'),
    'cmmlu/test.jsonl': cmmlu('问'),
    'cmmlu/dev.jsonl': cmmlu('例'),
    'arabicmmlu/All/test.csv': ARABIC_MMLU,
    'culturalbench/CulturalBench-Easy.csv': CULTURAL_BENCH,
    'culturebank/culturebank_tiktok.csv': CULTURE_BANK,
    ...Object.fromEntries(Object.entries(RATED).map(([name, rows]) => [name, jsonLines(rows)])),
  };
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const tables: Readonly<Record<string, readonly Row[]>> = {
    'include/Arabic': include('Arabic'),
    'include/Chinese': include('Chinese'),
    'include/Japanese': include('Japanese'),
    'mmlu-prox-ja/ja': proX,
    'global-mmlu/ar': globalMmlu('ar'),
    'global-mmlu/en': globalMmlu('en'),
    'global-mmlu/ja': globalMmlu('ja'),
    'global-mmlu/zh': globalMmlu('zh'),
  };
  mkdirSync(join(folder, 'palm'), { recursive: true });
  for (const [name, rows] of Object.entries(tables)) {
    mkdirSync(join(folder, name), { recursive: true });
    await parquet(join(folder, name, 'test-00000-of-00001.parquet'), rows);
  }
  await parquet(join(folder, 'palm/test.parquet'), palm);
}
