import type { AnswerSource } from '../domain/answer-source.ts';
import { columnHint, findValue, soleElement } from '../items/columns.ts';
import type { RowProblem } from '../items/problem-list.ts';
import type { Row } from '../ports/rows.ts';
import { type AnswerFormat, answerFormats, likelyFormat, questionText } from './answer-formats.ts';

type Problem = Pick<RowProblem, 'path' | 'message' | 'hint'>;

/** The answers of one row, and to what. At least one of item and question is there. */
export interface AnswerRow {
  readonly item: string | null;
  readonly question: string | null;
  readonly responses: readonly string[];
}

/** The program's own columns. */
const PLAIN: Pick<AnswerFormat, 'item' | 'question' | 'responses'> = {
  item: ['item', 'id'],
  question: ['question'],
  responses: (fields) => {
    const found = findValue(fields, 'response');
    return [found === null ? undefined : soleElement(found.value)];
  },
};

/** Reads a row; a row without an answer, because the call failed, has no response. */
export function readAnswerRow(
  { format, fields: mapped = {} }: AnswerSource,
  { fields }: Row,
): AnswerRow | Problem {
  const own = format === undefined ? PLAIN : answerFormats[format];
  const item = firstText(fields, mapped.item === undefined ? own.item : [mapped.item]);
  const question = firstText(
    fields,
    mapped.question === undefined ? own.question : [mapped.question],
  );
  const column = mapped.response;
  const given = column === undefined ? own.responses(fields) : mappedResponses(fields, column);
  if (given === null) return { item, question, responses: [] };
  const responses = given.flatMap((value) => textOf(value) ?? []);
  if (responses.length < given.length || given.length === 0) {
    return noResponse(fields, { format, column });
  }
  if (item !== null || question !== null) return { item, question, responses };
  const message = 'expected the item’s id under `item`, or its text under `question`';
  return { path: 'item', message, hint: hintFor(fields, { format, column: 'question' }) };
}

function mappedResponses(fields: Row['fields'], column: string): readonly unknown[] {
  const found = findValue(fields, column);
  return [found === null ? undefined : soleElement(found.value)];
}

interface Wanted {
  readonly format: AnswerSource['format'];
  readonly column: string | undefined;
}

function noResponse(fields: Row['fields'], { format, column }: Wanted): Problem {
  const path = column ?? 'response';
  if (format !== undefined && column === undefined) {
    const message = `expected the answer as text where ${format} writes it`;
    return { path, message, hint: columnHint('response', fields) };
  }
  const message = `expected the answer as text under \`${path}\``;
  return { path, message, hint: hintFor(fields, { format, column }) };
}

function hintFor(fields: Row['fields'], { format, column = 'response' }: Wanted): string {
  const likely = format === undefined ? likelyFormat(fields) : null;
  const guess = likely === null ? '' : `, or \`format: ${likely}\`, which it looks like`;
  return `${columnHint(column, fields)}; map columns with \`responses: { file: …, fields: { response: COLUMN, question: COLUMN } }\`${guess}`;
}

function firstText(fields: Row['fields'], columns: readonly string[]): string | null {
  for (const column of columns) {
    const value = soleElement(findValue(fields, column)?.value);
    const text = textOf(value) ?? questionText(findValue(fields, column)?.value);
    if (text !== null && text.trim() !== '') return text;
  }
  return null;
}

/** An empty cell is an empty answer. */
function textOf(value: unknown): string | null {
  if (value === null || Number.isNaN(value)) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
