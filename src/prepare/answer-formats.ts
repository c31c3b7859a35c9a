import type { AnswerFormatName } from '../domain/answer-formats.ts';
import { findValue } from '../items/columns.ts';

type Fields = Readonly<Record<string, unknown>>;

/** How a harness writes answers. */
export interface AnswerFormat {
  /** Path of the records in a .json document; none where they are the document. */
  readonly rows: string | null;
  /** The first of these that is there and not blank. */
  readonly item: readonly string[];
  readonly question: readonly string[];
  /** Every answer of a row, as texts; null where the call failed and there is none. */
  readonly responses: (fields: Fields) => readonly unknown[] | null;
  /** A column whose values must be one: who answered, or how the answer was cut. */
  readonly single: string | null;
  /** Where `single` has several values: a choice for the user, or copies of one answer. */
  readonly several: 'refused' | 'first';
  /** A row has these columns. */
  readonly columns: readonly string[];
}

/** Formats by name. */
export const answerFormats: Readonly<Record<AnswerFormatName, AnswerFormat>> = {
  'alpaca-eval': {
    rows: null,
    item: [],
    question: ['instruction'],
    responses: (fields) => [valueAt(fields, 'output')],
    single: 'generator',
    several: 'refused',
    columns: ['instruction', 'output'],
  },
  'mt-bench': {
    rows: null,
    item: ['question_id'],
    question: [],
    responses: (fields) =>
      listOf(valueAt(fields, 'choices')).map((choice) => valueAt(choice, 'turns.0')),
    single: 'model_id',
    several: 'refused',
    columns: ['question_id', 'choices'],
  },
  'lm-eval': {
    rows: null,
    item: ['doc.id'],
    question: ['doc.question', 'doc.query', 'doc.prompt'],
    responses: (fields) => listOf(listOf(valueAt(fields, 'resps'))[0]),
    // Each filter has a row of its own, with the same generated answers.
    single: 'filter',
    several: 'first',
    columns: ['doc_id', 'resps'],
  },
  inspect: {
    rows: 'samples',
    item: ['id'],
    question: ['input'],
    responses: (fields) => {
      const answer = inspectAnswer(fields);
      return answer === null ? null : [answer];
    },
    single: null,
    several: 'refused',
    columns: ['input', 'output', 'epoch'],
  },
  promptfoo: {
    rows: 'results.results',
    item: ['vars.id', 'vars.item'],
    question: ['vars.question', 'vars.prompt', 'vars.input'],
    responses: (fields) => {
      const output = valueAt(fields, 'response.output');
      return output === undefined || output === null ? null : [output];
    },
    single: 'provider',
    several: 'refused',
    columns: ['vars', 'response', 'provider'],
  },
};

function valueAt(value: unknown, path: string): unknown {
  return isFields(value) ? findValue(value, path)?.value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A sample that failed has no choice. */
function inspectAnswer(fields: Fields): unknown {
  const content = valueAt(fields, 'output.choices.0.message.content');
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  const parts = content.flatMap((part: unknown) =>
    valueAt(part, 'type') === 'text' ? [String(valueAt(part, 'text') ?? '')] : [],
  );
  return parts.join('');
}

/** A text, or of chat messages the last that the user wrote. */
export function questionText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const asked = listOf(value).findLast((message) => valueAt(message, 'role') === 'user');
  const content = valueAt(asked, 'content');
  return typeof content === 'string' ? content : null;
}

/** The format that a row with these columns is most likely of. */
export function likelyFormat(fields: Fields): AnswerFormatName | null {
  const entries: readonly (readonly [string, AnswerFormat])[] = Object.entries(answerFormats);
  const found = entries.find(([, { columns }]) =>
    columns.every((column) => Object.hasOwn(fields, column)),
  )?.[0];
  return isName(found) ? found : null;
}

function isName(name: string | undefined): name is AnswerFormatName {
  return name !== undefined && Object.hasOwn(answerFormats, name);
}
