import { fingerprint } from '../domain/fingerprint.ts';
import { type Item, itemKey } from '../domain/item.ts';
import type { ItemSource } from '../domain/item-source.ts';
import type { Row } from '../ports/rows.ts';
import { findValue, soleElement } from './columns.ts';
import {
  asText,
  describeBlank,
  type FieldProblem,
  type FieldText,
  missingHint,
} from './field-text.ts';
import { readSolution } from './map-solution.ts';
import type { RowProblem } from './problem-list.ts';

type ItemField = Exclude<keyof Item, 'solution'> | BesideField;
/** What a file says of a question that is no part of it. */
type BesideField = 'source' | 'translation';

export type MappedRow =
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'problems'; readonly problems: readonly RowProblem[] };

/** Digits of the content hash in an id made here: enough for a million questions. */
const ID_DIGITS = 12;

/**
 * Makes an item of a record. A field takes its constant under `set`, else the column mapped under
 * `fields`, else the column of its own name. Numbers and booleans become text; texts stay as they are.
 */
export function mapRow(source: ItemSource, row: Row): MappedRow {
  const problems: RowProblem[] = [];
  const keepText = (read: FieldText): string | null => {
    if ('text' in read) return read.text;
    problems.push({ file: source.file, line: row.line, ...read.problem });
    return null;
  };
  const required = (field: ItemField): string => keepText(requireText(source, row, field)) ?? '';
  const optional = (field: ItemField): string | null => keepText(fieldText(source, row, field));
  const solved = solutionOf(source, row, problems);
  const content = {
    question: required('question'),
    reference: solved === null ? required('reference') : solved.reference,
    culture: required('culture'),
    language: required('language'),
    category: required('category'),
    scope: optional('scope'),
    association: optional('association'),
    cluster: optional('cluster') ?? passageOf(solved?.solution?.context ?? null),
    ...(solved?.solution && { solution: solved.solution }),
  };
  const id = optional('id');
  // Looked for where they were mapped only: most files have neither.
  for (const field of BESIDE) if (source.fields?.[field] !== undefined) optional(field);
  if (problems.length > 0) return { kind: 'problems', problems };
  return { kind: 'item', item: { id: id ?? deriveId(content), ...content } };
}

/** null for a question that a judge rates. */
function solutionOf(source: ItemSource, row: Row, problems: RowProblem[]) {
  const { scoring = 'judge', file } = source;
  if (scoring === 'judge') return null;
  const read = readSolution(source, scoring, row);
  for (const problem of read.problems) problems.push({ file, line: row.line, ...problem });
  return read;
}

/** Questions about one passage are one draw. */
function passageOf(context: string | null): string | null {
  return context === null ? null : `passage-${fingerprint(context).slice(0, ID_DIGITS)}`;
}

const BESIDE = ['source', 'translation'] as const satisfies readonly BesideField[];

/** Where the question was taken from, or its translation, as the file says; null where it does not. */
export function besideText(source: ItemSource, row: Row, field: BesideField): string | null {
  const read = fieldText(source, row, field);
  return 'text' in read ? read.text : null;
}

function deriveId(content: Omit<Item, 'id'>): string {
  return `q-${itemKey({ id: '', ...content }).slice(0, ID_DIGITS)}`;
}

function requireText(source: ItemSource, row: Row, field: ItemField): FieldText {
  const read = fieldText(source, row, field);
  if ('problem' in read || read.text !== null) return read;
  const name = columnOf(source, field) ?? field;
  const found = findValue(row.fields, name);
  if (found !== null) {
    const message = `expected text for the item's ${field}, found ${describeBlank(found.value)}`;
    return { problem: { path: name, message, ...skipHint(field) } };
  }
  const message = `there is no such column; map one with \`fields: { ${field}: COLUMN }\` or give a constant with \`set: { ${field}: VALUE }\``;
  return { problem: { path: name, message, hint: missingHint(source, name, row) } };
}

function skipHint(field: ItemField): Pick<FieldProblem, 'hint'> {
  if (field !== 'question' && field !== 'reference') return {};
  return { hint: `; \`skip: [blank-${field}]\` leaves such rows out` };
}

/** The column or path mapped to a field, or that of its own name; null for an id that is not to be read. */
function columnOf(source: ItemSource, field: ItemField): string | null {
  const mapped = source.fields?.[field];
  return mapped === undefined ? field : mapped;
}

/** The field's text, or null where the record has none. */
function fieldText(source: ItemSource, row: Row, field: ItemField): FieldText {
  const constant = field === 'id' || field === 'translation' ? undefined : source.set?.[field];
  if (constant !== undefined) return { text: constant };
  const column = columnOf(source, field);
  if (column === null) return { text: null };
  const found = findValue(row.fields, column);
  if (found !== null) return asText(soleElement(found.value), { column: found.column, field });
  if (source.fields?.[field] === undefined) return { text: null };
  const message = `there is no such column, which \`fields.${field}\` names`;
  return { problem: { path: column, message, hint: missingHint(source, column, row) } };
}

export type SkippedFault = NonNullable<ItemSource['skip']>[number];

/** Which tolerated fault the row has, if its source tolerates it. */
export function skippedFault(source: ItemSource, row: Row): SkippedFault | null {
  const fault = source.skip?.find((skip) => {
    const field = skip === 'blank-question' ? 'question' : 'reference';
    const found = findValue(row.fields, columnOf(source, field) ?? field);
    if (found === null || source.set?.[field] !== undefined) return false;
    const read = asText(soleElement(found.value), { column: found.column, field });
    return 'text' in read && read.text === null;
  });
  return fault ?? null;
}
