import { InputError } from '../domain/errors.ts';
import type { ItemSource } from '../domain/item-source.ts';
import type { Row, RowReader } from '../ports/rows.ts';
import { skippedFault } from './map-rows.ts';
import type { ProblemList } from './problem-list.ts';
import { createRowGate, type RowGate } from './where.ts';

/** The rows of a source that pass its `where` and have no fault that it tolerates. */
export async function* sourceRows(
  source: ItemSource,
  readRows: RowReader,
  seen: { readonly gate?: RowGate; readonly skipped?: (row: Row, fault: string) => void } = {},
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

/** The same on a first pass: what is wrong with the file is noted, so that those after it are read too. */
export async function* checkedRows(
  source: ItemSource,
  readRows: RowReader,
  { problems, warnings }: { readonly problems: ProblemList; readonly warnings: ProblemList },
): AsyncGenerator<Row> {
  const { file, where } = source;
  const gate = createRowGate(where);
  const skipped = new Map<string, number[]>();
  let count = 0;
  let given = 0;
  const counting: RowReader = async function* (name, options) {
    for await (const row of readRows(name, options)) {
      count += 1;
      yield row;
    }
  };
  const note = ({ line }: Row, fault: string) =>
    skipped.set(fault, [...(skipped.get(fault) ?? []), line]);
  try {
    for await (const row of sourceRows(source, counting, { gate, skipped: note })) {
      given += 1;
      yield row;
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.add(...error.problems);
    return;
  }
  problems.endFile(file, given);
  if (count === 0) problems.add({ file, message: 'there are no records in it' });
  else problems.add(...gate.problems(file));
  if (count > 0 && given === 0 && skipped.size === 0 && gate.problems(file).length === 0)
    problems.add({ file, path: 'where', message: `none of the ${count} rows passes` });
  for (const [fault, lines] of skipped)
    warnings.add({ file, message: skippedMessage(fault, lines) });
}

function skippedMessage(fault: string, lines: readonly number[]): string {
  const rows = lines.length === 1 ? '1 row' : `${lines.length} rows`;
  const shown = lines.slice(0, MOST_LINES).join(', ');
  const more = lines.length > MOST_LINES ? ` and ${lines.length - MOST_LINES} more` : '';
  return `${rows} skipped (${fault}): line ${shown}${more}`;
}
