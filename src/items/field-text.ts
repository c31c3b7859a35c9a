import { looksLikeRow, NAME_THE_COLUMNS } from '../domain/header.ts';
import type { ItemSource } from '../domain/item-source.ts';
import type { Row } from '../ports/rows.ts';
import { columnHint } from './columns.ts';
import type { RowProblem } from './problem-list.ts';

export type FieldProblem = Pick<RowProblem, 'path' | 'message' | 'hint'>;
/** What a record has for a field; null where it has nothing. */
export type FieldText = { readonly text: string | null } | { readonly problem: FieldProblem };

/** Where a value was found, and what it is for: `question`, `option 2`. */
interface FieldPlace {
  readonly column: string;
  readonly field: string;
}

/** Numbers and booleans become text; texts stay as they are, blank ones are null. */
export function asText(value: unknown, place: FieldPlace): FieldText {
  switch (typeof value) {
    case 'string':
      return { text: value.trim() === '' ? null : value };
    case 'number':
      return numberText(value, place.column);
    case 'boolean':
    case 'bigint':
      return { text: String(value) };
  }
  if (value === null || value === undefined) return { text: null };
  const message = `expected text for the item's ${place.field}, found ${describeNested(value, place.column)}`;
  return { problem: { path: place.column, message } };
}

/** NaN is how tables of numbers write an empty cell. Digits that a double lost cannot be got back. */
function numberText(value: number, column: string): FieldText {
  if (Number.isNaN(value)) return { text: null };
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return { text: String(value) };
  const message = 'the number has too many digits to be kept exactly; write it in quotes, as text';
  return { problem: { path: column, message } };
}

function describeNested(value: unknown, column: string): string {
  if (Array.isArray(value))
    return `a list of ${value.length}; take one by its position: \`${column}.0\``;
  return value instanceof Uint8Array ? 'bytes that are not UTF-8 text' : 'an object';
}

export function describeBlank(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return value === '' ? 'nothing' : 'only white space';
}

/** What to do about a column that a record lacks. */
export function missingHint({ columns }: ItemSource, column: string, { fields }: Row): string {
  const bare = columns === undefined && looksLikeRow(Object.keys(fields));
  return bare ? `; ${NAME_THE_COLUMNS}` : columnHint(column, fields);
}
