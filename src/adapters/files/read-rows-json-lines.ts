import { InputError } from '../../domain/errors.ts';
import type { Row } from '../../ports/rows.ts';
import { asFields, kindOf } from './json-fields.ts';
import { findJsonFault } from './json-scan.ts';
import { lineBlocks } from './line-blocks.ts';

/** One JSON object a line; blank lines are skipped but counted. */
export async function* jsonLineRows(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Row> {
  for await (const block of lineBlocks(file, chunks)) {
    for (const [index, text] of block.lines.entries()) {
      if (text.trim() !== '') yield parseLine(file, block.firstLine + index, text);
    }
  }
}

function parseLine(file: string, line: number, text: string): Row {
  const value = parseOrFault(file, line, text);
  const fields = asFields(value);
  if (fields !== null) return { line, fields };
  const message = `expected one object a line, found ${kindOf(value)}`;
  throw new InputError([{ file, line, message }]);
}

function parseOrFault(file: string, line: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const fault = findJsonFault(text);
    if (fault === null) throw error;
    const message = `not valid JSON at column ${fault.offset + 1}: ${fault.message}`;
    throw new InputError([{ file, line, message }], { cause: error });
  }
}
