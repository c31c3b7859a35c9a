import { once } from 'node:events';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CULTURES = [
  {
    culture: 'Chinese',
    language: 'zh',
    words: ['节日', '习俗', '家人', '茶', '春天', '诗', '老师', '礼物'],
  },
  {
    culture: 'Arab',
    language: 'ar',
    words: ['القهوة', 'الضيف', 'العيد', 'المدينة', 'الشعر', 'السوق', 'العائلة', 'المطر'],
  },
  {
    culture: 'Japanese',
    language: 'ja',
    words: ['祭り', '季節', '家族', 'お茶', '俳句', '先生', '贈り物', '神社'],
  },
] as const;
export const CATEGORIES = [
  'Cultural entities',
  'Opinion',
  'Social norms',
  'Cultural commonsense',
  'Literacy',
];
export const SCOPES = ['Sub-nationwide', 'Nationwide', 'Continent-wide', 'Worldwide'];

/** Writes `count` made-up items of about CARE's length, the same ones every time. */
export async function writeItems(file: string, count: number): Promise<void> {
  const stream = createWriteStream(file);
  for (let index = 0; index < count; index += 1) {
    const line = `${JSON.stringify(itemOf(index))}\n`;
    if (!stream.write(line)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}

function itemOf(index: number) {
  const place = CULTURES[index % CULTURES.length];
  if (!place) throw new RangeError('no such culture');
  const { culture, language, words } = place;
  const pick = (shift: number) =>
    words[(index * 7 + shift * 3 + Math.floor(index / (shift + 2))) % words.length];
  const phrase = (length: number, shift: number) =>
    Array.from({ length }, (_, position) => pick(position + shift)).join(
      language === 'ar' ? ' ' : '',
    );
  return {
    id: `item-${index}`,
    question: `${phrase(12, 1)} ${index}？`,
    reference: `${phrase(40, 5)} ${index}。`,
    culture,
    language,
    category: CATEGORIES[Math.floor(index / 3) % CATEGORIES.length],
    scope: SCOPES[index % SCOPES.length],
    association: 'Native',
  };
}

export interface ConfigOptions {
  readonly items: string;
  readonly url: string;
  readonly concurrency: number;
}

/** Writes a config with one model and one judge, each behind an endpoint of its own. */
export function writeConfig(folder: string, { items, url, concurrency }: ConfigOptions): string {
  const file = join(folder, `bench-${concurrency}.yaml`);
  const endpoint = `{ kind: vllm, baseUrl: "${url}/v1", concurrency: ${concurrency} }`;
  writeFileSync(
    file,
    [
      'version: 1',
      'name: bench',
      `items: [{ file: ${JSON.stringify(items)} }]`,
      'endpoints:',
      `  models: ${endpoint}`,
      `  judges: ${endpoint}`,
      'models: [{ name: Simulated, endpoint: models, model: simulated-70, decoding: { temperature: 0.7, max_tokens: 1024 } }]',
      'judges: [{ name: Judge, endpoint: judges, model: judge, decoding: { temperature: 0 } }]',
      '',
    ].join('\n'),
  );
  return file;
}

interface WrittenItem {
  readonly question: string;
  readonly reference: string;
}

const RUBRIC = new URL('../../prompts/judge/literacy.hbs', import.meta.url);
/** Bodies that are sent in turn; more would only make the loop's own memory grow. */
const BODIES = 2000;

/** Request bodies such as a run over these items sends: an answer's, then its verdict's. */
export function callBodies(file: string): string[] {
  const rubric = readFileSync(RUBRIC, 'utf8');
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, BODIES / 2);
  return lines.flatMap((line) => {
    const { question, reference }: WrittenItem = JSON.parse(line);
    const prompt = rubric
      .replace('{{question}}', question)
      .replace('{{reference}}', reference)
      .replace('{{response}}', reference);
    return [
      chatBody('simulated-70', question, { temperature: 0.7, max_tokens: 1024 }),
      chatBody('judge', prompt, { temperature: 0 }),
    ];
  });
}

function chatBody(model: string, content: string, decoding: object): string {
  return JSON.stringify({ model, messages: [{ role: 'user', content }], ...decoding });
}
