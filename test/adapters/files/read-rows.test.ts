import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRows } from '../../../src/adapters/files/read/read-rows.ts';
import { InputError, type InputProblem } from '../../../src/domain/errors.ts';
import { collect } from './text-chunks.ts';

const golden = join(import.meta.dirname, '../../golden/items');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-rows-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function readText(name: string, content: string | Uint8Array) {
  const file = join(folder, name);
  await writeFile(file, content);
  return await collect(readRows(file));
}

/** The problems of reading a file, without its name. */
async function problemsOf(name: string, content: string | Uint8Array) {
  return await problemsIn(() => readText(name, content), join(folder, name));
}

async function problemsIn(read: () => Promise<unknown>, file: string) {
  const error: unknown = await read().then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw new Error('expected an InputError', { cause: error });
  return error.problems.map(({ file: named, ...rest }: InputProblem) => {
    expect(named).toBe(file);
    return rest;
  });
}

describe('CSV', () => {
  it('reads quoted commas, quotes and line breaks and keeps outer spaces', async () => {
    const rows = await collect(readRows(join(golden, 'sample.csv')));
    expect(rows).toEqual([
      { line: 2, fields: { question: 'Who?', reference: 'She, "the first"\nof them.' } },
      { line: 4, fields: { question: ' من؟ ', reference: '' } },
    ]);
  });

  it('skips a byte order mark and takes CRLF for a line end', async () => {
    expect(await readText('crlf.csv', '\uFEFF"a",b\r\n1, 2 \r\n')).toEqual([
      { line: 2, fields: { a: '1', b: ' 2 ' } },
    ]);
  });

  it('names the line where a record begins, after quoted line breaks and blank lines', async () => {
    const rows = await readText('lines.csv', 'a,b\r\n"1\r\n\r\n\r\n",2\r\n\r\n3,4\r\n"""",x');
    expect(rows).toEqual([
      { line: 2, fields: { a: '1\r\n\r\n\r\n', b: '2' } },
      { line: 7, fields: { a: '3', b: '4' } },
      { line: 8, fields: { a: '"', b: 'x' } },
    ]);
  });

  it('leaves out columns without a name', async () => {
    const rows = await readText('index.csv', ',a,\n0,x,\n');
    expect(rows).toEqual([{ line: 2, fields: { a: 'x' } }]);
  });

  it.each([
    ['too few fields', 'a,b\n1,2\n3\n', 3, 'expected 2 fields as in the header (a, b), found 1'],
    ['too many fields', 'a,b\n1,2,3\n', 2, 'expected 2 fields as in the header (a, b), found 3'],
    [
      'an open quote',
      'a,b\n1,2\n3,"4\n5,6\n',
      3,
      'a quoted field of the record that begins here is never closed',
    ],
    [
      'text after a quoted field',
      'a,b\n1,2\n"3"x,4\n5,6\n',
      3,
      'text follows a closing quote; a quote inside a quoted field is written twice: ""',
    ],
    [
      'quotes inside a bare field',
      'a,b\n1,2\nthe "third",4\n5,6\n',
      3,
      'a quote inside a field without quotes; put the field in quotes and write the inner quote twice: ""',
    ],
  ])('names the line of %s', async (_name, content, line, message) => {
    expect(await problemsOf('broken.csv', content)).toEqual([{ line, message }]);
  });

  it('rejects a header that names a column twice', async () => {
    expect(await problemsOf('twice.csv', 'a,b,a\n1,2,3\n')).toEqual([
      { line: 1, path: 'a', message: 'the header names the column `a` twice' },
    ]);
  });

  it('gives no rows for a header alone', async () => {
    expect(await readText('header.csv', 'a,b\n')).toEqual([]);
  });

  it('rejects a file of blank lines', async () => {
    expect(await problemsOf('blank.csv', '\n\r\n')).toEqual([{ message: 'the file is empty' }]);
  });
});

describe('JSON lines', () => {
  it.each(['.jsonl', '.ndjson', '.JSONL'])('reads %s and counts blank lines', async (ending) => {
    const rows = await readText(`lines${ending}`, '\uFEFF{"a":" x "}\r\n\r\n \n{"a":2,"b":null}');
    expect(rows).toEqual([
      { line: 1, fields: { a: ' x ' } },
      { line: 4, fields: { a: 2, b: null } },
    ]);
  });

  it('keeps a U+FEFF that is not at the start of the file', async () => {
    const rows = await readText('mark.jsonl', '{"a":"\uFEFF"}\n{"a":"\uFEFFb"}\n');
    expect(rows.map(({ fields: { a } }) => a)).toEqual(['\uFEFF', '\uFEFFb']);
  });

  it.each([
    ['{"a": nope}', 'not valid JSON at column 7: expected a value, found `nope`'],
    ['{"a": 1', 'not valid JSON at column 8: expected a comma or }, found the end of the text'],
    ['{"a": 1} {', 'not valid JSON at column 10: expected the end of the text, found `{`'],
    [
      '{"a": "b',
      'not valid JSON at column 7: expected a value, found a string that is not closed, or holds a bad escape or a raw line break',
    ],
    ["{'a': 1}", "not valid JSON at column 2: expected a name in double quotes or }, found `'`"],
    ['[1]', 'expected one object a line, found an array'],
    ['"a"', 'expected one object a line, found a string'],
    ['null', 'expected one object a line, found null'],
  ])('names line and column of %s', async (broken, message) => {
    expect(await problemsOf('broken.jsonl', `{"a":1}\n\n${broken}\n{"a":1}\n`)).toEqual([
      { line: 3, message },
    ]);
  });
});

