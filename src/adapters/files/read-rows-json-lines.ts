import { InputError, type InputProblem } from '../../domain/errors.ts';
import type { Row } from '../../ports/rows.ts';
import { asFields, kindOf } from './json-fields.ts';
import { findJsonFault } from './json-scan.ts';
import { lineBlocks } from './line-blocks.ts';

/** A file with more lines that are no JSON is another kind of file: reading it on tells nothing new. */
const MOST_FAULTS = 50;

/**
 * One JSON object a line; blank lines are skipped but counted. Lines that are none are told all at once,
 * after the others: InputError.
 */
export async function* jsonLineRows(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Row> {
  const faults: InputProblem[] = [];
  for await (const { line, text } of filledLines(file, chunks)) {
    const read = parseLine(text);
    if ('fields' in read) yield { line, fields: read.fields };
    else faults.push({ file, line, message: read.message });
    if (faults.length === MOST_FAULTS) break;
  }
  if (faults.length > 0) throw new InputError(faults);
}

async function* filledLines(file: string, chunks: AsyncIterable<Uint8Array>) {
  for await (const { firstLine, lines } of lineBlocks(file, chunks)) {
    for (const [index, text] of lines.entries()) {
      if (text.trim() !== '') yield { line: firstLine + index, text };
    }
  }
}

function parseLine(text: string): Pick<Row, 'fields'> | { readonly message: string } {
  try {
    const value: unknown = JSON.parse(text);
    const fields = asFields(value);
    return fields === null
      ? { message: `expected one object a line, found ${kindOf(value)}` }
      : { fields };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const fault = findJsonFault(text);
    if (fault === null) throw error;
    return { message: `not valid JSON at column ${fault.offset + 1}: ${fault.message}` };
  }
}
