import type { ItemSource } from '../domain/item-source.ts';
import { FEWEST_OPTIONS, MOST_OPTIONS } from '../domain/solution.ts';
import type { Row } from '../ports/rows.ts';
import { findValue } from './columns.ts';
import { asText, type FieldProblem, missingHint } from './field-text.ts';
import { nestedValue } from './nested-value.ts';

export interface OfferedOptions {
  readonly options: readonly string[];
  /** By option, where the file names them: the keys of a dictionary; null for a list. */
  readonly keys: readonly string[] | null;
}

interface Option {
  readonly column: string;
  readonly key: string | null;
  readonly value: unknown;
}

/** The options of a record: of several columns, a list, or a dictionary. null where there are problems. */
export function readOptions(
  source: ItemSource,
  row: Row,
  problems: FieldProblem[],
): OfferedOptions | null {
  const before = problems.length;
  const columns = source.fields?.options ?? 'options';
  const written =
    typeof columns === 'string'
      ? inOneColumn(source, row, { column: columns, problems })
      : columns.flatMap((column) => inColumn(source, row, { column, problems }));
  if (problems.length > before) return null;
  const texts = written.map(({ column, value }, index) => {
    const read = asText(value, { column, field: `option ${index + 1}` });
    if ('text' in read) return read.text;
    problems.push(read.problem);
    return null;
  });
  if (problems.length > before) return null;
  // Tables of questions with different numbers of options are padded at the end.
  const count = texts.findLastIndex((text) => text !== null) + 1;
  const options = texts.slice(0, count).flatMap((text) => text ?? []);
  const path = written[0]?.column ?? String(columns);
  const faults = [
    ...blanks(texts.slice(0, count)),
    ...wrongCount(options.length),
    ...repeated(options),
  ];
  problems.push(...faults.map((message) => ({ path, message })));
  if (faults.length > 0) return null;
  const keys = written.slice(0, count).flatMap(({ key }) => key ?? []);
  return { options, keys: keys.length === count ? keys : null };
}

interface Reading {
  readonly column: string;
  readonly problems: FieldProblem[];
}

function inColumn(source: ItemSource, row: Row, { column, problems }: Reading): Option[] {
  const found = findValue(row.fields, column);
  if (found !== null) return [{ column: found.column, key: null, value: found.value }];
  const message = 'there is no such column, which `fields.options` names';
  problems.push({ path: column, message, hint: missingHint(source, column, row) });
  return [];
}

function inOneColumn(source: ItemSource, row: Row, { column, problems }: Reading): Option[] {
  const found = findValue(row.fields, column);
  if (found === null) {
    const message =
      'there is no such column; name the columns of the options with `fields: { options: [COLUMN, …] }`, or one column that holds them all';
    problems.push({ path: column, message, hint: missingHint(source, column, row) });
    return [];
  }
  const value = nestedValue(found.value);
  const option = (key: string | null) => (text: unknown) => ({
    column: found.column,
    key,
    value: text,
  });
  if (Array.isArray(value)) return value.map(option(null));
  if (typeof value === 'object' && value !== null) {
    const labelled = labelledLists(value);
    const entries = labelled ?? Object.entries(value);
    return entries.map(([key, text]) => option(key)(text));
  }
  const message = 'expected a list or a dictionary of options, found a single value';
  const hint = '; where options stand in columns, list these: `fields: { options: [A, B, C, D] }`';
  problems.push({ path: found.column, message, hint });
  return [];
}

/** The form that some data sets give a list of options in: { text: […], label: […] }. */
function labelledLists(value: object): (readonly [string, unknown])[] | null {
  const { text: texts, label: labels }: { text?: unknown; label?: unknown } = value;
  if (!isList(texts) || !isList(labels) || texts.length !== labels.length) return null;
  return texts.map((text, index) => [String(labels[index]), text] as const);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function blanks(texts: readonly (string | null)[]): string[] {
  const places = texts.flatMap((text, index) => (text === null ? [index + 1] : []));
  if (places.length === 0) return [];
  return [`option ${places.join(' and ')} is blank or null, with options after it`];
}

function wrongCount(count: number): string[] {
  if (count >= FEWEST_OPTIONS && count <= MOST_OPTIONS) return [];
  return [`expected ${FEWEST_OPTIONS} to ${MOST_OPTIONS} options, found ${count}`];
}

/** A reader that folds widths and a model that reads them cannot tell such options apart. */
function repeated(options: readonly string[]): string[] {
  const folded = options.map((option) => option.normalize('NFKC').trim());
  return folded.flatMap((text, index) => {
    const first = folded.indexOf(text);
    if (first === index) return [];
    const how =
      options[first] === options[index]
        ? 'are the same'
        : 'are the same but for their width or form (NFKC)';
    return [`options ${first + 1} and ${index + 1} ${how}: only one of them could be right`];
  });
}
