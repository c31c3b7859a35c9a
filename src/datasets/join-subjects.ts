import { basename, join } from 'node:path';
import { unpackZip } from '../adapters/fetch/unpack-zip.ts';
import { readRows } from '../adapters/files/read/read-rows.ts';
import { writeRows } from '../adapters/files/write/write-rows.ts';
import { OperatorError } from '../domain/errors.ts';
import type { FetchedFile } from './care.ts';

const SPLITS = ['test', 'dev'] as const;
const FIELDS = ['Question', 'A', 'B', 'C', 'D', 'Answer'] as const;
const COLUMNS = ['ID', 'Subject', ...FIELDS].map((name) => ({ name, type: 'text' as const }));
/** What CMMLU's archive holds, unpacked. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * CMMLU has a CSV file for each subject, whose name is nowhere in it: writes `test.jsonl` and
 * `dev.jsonl` with the columns ID (`agronomy-0`) and Subject, all else as it was. Throws OperatorError.
 */
export async function joinSubjects(
  folder: string,
  fetched: readonly FetchedFile[],
): Promise<FetchedFile[]> {
  const archive = fetched.find(({ name }) => name.endsWith('.zip'))?.name;
  const tables =
    archive === undefined
      ? fetched.map(({ name }) => name).filter((name) => name.endsWith('.csv'))
      : await unpackZip(join(folder, archive), {
          folder,
          isWanted: (path) => /^(?:test|dev)\/\w+\.csv$/.test(path),
          mostBytes: MOST_BYTES,
        });
  const made: FetchedFile[] = [];
  for (const split of SPLITS) {
    const files = tables.filter((path) => path.split('/').includes(split)).sort();
    if (files.length === 0)
      throw new OperatorError(`${folder}: CMMLU's ${split} files are missing`);
    const name = `${split}.jsonl`;
    await writeRows(join(folder, name), COLUMNS, subjectRows(folder, files));
    made.push({ name, state: 'written' });
  }
  return made;
}

async function* subjectRows(folder: string, files: readonly string[]) {
  for (const file of files) {
    const path = join(folder, file);
    const subject = basename(file, '.csv');
    let row = 0;
    for await (const { line, fields } of readRows(path)) {
      const absent = FIELDS.find((name) => fields[name] === undefined);
      if (absent !== undefined)
        throw new OperatorError(`${path}:${line}: has no column ${absent}; is it of CMMLU?`);
      const cells = FIELDS.map((name) => [name, textOrNull(fields[name])] as const);
      yield { ID: `${subject}-${row}`, Subject: subject, ...Object.fromEntries(cells) };
      row += 1;
    }
  }
}

/** An option that reads NaN comes as null, as in every CSV file: left for the run to name. */
const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);
