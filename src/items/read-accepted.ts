import type { ItemSource } from '../domain/item-source.ts';
import type { AcceptedAnswer } from '../domain/solution.ts';
import type { Row } from '../ports/rows.ts';
import { findValue } from './columns.ts';
import { asText, type FieldProblem, missingHint } from './field-text.ts';
import { nestedValue } from './nested-value.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Accepted answers of a record with their votes, most votes first. Empty where there are problems. */
export function readAccepted(
  source: ItemSource,
  row: Row,
  problems: FieldProblem[],
): AcceptedAnswer[] {
  const columns = source.fields?.answers ?? 'answers';
  const before = problems.length;
  const accepted =
    typeof columns === 'string' || Array.isArray(columns)
      ? [columns].flat().flatMap((column) => plainAnswers(source, row, { column, problems }))
      : listedAnswers(source, row, { columns, problems });
  if (problems.length > before) return [];
  if (accepted.length === 0) {
    const path = typeof columns === 'string' ? columns : 'answers';
    problems.push({ path, message: 'there is no accepted answer' });
  }
  return accepted.toSorted((a, b) => b.votes - a.votes);
}

interface InColumn {
  readonly column: string;
  readonly problems: FieldProblem[];
}

/** A text, or a list of texts; each is an answer with one vote. */
function plainAnswers(source: ItemSource, row: Row, { column, problems }: InColumn) {
  const found = findValue(row.fields, column);
  if (found === null) {
    const message =
      'there is no such column; name the column of the accepted answers with `fields: { answers: COLUMN }`';
    problems.push({ path: column, message, hint: missingHint(source, column, row) });
    return [];
  }
  return textsIn(found.value, found.column, problems).map((text) => ({ texts: [text], votes: 1 }));
}

function textsIn(value: unknown, column: string, problems: FieldProblem[]): string[] {
  return [nestedValue(value)].flat().flatMap((one) => {
    const read = asText(one, { column, field: 'accepted answer' });
    if ('problem' in read) problems.push(read.problem);
    return 'text' in read ? (read.text ?? []) : [];
  });
}

interface Listed {
  readonly columns: Extract<
    NonNullable<NonNullable<ItemSource['fields']>['answers']>,
    { list: string }
  >;
  readonly problems: FieldProblem[];
}

/** A list of objects, each with the spellings of one answer and how many people gave it. */
function listedAnswers(source: ItemSource, row: Row, { columns, problems }: Listed) {
  const { list, texts, votes } = columns;
  const found = findValue(row.fields, list);
  const value = found && nestedValue(found.value);
  if (!Array.isArray(value)) {
    const message =
      found === null
        ? 'there is no such column, which `fields.answers.list` names'
        : 'expected a list of answers';
    problems.push({
      path: list,
      message,
      ...(found === null && { hint: missingHint(source, list, row) }),
    });
    return [];
  }
  return value.flatMap((entry: unknown, index): AcceptedAnswer[] => {
    const path = `${list}.${index}`;
    if (!isFields(entry)) {
      problems.push({ path, message: 'expected an object with the texts of an accepted answer' });
      return [];
    }
    const spellings = [texts]
      .flat()
      .flatMap((column) => textsIn(findValue(entry, column)?.value, `${path}.${column}`, problems));
    const given = votes === undefined ? 1 : votesOf(findValue(entry, votes)?.value);
    if (given === null) {
      problems.push({
        path: `${path}.${votes}`,
        message: 'expected a whole number of votes, 1 or more',
      });
      return [];
    }
    return spellings.length === 0 ? [] : [{ texts: [...new Set(spellings)], votes: given }];
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function votesOf(value: unknown): number | null {
  const votes = typeof value === 'string' ? Number(value) : value;
  return typeof votes === 'number' && Number.isInteger(votes) && votes >= 1 ? votes : null;
}
