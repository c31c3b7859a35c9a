import { createHash } from 'node:crypto';
import { readRows } from '../adapters/files/read-rows.ts';
import { InputError, type InputProblem } from '../domain/errors.ts';
import type { Row } from '../ports/rows.ts';
import type { RecordedAnswers } from './program.ts';

/** Answers made elsewhere, by the item's id or its question. */
export interface AnswerFile {
  readonly answers: RecordedAnswers;
  /** Rows in the file. */
  readonly rows: number;
  /** Hash of the rows in order: other answers are another run. */
  readonly fingerprint: string;
}

/**
 * Reads a file of answers: one row an answer, with `response` and either `item` (or `id`) or
 * `question`; several rows of one item are its answers in that order. Problems are added.
 */
export async function readAnswers(file: string, problems: InputProblem[]): Promise<AnswerFile> {
  const byItem = new Map<string, string[]>();
  const byQuestion = new Map<string, string[]>();
  const hash = createHash('sha256');
  let rows = 0;
  try {
    for await (const row of readRows(file)) {
      rows += 1;
      const answer = answerOf(row);
      if ('message' in answer) {
        problems.push({ file, line: row.line, ...answer });
        continue;
      }
      hash.update(`${JSON.stringify(answer)}\n`);
      const [index, key] =
        answer.item === null ? [byQuestion, answer.question] : [byItem, answer.item];
      const texts = index.get(key) ?? [];
      texts.push(answer.response);
      index.set(key, texts);
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
  }
  return {
    rows,
    fingerprint: hash.digest('hex'),
    answers: ({ id, question }) => byItem.get(id) ?? byQuestion.get(question) ?? [],
  };
}

type Answer = { readonly response: string } & (
  | { readonly item: string; readonly question: null }
  | { readonly item: null; readonly question: string }
);

function answerOf({ fields }: Row): Answer | Pick<InputProblem, 'path' | 'message'> {
  const response = textOf(fields['response']);
  if (response === null) {
    return { path: 'response', message: 'expected the answer as text under `response`' };
  }
  const item = textOf(fields['item']) ?? textOf(fields['id']);
  if (item !== null) return { item, question: null, response };
  const question = textOf(fields['question']);
  if (question !== null) return { item: null, question, response };
  return {
    path: 'item',
    message: 'expected the item’s id under `item`, or its text under `question`',
  };
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
