import { constants } from 'node:buffer';
import { InputError } from '../../../domain/errors.ts';
import type { Row } from '../../../ports/rows.ts';
import { asFields, kindOf, parseJson } from './json-fields.ts';
import { findJsonFault, type JsonPart, scanJson } from './json-scan.ts';
import { lineBlocks } from './line-blocks.ts';

/** `rows` that names the document itself. */
const WHOLE = '.';

/**
 * The records of one JSON document, each with the line on which it starts: the elements of its array,
 * or of the list at the dotted path `rows`; where an object is there, its members, whose keys become
 * the field `id` of records without one. Reads the file whole.
 */
export async function* jsonRows(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  rows?: string,
): AsyncGenerator<Row> {
  const text = await readText(file, chunks);
  const path = rows === undefined ? undefined : stepsOf(rows);
  const shapeFault = path === undefined ? findShapeFault(text) : null;
  if (shapeFault !== null) throw new InputError([{ file, line: 1, message: shapeFault }]);
  let line = 1;
  let counted = 0;
  let found = 0;
  for (const part of scanJson(text, path)) {
    const offset = part.kind === 'element' ? part.start : part.offset;
    line += countLineFeeds(text, counted, offset);
    counted = offset;
    if (part.kind === 'error') {
      throw new InputError([{ file, line, message: `not valid JSON: ${part.message}` }]);
    }
    found += 1;
    yield { line, fields: fieldsOf(text, part, { file, line }) };
  }
  if (found > 0 || path === undefined) return;
  const message = missingRows(parseJson(text), path);
  if (message !== null) throw new InputError([{ file, path: 'rows', message }]);
}

function stepsOf(rows: string): string[] {
  return rows === WHOLE ? [] : rows.split('.');
}

function fieldsOf(
  text: string,
  { start, end, key }: Extract<JsonPart, { kind: 'element' }>,
  place: { readonly file: string; readonly line: number },
): Row['fields'] {
  const value = parseJson(text.slice(start, end));
  const fields = asFields(value);
  if (fields === null) {
    const among = key === undefined ? 'an array of objects' : 'an object of objects';
    const message = `expected ${among}, found ${kindOf(value)} in it`;
    throw new InputError([{ ...place, message }]);
  }
  return key === undefined ? fields : { id: key, ...fields };
}

/** Why a path led to no record; null where the list that it names is empty. */
function missingRows(document: unknown, path: readonly string[]): string | null {
  let value = document;
  for (const [index, step] of path.entries()) {
    const fields = asFields(Array.isArray(value) ? { ...value } : value);
    if (fields === null || !Object.hasOwn(fields, step)) {
      const where = index === 0 ? 'the document' : `\`${path.slice(0, index).join('.')}\``;
      return `there is no \`${step}\` in ${where}; ${keysIn(value)}`;
    }
    value = fields[step];
  }
  if (typeof value === 'object' && value !== null) return null;
  return `expected a list of objects at \`${path.join('.')}\`, found ${kindOf(value)}`;
}

const MOST_KEYS = 20;

function keysIn(value: unknown): string {
  const fields = asFields(value);
  if (fields === null) return `it is ${kindOf(value)}`;
  const keys = Object.keys(fields);
  const listed = keys.slice(0, MOST_KEYS).map((key) => `\`${key}\``);
  const more = keys.length > MOST_KEYS ? ` and ${keys.length - MOST_KEYS} more` : '';
  return `it has the keys ${listed.join(', ')}${more}`;
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
  return `expected an array of objects, found an object; ${shapeHint(text)}`;
}

/** What an object in place of an array may be: the first of many lines, or around or instead of the list. */
function shapeHint(text: string): string {
  const fault = findJsonFault(text);
  if (fault !== null && text.startsWith('{', fault.offset))
    return 'a file with one object a line ends in .jsonl';
  if (fault !== null) return `and it is not valid JSON: ${fault.message}`;
  const document = parseJson(text);
  const members = Object.entries(asFields(document) ?? {});
  const list = members.find(([, value]) => Array.isArray(value))?.[0];
  const keyed = members.length > 0 && members.every(([, value]) => asFields(value) !== null);
  const written = list ?? (keyed ? WHOLE : 'PATH');
  return `say where its records are: \`rows: ${written}\` (${keysIn(document)}; \`rows: .\` takes an object whose keys are ids)`;
}

function countLineFeeds(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    count += 1;
  }
  return count;
}
