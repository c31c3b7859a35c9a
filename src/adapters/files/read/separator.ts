import { parse } from 'csv-parse/sync';

export type Separator = string;

const SEPARATORS: readonly Separator[] = [',', ';', '\t'];
/** What Excel writes and takes as a first line of its own: `sep=;`. */
const SEPARATOR_LINE = /^"?sep=(.)"?\r?$/i;
const MOST_RECORDS = 50;

/** The separator that a first line names, or null. */
export function namedSeparator(line: string): Separator | null {
  return SEPARATOR_LINE.exec(line)?.[1] ?? null;
}

/** What a table's first lines are split with: the separator that gives all of them the same fields. */
export function detectSeparator(
  lines: readonly string[],
  { likely, width }: { readonly likely: Separator; readonly width: number | null },
): Separator {
  const candidates = [likely, ...SEPARATORS.filter((separator) => separator !== likely)];
  const [best] = candidates
    .map((separator) => ({ separator, ...shapeOf(lines, separator) }))
    .sort(
      (a, b) =>
        Number(b.columns === width) - Number(a.columns === width) ||
        Number(b.even) - Number(a.even) ||
        b.columns - a.columns,
    );
  return best && best.columns > 1 ? best.separator : likely;
}

/** Columns of the first record, and whether there are several and every record has as many. */
function shapeOf(lines: readonly string[], separator: Separator) {
  const counts: number[] = [];
  const records = cutRecords(lines, separator).slice(0, MOST_RECORDS);
  for (const record of records) {
    const cells = splitLoosely(record, separator);
    if (cells === null) return { columns: counts[0] ?? 1, even: false };
    if (cells.some((cell) => cell.trim() !== '')) counts.push(cells.length);
  }
  const [columns = 1] = counts;
  return { columns, even: columns > 1 && counts.every((count) => count === columns) };
}

function splitLoosely(record: string, separator: Separator): string[] | null {
  try {
    return splitCells(record, separator)[0] ?? [];
  } catch {
    // Not a record with this separator; the reader reports what is wrong with the one that is chosen.
    return null;
  }
}

/** Whole records among the lines; one that the lines cut is left out. */
function cutRecords(lines: readonly string[], separator: Separator): string[] {
  const records: string[] = [];
  let begun: string[] = [];
  for (const line of lines) {
    const open = isOpenAfter(line, separator, begun.length > 0);
    begun.push(line);
    if (open) continue;
    const record = begun.join('\n').replace(/\r$/, '');
    if (record !== '') records.push(record);
    begun = [];
  }
  return records;
}

/** Whether a quoted field goes on after this line; a quote opens a field only where the field begins. */
export function isOpenAfter(line: string, separator: Separator, openBefore: boolean): boolean {
  let open = openBefore;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at)) {
    if (open && line[at + 1] === '"') {
      at += 2;
      continue;
    }
    open = open ? false : at === 0 || line[at - 1] === separator;
    at += 1;
  }
  return open;
}

/**
 * Splits records that are joined by line feeds, as RFC 4180 says. Between tabs a quote inside a field
 * is text, since texts there are seldom put in quotes at all.
 */
export function splitCells(text: string, separator: Separator): string[][] {
  return parse(text, {
    delimiter: separator,
    relax_column_count: true,
    record_delimiter: '\n',
    relax_quotes: separator === '\t',
  });
}
