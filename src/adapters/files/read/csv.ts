import { CsvError, type CsvErrorCode } from 'csv-parse';
import { InputError } from '../../../domain/errors.ts';
import { looksLikeRow, NAME_THE_COLUMNS } from '../../../domain/header.ts';
import type { Row } from '../../../ports/rows.ts';
import { type LineBlock, lineBlocks } from './line-blocks.ts';
import {
  detectSeparator,
  isOpenAfter,
  namedSeparator,
  type Separator,
  splitCells,
} from './separator.ts';

export interface TableOptions {
  /** The separator that the file's ending speaks for, where several would do. */
  readonly likely?: Separator;
  /** Names of the columns of a file without a header. */
  readonly columns?: readonly string[] | undefined;
}

/** The text of one record, which spans lines where a quoted field does, and the line it begins on. */
interface TextRecord {
  readonly line: number;
  readonly text: string;
}

/**
 * Records under a header row, after RFC 4180: LF, CRLF or CR, fields with quotes, separators and line
 * breaks in double quotes. The separator is what the first lines show, or a line `sep=` names. Blank
 * lines and records of blank fields are skipped; a field `NaN` is null, since that is how pandas
 * writes an empty one; every other value stays a string as it is.
 */
export async function* csvRows(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  options: TableOptions = {},
): AsyncGenerator<Row> {
  const given = options.columns;
  let header: readonly string[] | null = null;
  for await (const { line, cells } of filledRecords(file, chunks, options)) {
    if (header !== null) {
      yield { line, fields: nameCells(header, cells, { file, line, given }) };
    } else if (given === undefined) {
      header = checkedHeader(file, line, cells);
    } else {
      refuseHeader(file, line, { cells, given });
      header = given;
      yield { line, fields: nameCells(header, cells, { file, line, given }) };
    }
  }
  if (header === null) throw new InputError([{ file, message: 'the file is empty' }]);
}

/** The cells of every record that has one with something in it. */
async function* filledRecords(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  options: TableOptions,
): AsyncGenerator<{ readonly line: number; readonly cells: readonly string[] }> {
  for await (const batch of recordBatches(lineBlocks(file, chunks), options)) {
    const parsed = parseRecords(file, batch);
    for (const [index, { line }] of batch.records.entries()) {
      const cells = parsed[index] ?? [];
      if (cells.some((cell) => cell.trim() !== '')) yield { line, cells };
    }
  }
}

interface Batch {
  readonly separator: Separator;
  readonly records: readonly TextRecord[];
}

/** Cuts lines into records, once a block of them has shown the separator. */
async function* recordBatches(
  blocks: AsyncIterable<LineBlock>,
  options: TableOptions,
): AsyncGenerator<Batch> {
  let separator: Separator | null = null;
  let cutter: RecordCutter | null = null;
  for await (const block of blocks) {
    const named = block.firstLine === 1 ? namedSeparator(block.lines[0] ?? '') : null;
    separator ??= named ?? chooseSeparator(block, options);
    if (separator === null) continue;
    cutter ??= createRecordCutter(separator);
    yield { separator, records: cutter.cut(block, named === null ? 0 : 1) };
  }
  if (cutter !== null && separator !== null) yield { separator, records: cutter.rest() };
}

interface RecordCutter {
  /** The records that end in the block, whose first lines may be none of theirs. */
  cut(block: LineBlock, skipped: number): TextRecord[];
  /** One that the file ends in. */
  rest(): TextRecord[];
}

/**
 * A record ends at the first line end that no quoted field spans. Done here because csv-parse counts
 * a CRLF inside quotes as two lines.
 */
