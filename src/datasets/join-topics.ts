import { join } from 'node:path';
import { z } from 'zod';
import { readRows } from '../adapters/files/read/read-rows.ts';
import { writeTextFile } from '../adapters/files/write-atomically.ts';
import { OperatorError } from '../domain/errors.ts';
import type { FetchedFile } from './care.ts';

const annotatedSchema = z.object({
  question: z.string(),
  en_question: z.string().nullish(),
  annotations: z.array(z.unknown()),
  idks: z.record(z.string(), z.number()),
});
const topicSchema = z.object({ ID: z.string(), Topic: z.string() });

/**
 * BLEnD keeps topics apart from answers, and its rule of which questions count adds two columns: writes
 * `REGION.jsonl` with ID, Topic, question, en_question, annotations, idk, and `unanswerable`, the sum of
 * its no-answer and not-applicable. Throws OperatorError.
 */
export async function joinTopics(
  folder: string,
  fetched: readonly FetchedFile[],
): Promise<FetchedFile[]> {
  const made: FetchedFile[] = [];
  for (const { name } of fetched) {
    const [, region] = /\/annotations\w*\/(\w+)_data\.json$/.exec(`/${name}`) ?? [];
    if (region === undefined) continue;
    const questions = fetched.find((file) => file.name.includes(`/${region}_questions.`));
    const topics = questions === undefined ? null : await topicsIn(join(folder, questions.name));
    const lines: string[] = [];
    for await (const row of annotatedRows(join(folder, name)))
      lines.push(JSON.stringify({ ...row, Topic: topics?.get(row.ID) ?? null }));
    const target = `${region}.jsonl`;
    await writeTextFile(join(folder, target), `${lines.join('\n')}\n`);
    made.push({ name: target, state: 'written' });
  }
  return made;
}

async function* annotatedRows(path: string) {
  for await (const { line, fields } of readRows(path, { rows: '.' })) {
    const parsed = annotatedSchema.safeParse(fields);
    // Under its id as the key of an object, or in a column.
    const id = z.string().safeParse(fields['ID'] ?? fields['id']);
    if (!parsed.success || !id.success)
      throw new OperatorError(
        `${path}:${line}: is not of BLEnD's shape: question, annotations and idks under an ID`,
      );
    const { question, en_question, annotations, idks } = parsed.data;
    yield {
      ...{ ID: id.data, question, en_question: en_question ?? null, annotations },
      idk: idks['idk'] ?? 0,
      unanswerable: (idks['no-answer'] ?? 0) + (idks['not-applicable'] ?? 0),
    };
  }
}

async function topicsIn(path: string): Promise<ReadonlyMap<string, string>> {
  const topics = new Map<string, string>();
  const options = path.endsWith('.json') ? { rows: '.' } : {};
  for await (const { line, fields } of readRows(path, options)) {
    const parsed = topicSchema.safeParse(fields);
    if (!parsed.success) throw new OperatorError(`${path}:${line}: has no ID and Topic`);
    topics.set(parsed.data.ID, parsed.data.Topic);
  }
  return topics;
}
