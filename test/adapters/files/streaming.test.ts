import { describe, expect, it } from 'vitest';
import { csvRows } from '../../../src/adapters/files/read/csv.ts';
import { jsonLineRows } from '../../../src/adapters/files/read/json-lines.ts';
import { chunksOf, collect } from './text-chunks.ts';

const CHUNK = 65_536;
const LINES = 200_000;

/** A stream of numbered lines in chunks of whole lines, and how many lines were asked for so far. */
function countedLines(lineOf: (n: number) => string) {
  const counted = { lines: 0, closed: false };
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      while (counted.lines < LINES) {
        let text = '';
        while (text.length < CHUNK && counted.lines < LINES) {
          counted.lines += 1;
          text += `${lineOf(counted.lines)}\n`;
        }
        yield Buffer.from(text);
      }
    } finally {
      counted.closed = true;
    }
  }
  return { counted, chunks: chunks() };
}

const linesAChunk = CHUNK / '{"n":1}\n'.length + 1;
const formats = {
  jsonl: { rows: jsonLineRows, lineOf: (n: number) => `{"n":${n}}` },
  csv: { rows: csvRows, lineOf: (n: number) => (n === 1 ? 'n' : `"${n}"`) },
} as const;

describe.each(['jsonl', 'csv'] as const)('reading 200,000 lines of %s', (format) => {
  const { rows, lineOf } = formats[format];

  it('never reads more than a chunk ahead of the rows it has given', async () => {
    const { counted, chunks } = countedLines(lineOf);
    let last = 0;
    let furthestAhead = 0;
    let misplaced = 0;
    for await (const row of rows('many', chunks)) {
      furthestAhead = Math.max(furthestAhead, counted.lines - row.line);
      const { n } = row.fields;
      last = Number(n);
      if (row.line !== last) misplaced += 1;
    }
    expect(last).toBe(LINES);
    expect(misplaced).toBe(0);
    expect(furthestAhead).toBeLessThan(2 * linesAChunk);
  });

  it('stops reading when the consumer stops', async () => {
    const { counted, chunks } = countedLines(lineOf);
    for await (const row of rows('many', chunks)) {
      if (row.line >= 3) break;
    }
    expect(counted.lines).toBeLessThan(2 * linesAChunk);
    expect(counted.closed).toBe(true);
  });
});

describe('chunks cut anywhere', () => {
  const texts = ['سؤال', '質問\u2028?', 'a "b"\r\nc', '😀'];

  it.each([1, 2, 3, 5, 7])('give the same rows in pieces of %i bytes', async (size) => {
    const jsonl = `\uFEFF${texts.map((a) => JSON.stringify({ a })).join('\r\n\n')}`;
    const csv = `\uFEFFa\r\n${texts.map((a) => `"${a.replaceAll('"', '""')}"`).join('\r\n')}\r\n`;
    const fromJsonl = await collect(jsonLineRows('a.jsonl', chunksOf(jsonl, size)));
    const fromCsv = await collect(csvRows('a.csv', chunksOf(csv, size)));
    expect(fromJsonl).toEqual(texts.map((a, index) => ({ line: 2 * index + 1, fields: { a } })));
    expect(fromCsv).toEqual(
      texts.map((a, index) => ({ line: index === 3 ? 6 : index + 2, fields: { a } })),
    );
  });
});