describe('a JSON array', () => {
  it('gives each element the line on which it starts', async () => {
    const content = `\uFEFF[{"a": "]}\\"{["}, {"a": {"b": [1, {}]}},
      {
        "a": "\\u005b"
      }
      ,

      {}]
    `;
    expect(await readText('array.json', content)).toEqual([
      { line: 1, fields: { a: ']}"{[' } },
      { line: 1, fields: { a: { b: [1, {}] } } },
      { line: 2, fields: { a: '[' } },
      { line: 7, fields: {} },
    ]);
  });

  it.each([
    [
      'a missing comma',
      '[\n{"a": 1}\n{"a": 2}]',
      3,
      'not valid JSON: expected a comma or ], found `{`',
    ],
    ['a bad value', '[\n{"a":\n\nnope}]', 4, 'not valid JSON: expected a value, found `nope`'],
    ['a comma at the end', '[\n{"a": 1},\n]', 3, 'not valid JSON: expected a value, found `]`'],
    [
      'a cut file',
      '[{"a": 1},\n{"a"',
      2,
      'not valid JSON: expected a : after the name, found the end of the text',
    ],
    ['a leading zero', '[{"a": 01}]', 1, 'not valid JSON: expected a value, found `01`'],
    ['a number in it', '[{},\n1]', 2, 'expected an array of objects, found a number in it'],
    ['an array in it', '[{},\n[]]', 2, 'expected an array of objects, found an array in it'],
    [
      'an object',
      '{"a": [], "b": 1}',
      1,
      'expected an array of objects, found an object; say where its records are: `rows: a` (it has the keys `a`, `b`; `rows: .` takes an object whose keys are ids)',
    ],
    [
      'lines of objects',
      '{"a": 1}\n{"a": 2}',
      1,
      'expected an array of objects, found an object; a file with one object a line ends in .jsonl',
    ],
    ['a word', 'true', 1, 'expected an array of objects: [ {…}, {…} ]'],
    ['blank text', '\n ', 1, 'the file is empty'],
  ])('names the line of %s', async (_name, content, line, message) => {
    expect(await problemsOf('broken.json', content)).toEqual([{ line, message }]);
  });

  it('gives no rows for an empty array', async () => {
    expect(await readText('none.json', ' [ ] ')).toEqual([]);
  });
});

describe('Parquet', () => {
  it('reads what pyarrow writes, with zstd and two row groups', async () => {
    const rows = await collect(readRows(join(golden, 'types-zstd.parquet')));
    const nulls = { share: null, native: null, day: null, at: null, price: null };
    expect(rows).toEqual([
      {
        line: 1,
        fields: {
          question: ' What is eaten at the Lantern Festival? ',
          year: 2024,
          share: 0.5,
          native: true,
          day: '2024-02-24',
          at: '2024-02-24T12:30:00.000Z',
          price: 1.25,
          picture: new Uint8Array([255, 216, 255]),
          tags: ['a', 'b'],
        },
      },
      {
        line: 2,
        fields: {
          ...nulls,
          question: '\uFEFFWho lights the lamp?',
          year: '9007199254740993',
          share: Number.NaN,
          native: false,
          picture: null,
          tags: [],
        },
      },
      { line: 3, fields: { ...nulls, question: null, year: null, picture: null, tags: null } },
    ]);
  });

  it.each([
    ['text under a wrong name', 'question,reference\n1,2\n'],
    ['a few bytes', 'PAR1'],
    ['a cut file', `PAR1${'x'.repeat(100)}`],
  ])('rejects %s', async (_name, content) => {
    const [problem] = await problemsOf('broken.parquet', content);
    expect(problem?.message).toMatch(/^not a readable Parquet file: \S/);
  });
});

describe('any file', () => {
  it.each([
    ['broken.jsonl', '{"a":1}\n{"a":2}\n'],
    ['broken.csv', 'a\n1\n'],
    ['broken.json', '[{"a":1},\n{"a":2},\n'],
  ])('is rejected with the line of invalid UTF-8: %s', async (name, valid) => {
    const bytes = Buffer.concat([
      Buffer.from(valid),
      Buffer.from([0x22, 0xe4, 0x22]),
      Buffer.from('\n'),
    ]);
    expect(await problemsOf(name, bytes)).toEqual([
      { line: 3, message: 'the line is not valid UTF-8; save the file as UTF-8' },
    ]);
  });

  it('is rejected when it is missing, a directory, empty or of an unknown ending', async () => {
    await mkdir(join(folder, 'folder.json'));
    const missing = join(folder, 'missing.csv');
    const directory = join(folder, 'folder.json');
    expect(await problemsIn(() => collect(readRows(missing)), missing)).toEqual([
      { message: 'there is no such file' },
    ]);
    expect(await problemsIn(() => collect(readRows(directory)), directory)).toEqual([
      { message: 'is a directory; name a file in it' },
    ]);
    expect(await problemsOf('empty.jsonl', '')).toEqual([{ message: 'the file is empty' }]);
    expect(await problemsOf('items.xlsx', 'PK')).toEqual([
      {
        message:
          'cannot tell the format from the file name: expected .json, .jsonl, .ndjson, .csv, .tsv, .parquet, .eval (each also with .gz or .zst), found .xlsx',
      },
    ]);
  });
});
