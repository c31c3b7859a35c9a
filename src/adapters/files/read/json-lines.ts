import { InputError, type InputProblem } from '../../../domain/errors.ts';
import type { Row } from '../../../ports/rows.ts';
import { asFields, kindOf, parseJson } from './json-fields.ts';
import { findJsonFault } from './json-scan.ts';
import { lineBlocks } from './line-blocks.ts';

/** A file with more lines that are no JSON is another kind of file: reading it on tells nothing new. */
const MOST_FAULTS = 50;

/**
 * One JSON object per line; blank lines are skipped but counted. Lines that are not one are reported
 * together, after the others, and as one fact where no line is: InputError.
 */
export async function* jsonLineRows(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Row> {
  const faults: InputProblem[] = [];
  let read = 0;
  for await (const { line, text } of filledLines(file, chunks)) {
    if (read + faults.length === 0) refuseArray(file, line, text);
    const parsed = parseLine(text);
    if ('fields' in parsed) {
      read += 1;
      yield { line, fields: parsed.fields };
    } else faults.push({ file, line, message: parsed.message });
    if (faults.length === MOST_FAULTS) break;
  }
  const [first] = faults;
  if (first === undefined) return;
  const whole = read === 0 && faults.length > 1;
  throw new InputError(whole ? [{ ...first, message: `${first.message}; ${NO_LINES}` }] : faults);
}

const NO_LINES =
  'no line of the file is a JSON object. A .jsonl file holds one object per line; one JSON document over many lines is a .json file';

/** One array over the whole file gives as many faults as it has lines. */
function refuseArray(file: string, line: number, text: string): void {
  const start = text.trimStart();
  if (!/^\[\s*(?:$|\{)/.test(start)) return;
  const message =
    'the file holds one JSON array, not one object per line; give it a name that ends in .json';
  throw new InputError([{ file, line, message }]);
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
    const value = parseJson(text);
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
