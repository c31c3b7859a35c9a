import type { InputProblem } from '../domain/errors.ts';
import { type Item, itemKey } from '../domain/item.ts';
import type { ItemSource } from '../domain/item-source.ts';
import { nearestName } from '../domain/nearest-name.ts';
import type { Row } from '../ports/rows.ts';

type ItemField = keyof Item;
type Problem = Pick<InputProblem, 'path' | 'message'>;
type FieldText = { readonly text: string | null } | { readonly problem: Problem };

export type MappedRow =
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'problems'; readonly problems: readonly InputProblem[] };

/** Digits of the content hash in an id made here: enough for a million questions. */
const ID_DIGITS = 12;

/**
 * Makes an item of a record. A field takes its constant under `set`, else the column mapped under
 * `fields`, else the column of its own name. Numbers and booleans become text; texts stay as they are.
 */
export function mapRow(source: ItemSource, row: Row): MappedRow {
  const problems: InputProblem[] = [];
  const keepText = (read: FieldText): string | null => {
    if ('text' in read) return read.text;
    problems.push({ file: source.file, line: row.line, ...read.problem });
    return null;
  };
  const required = (field: ItemField): string => keepText(requireText(source, row, field)) ?? '';
  const optional = (field: ItemField): string | null => keepText(fieldText(source, row, field));
  const content = {
    question: required('question'),
    reference: required('reference'),
    culture: required('culture'),
    language: required('language'),
    category: required('category'),
    scope: optional('scope'),
    association: optional('association'),
    cluster: optional('cluster'),
  };
  const id = optional('id');
  if (problems.length > 0) return { kind: 'problems', problems };
  return { kind: 'item', item: { id: id ?? deriveId(content), ...content } };
}

function deriveId(content: Omit<Item, 'id'>): string {
  return `q-${itemKey({ id: '', ...content }).slice(0, ID_DIGITS)}`;
}

function requireText(source: ItemSource, row: Row, field: ItemField): FieldText {
  const read = fieldText(source, row, field);
  if ('problem' in read || read.text !== null) return read;
  const column = source.fields?.[field] ?? field;
  if (Object.hasOwn(row.fields, column)) {
    const message = `expected text for the item's ${field}, found ${describeBlank(row.fields[column])}`;
    return { problem: { path: column, message } };
  }
  const message = `there is no such column; map one with \`fields: { ${field}: COLUMN }\` or give a constant with \`set: { ${field}: VALUE }\`${columnHint(column, row)}`;
  return { problem: { path: column, message } };
}

/** The field's text, or null where the record has none. */
function fieldText(source: ItemSource, row: Row, field: ItemField): FieldText {
  const constant = field === 'id' ? undefined : source.set?.[field];
  if (constant !== undefined) return { text: constant };
  const mapped = source.fields?.[field];
  const column = mapped ?? field;
  if (!Object.hasOwn(row.fields, column)) {
    if (mapped === undefined) return { text: null };
    const message = `there is no such column, which \`fields.${field}\` names${columnHint(column, row)}`;
    return { problem: { path: column, message } };
  }
  return asText(row.fields[column], { column, field });
}

function asText(value: unknown, place: { column: string; field: ItemField }): FieldText {
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
  const message = `expected text for the item's ${place.field}, found ${describeNested(value)}`;
  return { problem: { path: place.column, message } };
}

/** NaN is how tables of numbers write an empty cell. Digits that a double lost cannot be got back. */
function numberText(value: number, column: string): FieldText {
  if (Number.isNaN(value)) return { text: null };
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return { text: String(value) };
  const message = 'the number has too many digits to be kept exactly; write it in quotes, as text';
  return { problem: { path: column, message } };
}

function describeNested(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return value instanceof Uint8Array ? 'bytes that are not UTF-8 text' : 'an object';
}

function describeBlank(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return value === '' ? 'nothing' : 'only white space';
}

function columnHint(column: string, row: Row): string {
  const columns = Object.keys(row.fields);
  const nearest = nearestName(column, columns);
  const guess = nearest === null ? '' : `did you mean \`${nearest}\`? `;
  const listed = columns.length === 0 ? 'none' : columns.map((name) => `\`${name}\``).join(', ');
  return `; ${guess}the record has the columns ${listed}`;
}
