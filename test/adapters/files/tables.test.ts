import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchFiles } from '../../../src/adapters/files/match-files.ts';
import { readRows } from '../../../src/adapters/files/read/read-rows.ts';
import { InputError } from '../../../src/domain/errors.ts';
import type { RowOptions } from '../../../src/ports/rows.ts';
import { collect } from './text-chunks.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tables-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, content: string | Uint8Array, options?: RowOptions) {
  const file = join(folder, name);
  await writeFile(file, content);
  return await collect(readRows(file, options));
}

async function fieldsOf(name: string, content: string | Uint8Array, options?: RowOptions) {
  return (await read(name, content, options)).map(({ fields }) => fields);
}

async function messageOf(name: string, content: string | Uint8Array, options?: RowOptions) {
  const error: unknown = await read(name, content, options).catch((reason: unknown) => reason);
  if (!(error instanceof InputError)) throw new Error('expected an InputError', { cause: error });
  expect(error.problems).toHaveLength(1);
  return error.problems[0]?.message;
}

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const table = 'id,question\r\n1,"一、二"\r\n2,سؤال\r\n';
const tableRows = [
  { id: '1', question: '一、二' },
  { id: '2', question: 'سؤال' },
];

describe('the separator of a table', () => {
  const rows = [{ id: '1', q: 'Was, bitte?', r: '7,5' }];

  it.each([
    ['semicolons', 'a.csv', 'id;q;r\r\n1;Was, bitte?;7,5\r\n'],
    ['a sep line', 'a.csv', 'sep=;\r\nid;q;r\r\n1;Was, bitte?;7,5\r\n'],
    ['a sep line after a mark', 'a.csv', '\uFEFFsep=|\nid|q|r\n1|Was, bitte?|7,5\n'],
    ['tabs in .csv', 'a.csv', 'id\tq\tr\n1\tWas, bitte?\t7,5\n'],
    ['tabs in .tsv', 'a.tsv', 'id\tq\tr\n1\tWas, bitte?\t7,5\n'],
    ['commas in .tsv', 'a.tsv', 'id,q,r\n1,"Was, bitte?","7,5"\n'],
    ['semicolons over quoted lines', 'a.csv', 'id;q;r\n1;"Was, bitte?";"7,5"\n'],
  ])('is seen: %s', async (_name, name, content) => {
    expect(await fieldsOf(name, content)).toEqual(rows);
  });

  it('is not a comma of which a row has more than its header', async () => {
    const content = 'id;rating\n1;7,5\n2;8,0\n';
    expect(await fieldsOf('d.csv', content)).toEqual([
      { id: '1', rating: '7,5' },
      { id: '2', rating: '8,0' },
    ]);
  });

  it('leaves quotes between tabs alone', async () => {
    const content = 'q\tr\nthe "third" 5" pipe\t"quoted\tfield"\n';
    expect(await fieldsOf('q.tsv', content)).toEqual([
      { q: 'the "third" 5" pipe', r: 'quoted\tfield' },
    ]);
  });
});

