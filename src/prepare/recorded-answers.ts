import { createHash } from 'node:crypto';
import { matchFiles } from '../adapters/files/match-files.ts';
import { formatEnding, readRows } from '../adapters/files/read/read-rows.ts';
import type { AnswerSource } from '../domain/answer-source.ts';
import { InputError, type InputProblem } from '../domain/errors.ts';
import { plainText } from '../domain/human-rating.ts';
import { findValue } from '../items/columns.ts';
import { createProblemList, type ProblemList } from '../items/problem-list.ts';
import { createRowGate } from '../items/where.ts';
import type { Row, RowOptions } from '../ports/rows.ts';
import { answerFormats } from './answer-formats.ts';
import type { RecordedAnswers } from './program.ts';
import { type AnswerRow, readAnswerRow } from './read-answer-row.ts';

/** Existing answers, by the item's id or its question. */
export interface AnswerFile {
  readonly answers: RecordedAnswers;
  /** Answers in the file. */
  readonly rows: number;
  /** Hash of the answers in order: other answers are another run. */
  readonly fingerprint: string;
}

/**
 * Reads a file of answers: one row per answer, with `response` and either `item` (or `id`) or
 * `question`, or as a format or `fields` say; several rows of one item are its answers in that order.
 * A row with both is found by either. Questions match whatever their Unicode form and outer white
 * space. Problems are added.
 */
export async function readAnswers(
  source: AnswerSource,
  problems: InputProblem[],
): Promise<AnswerFile> {
  const found = createProblemList();
  const index = createIndex();
  for (const file of matchFiles(source.file)) await readFile({ ...source, file }, index, found);
  problems.push(...found.listed());
  return index.finish();
}

type Index = ReturnType<typeof createIndex>;

function createIndex() {
  const byItem = new Map<string, string[]>();
  const byQuestion = new Map<string, string[]>();
  const hash = createHash('sha256');
  let rows = 0;
  const append = (index: Map<string, string[]>, key: string, response: string) => {
    const texts = index.get(key) ?? [];
    texts.push(response);
    index.set(key, texts);
  };
  return {
    add({ item, question, responses }: AnswerRow): void {
      for (const response of responses) {
        rows += 1;
        const named = item === null ? { item, question } : { item, question: null };
        hash.update(`${JSON.stringify({ ...named, response })}\n`);
        if (item !== null) append(byItem, item, response);
        if (question !== null) append(byQuestion, plainText(question), response);
      }
    },
    finish: (): AnswerFile => ({
      rows,
      fingerprint: hash.digest('hex'),
      answers: ({ id, question }) => byItem.get(id) ?? byQuestion.get(plainText(question)) ?? [],
    }),
  };
}

async function readFile(source: AnswerSource, index: Index, problems: ProblemList): Promise<void> {
  const { file } = source;
  const gate = createRowGate(source.where);
  const isCopy = createCopyCheck(source, problems);
  let count = 0;
  try {
    for await (const row of readRows(file, rowOptions(source))) {
      if (!gate.passes(row.fields)) continue;
      count += 1;
      if (isCopy(row)) continue;
      const read = readAnswerRow(source, row);
      if ('message' in read) problems.add({ file, line: row.line, ...read });
      else index.add(read);
    }
    problems.add(...gate.problems(file));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.add(...error.problems);
  }
  problems.endFile(file, count);
}

/** A format says where its records are in a document, unless the config does. */
function rowOptions({ file, format, columns, rows }: AnswerSource): RowOptions {
  const own = format === undefined ? null : answerFormats[format].rows;
  return {
    columns,
    rows: rows ?? (formatEnding(file) === '.json' && own !== null ? own : undefined),
  };
}

/** Tells rows that repeat an answer in another form; answers of several models are a problem. */
function createCopyCheck({ file, format }: AnswerSource, problems: ProblemList) {
  const rule = format === undefined ? null : answerFormats[format];
  const single = rule?.single ?? null;
  let first: string | null = null;
  return ({ fields }: Row): boolean => {
    const value = single === null ? undefined : findValue(fields, single)?.value;
    if (rule === null || single === null || value === undefined || value === null) return false;
    const text = JSON.stringify(value);
    first ??= text;
    if (text === first) return false;
    if (rule.several === 'refused') {
      const column = typeof value === 'object' ? `${single}.id` : single;
      const message = `holds answers by several models (\`${single}\`); choose one with \`where: { ${column}: VALUE }\``;
      problems.add({ file, path: single, message });
    }
    return true;
  };
}
