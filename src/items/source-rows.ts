import { counted } from '../domain/counted.ts';
import { InputError, type InputProblem } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import type { ItemSource } from '../domain/item-source.ts';
import type { Row, RowReader } from '../ports/rows.ts';
import { mapRow, type SkippedFault, skippedFault } from './map-rows.ts';
import type { ProblemList } from './problem-list.ts';
import { createRowGate, type RowGate } from './where.ts';

interface Lists {
  readonly problems: ProblemList;
  readonly warnings: ProblemList;
  /** Takes the rows that are skipped; left out: they become warnings. */
  readonly skipped?: (row: Row, fault: SkippedFault) => void;
}

/** An item with the record that it was made of. */
export interface ReadItem {
  readonly item: Item;
  readonly row: Row;
}

/** The rows of a source that pass its `where` and have no fault that it tolerates. */
async function* sourceRows(
  source: ItemSource,
  readRows: RowReader,
  seen: { readonly gate?: RowGate; readonly skipped?: Lists['skipped'] } = {},
): AsyncGenerator<Row> {
  const { gate = createRowGate(source.where), skipped } = seen;
  for await (const row of readRows(source.file, { columns: source.columns, rows: source.rows })) {
    if (!gate.passes(row.fields)) continue;
    const fault = skippedFault(source, row);
    if (fault === null) yield row;
    else skipped?.(row, fault);
  }
}

const MOST_LINES = 10;

/** The items of a source; rows with problems are passed over. */
export async function* sourceItems(source: ItemSource, readRows: RowReader): AsyncGenerator<Item> {
  for await (const row of sourceRows(source, readRows)) {
    const mapped = mapRow(source, row);
    if (mapped.kind === 'item') yield mapped.item;
  }
}

/** The same on a first pass: what is wrong with the file is noted, so that those after it are read too. */
export async function* checkedItems(
  source: ItemSource,
  readRows: RowReader,
  { problems, warnings, skipped: report }: Lists,
): AsyncGenerator<ReadItem> {
  const { file, where } = source;
  const gate = createRowGate(where);
  const skipped = new Map<string, number[]>();
  const counts = { read: 0, given: 0, golds: 0 };
  const counting: RowReader = async function* (name, options) {
    for await (const row of readRows(name, options)) {
      counts.read += 1;
      yield row;
    }
  };
  const note = (row: Row, fault: SkippedFault) => {
    if (report !== undefined) {
      report(row, fault);
      return;
    }
    const { line } = row;
    const lines = skipped.get(fault);
    if (lines) lines.push(line);
    else skipped.set(fault, [line]);
  };
  try {
    for await (const row of sourceRows(source, counting, { gate, skipped: note })) {
      counts.given += 1;
      const mapped = mapRow(source, row);
      if (mapped.kind === 'problems') {
        problems.add(...mapped.problems);
        continue;
      }
      if (isGoldLike(mapped.item)) counts.golds += 1;
      yield { item: mapped.item, row };
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.add(...error.problems);
    return;
  }
  problems.endFile(file, counts.given);
  warnings.add(...goldWarnings(file, counts));
  problems.add(...emptiness(file, counts, gate));
  for (const [fault, lines] of skipped)
    warnings.add({ file, message: skippedMessage(fault, lines) });
  if (counts.given === 0 && skipped.size > 0)
    problems.add({ file, path: 'skip', message: 'every row that is left would be skipped' });
}

const GOLD_LIKE =
  'every reference is a letter or a position, as the right option of a choice is written: a judge would compare answers with it. Say `scoring: choice` with `fields: { options: …, gold: … }` and `gold: letter`, `index0` or `index1`';

function goldWarnings(
  file: string,
  { golds, given }: { readonly golds: number; readonly given: number },
): InputProblem[] {
  return golds > 0 && golds === given ? [{ file, path: 'reference', message: GOLD_LIKE }] : [];
}

/** Whether the reference of a question that a judge rates looks like the mark of an option. */
function isGoldLike({ reference, solution }: Item): boolean {
  return (
    solution === undefined && /^\s*(?:[A-Ja-j]|\d|[أبجدهـ]{1,2}|[甲乙丙丁])\s*$/u.test(reference)
  );
}

/** Why a file gives nothing, or not what its `where` asks for. */
function emptiness(
  file: string,
  { read, given }: { readonly read: number; readonly given: number },
  gate: RowGate,
): InputProblem[] {
  if (read === 0) return [{ file, message: 'there are no records in it' }];
  const misses = gate.problems(file);
  if (given > 0 || misses.length > 0 || gate.passed() > 0) return misses;
  return [{ file, path: 'where', message: `none of the ${read} rows passes` }];
}

function skippedMessage(fault: string, lines: readonly number[]): string {
  const rows = counted(lines.length, 'row');
  const shown = lines.slice(0, MOST_LINES).join(', ');
  const more = lines.length > MOST_LINES ? ` and ${lines.length - MOST_LINES} more` : '';
  return `${rows} skipped (${fault}): line ${shown}${more}`;
}