describe('a table', () => {
  it('skips rows of bare separators and takes blank surplus cells', async () => {
    expect(await read('b.csv', 'a,b\r\n1,2,,\r\n,,\r\n , \r\n3,4\r\n')).toEqual([
      { line: 2, fields: { a: '1', b: '2' } },
      { line: 5, fields: { a: '3', b: '4' } },
    ]);
  });

  it('takes NaN, as pandas writes it, for an empty cell', async () => {
    expect(await fieldsOf('n.csv', 'a,b\nNaN,nan\n')).toEqual([{ a: null, b: 'nan' }]);
  });

  it('reads lines that end in CR, with line feeds inside cells', async () => {
    expect(await read('cr.csv', 'a,b\r1,"x\ny"\r2,z\r')).toEqual([
      { line: 2, fields: { a: '1', b: 'x\ny' } },
      { line: 3, fields: { a: '2', b: 'z' } },
    ]);
  });

  it('without a header takes the names of its columns', async () => {
    const columns = ['question', 'a', 'gold'];
    const rows = await read('h.csv', '\uFEFF質問は？,甲,A\nもう一つ？,乙,B\n', { columns });
    expect(rows).toEqual([
      { line: 1, fields: { question: '質問は？', a: '甲', gold: 'A' } },
      { line: 2, fields: { question: 'もう一つ？', a: '乙', gold: 'B' } },
    ]);
    expect(await messageOf('h.csv', 'q,a,b,A\n', { columns })).toBe(
      'expected 3 fields as under `columns` (question, a, gold), found 4',
    );
    expect(await messageOf('h.csv', 'Question,A,Gold\nq,a,A\n', { columns })).toMatch(
      /^the file has a header with these very names/,
    );
  });

  it('says that it may lack a header where its first line names a column twice', async () => {
    expect(await messageOf('t.csv', 'Who?,x,x,A\nWhat?,y,z,B\n')).toMatch(
      /^the header names the column `x` twice; .*`columns: \[question, …\]`$/,
    );
  });
});

describe('an encoding', () => {
  it.each([
    ['UTF-16 LE with a mark', Buffer.from(`\uFEFF${table}`, 'utf16le')],
    ['UTF-16 BE with a mark', utf16be(`\uFEFF${table}`)],
    ['UTF-16 LE without one', Buffer.from(table, 'utf16le')],
    ['UTF-16 BE without one', utf16be(table)],
    ['UTF-8 with a mark', `\uFEFF${table}`],
  ])('is seen: %s', async (_name, content) => {
    expect(await fieldsOf('e.csv', content)).toEqual(tableRows);
  });

  it('that is broken UTF-16 is refused', async () => {
    const odd = Buffer.concat([Buffer.from(`\uFEFF${table}`, 'utf16le'), Buffer.from([0])]);
    expect(await messageOf('o.csv', odd)).toBe('is not valid UTF-16 text; save the file as UTF-8');
  });
});

describe('a compressed file', () => {
  const lines = Array.from({ length: 40_000 }, (_, n) =>
    JSON.stringify({ n, x: `text ${n * 7919}` }),
  );
  const half = lines.length / 2;
  const parts = [lines.slice(0, half), lines.slice(half)].map((part) => `${part.join('\n')}\n`);
  // A skippable frame of 4 bytes (RFC 8878, 3.1.2), as pzstd writes before each data frame.
  const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]);

  it.each([
    ['gz', 'a.jsonl.gz', parts.map((part) => gzipSync(part))],
    ['zst', 'a.jsonl.zst', parts.map((part) => zstdCompressSync(part))],
    [
      'zst as pzstd writes it',
      'a.jsonl.zst',
      parts.flatMap((part) => [skippable, zstdCompressSync(part)]),
    ],
    ['gz under the name of its content', 'a.jsonl', parts.map((part) => gzipSync(part))],
  ])('is read whole, all its members and frames: %s', async (_name, name, pieces) => {
    const rows = await read(name, Buffer.concat(pieces));
    expect(rows).toHaveLength(lines.length);
    expect(rows.at(-1)).toEqual({ line: lines.length, fields: JSON.parse(lines.at(-1) ?? '') });
  });

  it.each([
    ['.csv.gz', gzipSync(table)],
    ['.tsv.zst', zstdCompressSync(table)],
    ['.csv.gz in UTF-16', gzipSync(Buffer.from(table, 'utf16le'))],
  ])('may be a table: %s', async (name, content) => {
    expect(await fieldsOf(`a${name.split(' ')[0]}`, content)).toEqual(tableRows);
  });

  it.each([
    ['cut.jsonl.gz', gzipSync(parts.join('')).subarray(0, -9), /^its gzip data are damaged or cut/],
    [
      'cut.jsonl.zst',
      zstdCompressSync(parts.join('')).subarray(0, -9),
      /^its Zstandard data are damaged or cut/,
    ],
    [
      'junk.jsonl.zst',
      Buffer.concat([zstdCompressSync('{"a":1}\n'), Buffer.from('junk junk')]),
      /^its Zstandard data/,
    ],
    ['plain.jsonl.gz', '{"a":1}\n', /^is not gzip data, as its ending \.gz says/],
  ])('that is damaged is refused: %s', async (name, content, message) => {
    expect(await messageOf(name, content)).toMatch(message);
  });
});