function createRecordCutter(separator: Separator): RecordCutter {
  let begun: { line: number; lines: string[] } | null = null;
  return {
    cut({ firstLine, lines }, skipped) {
      const records: TextRecord[] = [];
      for (const [index, text] of lines.entries()) {
        if (index < skipped) continue;
        const open: boolean = isOpenAfter(text, separator, begun !== null);
        const record: { line: number; lines: string[] } = begun ?? {
          line: firstLine + index,
          lines: [],
        };
        record.lines.push(text);
        begun = open ? record : null;
        if (!open) records.push(...closeRecord(record));
      }
      return records;
    },
    rest: () => (begun === null ? [] : closeRecord(begun)),
  };
}

/** null for blank lines alone. */
function chooseSeparator(
  { lines }: LineBlock,
  { likely = ',', columns }: TableOptions,
): Separator | null {
  if (lines.every((line) => line.trim() === '')) return null;
  return detectSeparator(lines, { likely, width: columns?.length ?? null });
}

function closeRecord(record: { line: number; lines: string[] }): TextRecord[] {
  const text = record.lines.join('\n').replace(/\r$/, '');
  return text === '' ? [] : [{ line: record.line, text }];
}

const FAULTS: Partial<Record<CsvErrorCode, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted field of the record that begins here is never closed',
  CSV_INVALID_CLOSING_QUOTE:
    'text follows a closing quote; a quote inside a quoted field is written twice: ""',
  INVALID_OPENING_QUOTE:
    'a quote inside a field without quotes; put the field in quotes and write the inner quote twice: ""',
};

function parseRecords(file: string, { separator, records }: Batch): string[][] {
  try {
    const text = records.map((record) => record.text).join('\n');
    const parsed = splitCells(text, separator);
    if (parsed.length === records.length) return parsed;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return records.map((record) => parseRecord(file, record, separator));
}

function parseRecord(file: string, { line, text }: TextRecord, separator: Separator): string[] {
  try {
    const [cells, ...others] = splitCells(text, separator);
    if (cells !== undefined && others.length === 0) return cells;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message = FAULTS[error.code] ?? error.message;
    throw new InputError([{ file, line, message }], { cause: error });
  }
  const message =
    'the line ends are mixed, so that records cannot be told apart; save the file anew';
  throw new InputError([{ file, line, message }]);
}

interface Place {
  readonly file: string;
  readonly line: number;
}

/** Nameless columns, such as the index that pandas writes, are left out of the rows. */
function checkedHeader(file: string, line: number, cells: readonly string[]): readonly string[] {
  const twice = cells.find((name, index) => name !== '' && cells.indexOf(name) !== index);
  if (twice === undefined) return cells;
  const hint = looksLikeRow(cells) ? `; ${NAME_THE_COLUMNS}` : '';
  const message = `the header names the column \`${twice}\` twice${hint}`;
  throw new InputError([{ file, line, path: twice, message }]);
}

/** A header under `columns` would become the first row. */
function refuseHeader(
  file: string,
  line: number,
  { cells, given }: { readonly cells: readonly string[]; readonly given: readonly string[] },
): void {
  const plain = (names: readonly string[]) => names.map((name) => name.trim().toLowerCase()).join();
  if (plain(cells) !== plain(given)) return;
  const message = 'the file has a header with these very names; take `columns` out';
  throw new InputError([{ file, line, path: 'columns', message }]);
}

function nameCells(
  header: readonly string[],
  cells: readonly string[],
  { file, line, given }: Place & { readonly given: readonly string[] | undefined },
): Record<string, string | null> {
  const surplus = cells.slice(header.length);
  if (cells.length < header.length || surplus.some((cell) => cell.trim() !== '')) {
    const names = given === undefined ? 'in the header' : 'under `columns`';
    const message = `expected ${header.length} fields as ${names} (${header.join(', ')}), found ${cells.length}`;
    throw new InputError([{ file, line, message }]);
  }
  const named = header.map((name, index): [string, string | null] => {
    const cell = cells[index] ?? '';
    return [name, cell === 'NaN' ? null : cell];
  });
  return Object.fromEntries(named.filter(([name]) => name !== ''));
}
