import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CellRecord, Column } from '../../../src/adapters/files/read/cells.ts';
import { readRows } from '../../../src/adapters/files/read/read-rows.ts';
import { writeRows } from '../../../src/adapters/files/write/write-rows.ts';
import { writeTextFile } from '../../../src/adapters/files/write-atomically.ts';
import { OperatorError } from '../../../src/domain/errors.ts';
import { collect } from './text-chunks.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-rows-'));
});
afterEach(() => rm(folder, { recursive: true }));

const columns: readonly Column[] = [
  { name: 'answer', type: 'text' },
  { name: 'rating', type: 'number' },
  { name: 'trial', type: 'integer' },
];
const records: readonly CellRecord[] = [
  { answer: ' She said "so",\r\nthen left. ', rating: 7.5, trial: 0 },
  { trial: -1, rating: null, answer: 'ما هذا؟', note: 'not a column' },
  { answer: null, rating: -2 },
];

describe('writeRows', () => {
  it('writes JSON lines in the order of the columns', async () => {
    const file = join(folder, 'a.jsonl');
    expect(await writeRows(file, columns, records)).toEqual({ rows: 3 });
    expect(await readFile(file, 'utf8')).toBe(
      `{"answer":" She said \\"so\\",\\r\\nthen left. ","rating":7.5,"trial":0}
{"answer":"ما هذا؟","rating":null,"trial":-1}
{"answer":null,"rating":-2,"trial":null}
`,
    );
  });

  it('writes CSV with a header, quotes where needed and empty cells for null', async () => {
    const file = join(folder, 'a.csv');
    expect(await writeRows(file, columns, records, { bom: true })).toEqual({ rows: 3 });
    expect(await readFile(file, 'utf8')).toBe(
      '\uFEFFanswer,rating,trial\n" She said ""so"",\r\nthen left. ",7.5,0\nما هذا؟,,-1\n,-2,\n',
    );
  });

  it('writes Parquet that reads back the same, over several row groups', async () => {
    const file = join(folder, 'a.parquet');
    async function* many(): AsyncGenerator<CellRecord> {
      for (let trial = 0; trial < 12_001; trial += 1) {
        yield { answer: trial % 2 === 0 ? null : `\uFEFF ${trial} `, rating: trial / 4, trial };
      }
    }
    expect(await writeRows(file, columns, many())).toEqual({ rows: 12_001 });
    const rows = await collect(readRows(file));
    expect(rows).toHaveLength(12_001);
    expect(rows[0]).toEqual({ line: 1, fields: { answer: null, rating: 0, trial: 0 } });
    expect(rows.at(-2)).toEqual({
      line: 12_000,
      fields: { answer: '\uFEFF 11999 ', rating: 2999.75, trial: 11_999 },
    });
  });

  it.each(['.jsonl', '.csv', '.parquet'])('writes a file without records: %s', async (ending) => {
    const file = join(folder, `none${ending}`);
    expect(await writeRows(file, columns, [])).toEqual({ rows: 0 });
    const size = (await readFile(file)).length;
    expect(ending === '.jsonl' ? size === 0 : size > 0).toBe(true);
  });

  it('defuses texts that a spreadsheet would run, but no numbers', async () => {
    const file = join(folder, 'formulas.csv');
    const texts = ['=1+1', '+1', '-1', '@a', '\ta', '\ra', 'a=1', "'a"];
    const rows = texts.map((answer) => ({ answer, rating: -1, trial: -2 }));
    await writeRows(file, columns, rows);
    expect(await readFile(file, 'utf8')).toBe(
      `answer,rating,trial
'=1+1,-1,-2
'+1,-1,-2
'-1,-1,-2
'@a,-1,-2
'\ta,-1,-2
"'\ra",-1,-2
a=1,-1,-2
'a,-1,-2
`,
    );
    await writeRows(file, columns, rows, { escapeFormulas: false });
    const kept = await collect(readRows(file));
    expect(kept.map(({ fields: { answer } }) => answer)).toEqual(texts);
  });
});

describe('writeRows in trouble', () => {
  it.each(['.jsonl', '.csv', '.parquet'])(
    'leaves the old file and nothing else behind when the rows fail: %s',
    async (ending) => {
      const file = join(folder, `a${ending}`);
      await writeFile(file, 'old');
      async function* failing(): AsyncGenerator<CellRecord> {
        yield* records;
        throw new Error('the store went away');
      }
      await expect(writeRows(file, columns, failing())).rejects.toThrow('the store went away');
      expect(await readdir(folder)).toEqual([`a${ending}`]);
      expect(await readFile(file, 'utf8')).toBe('old');
    },
  );

  it.each([
    [{ trial: 1.5 }, 'column trial: expected integer, found 1.5'],
    [{ rating: Number.NaN }, 'column rating: expected number, found NaN'],
    [{ rating: '7' }, 'column rating: expected number, found 7'],
  ])('refuses the cell %o', async (record, message) => {
    const writing = writeRows(join(folder, 'a.jsonl'), columns, [record]);
    await expect(writing).rejects.toThrow(new TypeError(message));
  });

  it('refuses an unknown ending and a place that cannot be written', async () => {
    const unknown = join(folder, 'a.xlsx');
    await expect(writeRows(unknown, columns, records)).rejects.toThrow(
      new OperatorError(
        `cannot write ${unknown}: the name must end in one of .jsonl, .csv, .parquet`,
      ),
    );
    await writeFile(join(folder, 'taken'), '');
    const below = join(folder, 'taken', 'a.csv');
    await expect(writeRows(below, columns, records)).rejects.toThrow(OperatorError);
    expect(await readdir(folder)).toEqual(['taken']);
  });
});

describe('writeTextFile', () => {
  it('creates the folders and replaces the file', async () => {
    const file = join(folder, 'tables', 'deep', 'a.md');
    await writeTextFile(file, 'first');
    await writeTextFile(file, '| ثانيًا |\n');
    expect(await readFile(file, 'utf8')).toBe('| ثانيًا |\n');
    expect(await readdir(join(folder, 'tables', 'deep'))).toEqual(['a.md']);
  });

  it('refuses to replace a folder, leaving nothing behind', async () => {
    await writeTextFile(join(folder, 'a', 'b.md'), '');
    await expect(writeTextFile(join(folder, 'a'), 'text')).rejects.toThrow(OperatorError);
    expect(await readdir(folder)).toEqual(['a']);
  });
});
