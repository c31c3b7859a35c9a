import { CsvError, type CsvErrorCode } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { InputError } from '../../domain/errors.ts';
import type { Row } from '../../ports/rows.ts';
import { type LineBlock, lineBlocks } from './line-blocks.ts';

/** The text of one record, which spans lines where a quoted field does, and the line it begins on. */
interface CsvRecord {
  readonly line: number;
  readonly text: string;
}

/**
 * Comma-separated records under a header row, after RFC 4180: LF or CRLF, fields with quotes, commas
 * and line breaks in double quotes. Blank lines are skipped, every value stays a string as it is.
 */
export async function* csvRows(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Row> {
  let header: readonly string[] | null = null;
  for await (const records of recordBatches(lineBlocks(file, chunks))) {
    const parsed = parseRecords(file, records);
    for (const [index, { line }] of records.entries()) {
      const cells = parsed[index] ?? [];
      if (header === null) {
        header = checkedHeader(file, line, cells);
      } else {
        yield { line, fields: nameCells(header, cells, { file, line }) };
      }
    }
  }
  if (header === null) throw new InputError([{ file, message: 'the file is empty' }]);
}

/**
 * Cuts lines into records: a record ends at the first line end with all its quotes paired. Done here
 * because csv-parse counts a CRLF inside quotes as two lines.
 */
async function* recordBatches(blocks: AsyncIterable<LineBlock>): AsyncGenerator<CsvRecord[]> {
  let begun: { line: number; lines: string[] } | null = null;
  for await (const block of blocks) {
    const batch: CsvRecord[] = [];
    for (const [index, text] of block.lines.entries()) {
      const record: { line: number; lines: string[] } = begun ?? {
        line: block.firstLine + index,
        lines: [],
      };
      record.lines.push(text);
      begun = hasOddQuotes(text) === (begun === null) ? record : null;
      if (begun === null) batch.push(...closeRecord(record));
    }
    yield batch;
  }
  if (begun !== null) yield closeRecord(begun);
}

function closeRecord(record: { line: number; lines: string[] }): CsvRecord[] {
  const text = record.lines.join('\n').replace(/\r$/, '');
  return text === '' ? [] : [{ line: record.line, text }];
}

function hasOddQuotes(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

const FAULTS: Partial<Record<CsvErrorCode, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted field of the record that begins here is never closed',
  CSV_INVALID_CLOSING_QUOTE:
    'text follows a closing quote; a quote inside a quoted field is written twice: ""',
  INVALID_OPENING_QUOTE:
    'a quote inside a field without quotes; put the field in quotes and write the inner quote twice: ""',
};

function parseRecords(file: string, records: readonly CsvRecord[]): string[][] {
  try {
    return splitCells(records.map((record) => record.text).join('\n'));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return records.flatMap((record) => parseRecord(file, record));
}

function parseRecord(file: string, record: CsvRecord): string[][] {
  try {
    return splitCells(record.text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message = FAULTS[error.code] ?? error.message;
    throw new InputError([{ file, line: record.line, message }], { cause: error });
  }
}

function splitCells(text: string): string[][] {
  return parse(text, { relax_column_count: true, record_delimiter: '\n' });
}

/** Nameless columns, such as the index that pandas writes, are left out of the rows. */
function checkedHeader(file: string, line: number, cells: readonly string[]): readonly string[] {
  const twice = cells.find((name, index) => name !== '' && cells.indexOf(name) !== index);
  if (twice === undefined) return cells;
  const message = `the header names the column \`${twice}\` twice`;
  throw new InputError([{ file, line, path: twice, message }]);
}

function nameCells(
  header: readonly string[],
  cells: readonly string[],
  place: { readonly file: string; readonly line: number },
): Record<string, string> {
  if (cells.length !== header.length) {
    const message = `expected ${header.length} fields as in the header (${header.join(', ')}), found ${cells.length}`;
    throw new InputError([{ ...place, message }]);
  }
  const named = header.map((name, index): [string, string] => [name, cells[index] ?? '']);
  return Object.fromEntries(named.filter(([name]) => name !== ''));
}