describe('JSON', () => {
  it('has NaN, which Python writes, for an empty value', async () => {
    expect(await fieldsOf('n.jsonl', '{"a": NaN, "b": "NaN \\" NaN"}\n')).toEqual([
      { a: null, b: 'NaN " NaN' },
    ]);
    expect(await fieldsOf('n.json', '[{"a": [NaN, 1]}]')).toEqual([{ a: [null, 1] }]);
  });

  const nested = '{"meta": {"n": 2},\n "entries": [\n {"q": "a"},\n {"q": "b"}]}';

  it('gives the records at a path, with their lines', async () => {
    expect(await read('p.json', nested, { rows: 'entries' })).toEqual([
      { line: 3, fields: { q: 'a' } },
      { line: 4, fields: { q: 'b' } },
    ]);
    expect(
      await fieldsOf('p.json', '{"a": {"b": [{"q": 1}]}, "b": [{"q": 2}]}', { rows: 'a.b' }),
    ).toEqual([{ q: 1 }]);
    expect(await read('p.json', '{"a": []}', { rows: 'a' })).toEqual([]);
  });

  it('gives the members of an object their keys as ids', async () => {
    const byId = '{"Al-en-01": {"question": "q1"},\n "Al-en-02": {"id": "own", "question": "q2"}}';
    expect(await read('k.json', byId, { rows: '.' })).toEqual([
      { line: 1, fields: { id: 'Al-en-01', question: 'q1' } },
      { line: 2, fields: { id: 'own', question: 'q2' } },
    ]);
  });

  it('says what is there where a path leads nowhere', async () => {
    expect(await messageOf('p.json', nested, { rows: 'rows' })).toBe(
      'there is no `rows` in the document; it has the keys `meta`, `entries`',
    );
    expect(await messageOf('p.json', nested, { rows: 'meta.n' })).toBe(
      'expected a list of objects at `meta.n`, found a number',
    );
  });

  it.each([
    [
      'one array over many lines',
      JSON.stringify([{ a: 1 }, { a: 2 }], null, 1),
      /holds one JSON array/,
    ],
    [
      'one object over many lines',
      JSON.stringify({ a: 1, b: 2 }, null, 1),
      /no line of the file is a JSON object/,
    ],
  ])('in .jsonl is refused in one message: %s', async (_name, content, message) => {
    expect(await messageOf('w.jsonl', content)).toMatch(message);
  });

  it('takes no `columns`, and a table no `rows`', async () => {
    expect(await messageOf('x.json', '[]', { columns: ['a'] })).toMatch(
      /^goes with \.csv and \.tsv/,
    );
    expect(await messageOf('x.csv', 'a\n1\n', { rows: 'a' })).toMatch(/^goes with \.json/);
  });
});

describe('a pattern', () => {
  it('names its files in the order of their numbers, and a file that has such a name is itself', async () => {
    const names = ['part-10.jsonl', 'part-2.jsonl', 'part-1.jsonl', 'other.jsonl', 'odd[1].jsonl'];
    for (const name of names) await writeFile(join(folder, name), '{}\n');
    const matched = matchFiles(join(folder, 'part-*.jsonl'));
    expect(matched).toEqual(
      ['part-1', 'part-2', 'part-10'].map((name) => join(folder, `${name}.jsonl`)),
    );
    expect(matchFiles(join(folder, 'odd[1].jsonl'))).toEqual([join(folder, 'odd[1].jsonl')]);
    expect(matchFiles(join(folder, 'none-*.jsonl'))).toEqual([]);
  });
});
