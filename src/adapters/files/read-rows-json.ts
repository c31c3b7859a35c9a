import { constants } from 'node:buffer';
import { InputError } from '../../domain/errors.ts';
import type { Row } from '../../ports/rows.ts';
import { asFields, kindOf } from './json-fields.ts';
import { scanJson } from './json-scan.ts';
import { lineBlocks } from './line-blocks.ts';

/** The elements of one JSON array of objects, each with the line on which it starts. Reads the file whole. */
export async function* jsonArrayRows(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Row> {
  const text = await readText(file, chunks);
  const shapeFault = findShapeFault(text);
  if (shapeFault !== null) throw new InputError([{ file, line: 1, message: shapeFault }]);
  let line = 1;
  let counted = 0;
  for (const part of scanJson(text)) {
    const offset = part.kind === 'element' ? part.start : part.offset;
    line += countLineFeeds(text, counted, offset);
    counted = offset;
    if (part.kind === 'error') {
      throw new InputError([{ file, line, message: `not valid JSON: ${part.message}` }]);
    }
    const value: unknown = JSON.parse(text.slice(part.start, part.end));
    const fields = asFields(value);
    if (fields === null) {
      const message = `expected an array of objects, found ${kindOf(value)} in it`;
      throw new InputError([{ file, line, message }]);
    }
    yield { line, fields };
  }
}

async function readText(file: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const blocks: string[] = [];
  let length = 0;
  for await (const block of lineBlocks(file, chunks)) {
    const lines = block.lines.join('\n');
    length += lines.length + 1;
    if (length > constants.MAX_STRING_LENGTH) {
      const message = 'too large to be read whole; write it as .jsonl, one object a line';
      throw new InputError([{ file, message }]);
    }
    blocks.push(lines);
  }
  return blocks.join('\n');
}

function findShapeFault(text: string): string | null {
  const start = text.trimStart();
  if (start === '') return 'the file is empty';
  if (start.startsWith('[')) return null;
  if (!start.startsWith('{')) return 'expected an array of objects: [ {…}, {…} ]';
  return 'expected an array of objects, found an object; a file with one object a line ends in .jsonl';
}

function countLineFeeds(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    count += 1;
  }
  return count;
}
