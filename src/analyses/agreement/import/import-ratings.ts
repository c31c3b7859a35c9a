import { basename } from 'node:path';
import { readRows } from '../../../adapters/files/read/read-rows.ts';
import { fileExists } from '../../../adapters/files/read-text.ts';
import { InputError, OperatorError } from '../../../domain/errors.ts';
import { answerKey, type HumanRating, type RatingScale } from '../../../domain/human-rating.ts';
import { RATING_MAX, RATING_MIN } from '../../../domain/judgment.ts';
import { createProblemList, type ProblemList } from '../../../items/problem-list.ts';
import type { HumanRatingStore, SavedRatings } from '../../../ports/human-ratings.ts';
import { type RatingRow, readRating } from './rating-rows.ts';

export interface ImportRatingsOptions {
  readonly file: string;
  readonly db: string;
  /** Opens the store, or makes it where there is none. */
  readonly open: (db: string) => HumanRatingStore;
  /** Name of the ratings' origin; the file's name where it is left out. */
  readonly source?: string | undefined;
  /** Who rated, for rows that name nobody; the source where it is left out. */
  readonly rater?: string | undefined;
  /** Culture of answers that are not in the store, for rows that name none. */
  readonly culture?: string | undefined;
  readonly scale?: RatingScale | undefined;
  /** The run whose answers rows mean that give a model and no text; left out: any. */
  readonly run?: string | undefined;
}

export interface ImportedRatings extends SavedRatings {
  readonly source: string;
  readonly raters: number;
  readonly answers: number;
  /** Rows whose rating was left blank. */
  readonly blank: number;
}

const TEN_POINTS: RatingScale = { min: RATING_MIN, max: RATING_MAX };

/**
 * Puts human ratings into a store. Throws InputError with every bad row at once; then nothing is
 * written. The same file again changes nothing.
 */
export async function importRatings(options: ImportRatingsOptions): Promise<ImportedRatings> {
  const { file, db, source = basename(options.file) } = options;
  const problems = createProblemList();
  const { rows, blank } = await readRatings(file, options.scale ?? TEN_POINTS, problems);
  // Opening would make the store, which must not be left behind by ratings that are refused.
  if (!problems.isEmpty() && (rows.length === 0 || !fileExists(db)))
    throw new InputError(problems.listed());
  if (!fileExists(db) && rows.some(isFoundInStore))
    throw new OperatorError(
      `${db}: no such store, so the questions and answers that ${file} names by \`item\` and \`model\` cannot be found. Name the store with --db.`,
    );
  const store = options.open(db);
  try {
    const ratings = resolveRows(rows, { ...options, source, store }, problems);
    if (!problems.isEmpty()) throw new InputError(problems.listed());
    const saved = store.save(ratings);
    return {
      ...saved,
      source,
      blank,
      raters: new Set(ratings.map(({ rater }) => rater)).size,
      answers: new Set(ratings.map(({ question, answer }) => answerKey(question, answer))).size,
    };
  } finally {
    store.close();
  }
}

function isFoundInStore({ asked, answer }: RatingRow): boolean {
  return 'item' in asked || 'model' in answer;
}

async function readRatings(file: string, scale: RatingScale, problems: ProblemList) {
  const rows: RatingRow[] = [];
  let blank = 0;
  let count = 0;
  try {
    for await (const row of readRows(file)) {
      count += 1;
      const read = readRating(row, scale);
      if (read.kind === 'rating') rows.push(read.row);
      else if (read.kind === 'blank') blank += 1;
      else problems.add(...read.problems.map((problem) => ({ file, line: row.line, ...problem })));
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.add(...error.problems);
  }
  problems.endFile(file, count);
  if (rows.length === 0 && problems.isEmpty())
    problems.add({ file, message: 'there is no rating in it' });
  return { rows, blank };
}

interface Resolving extends ImportRatingsOptions {
  readonly source: string;
  readonly store: HumanRatingStore;
}

/** Gives every row its question and text from the store, and its place among the rater's own. */
function resolveRows(
  rows: readonly RatingRow[],
  options: Resolving,
  problems: ProblemList,
): HumanRating[] {
  const { file, source } = options;
  const occasions = new Map<string, number>();
  return rows.flatMap((row) => {
    const question = questionOf(row, options);
    const answer = 'message' in question ? question : answerOf(row, question.text, options);
    if ('message' in question || 'message' in answer) {
      problems.add({ file, line: row.line, ...answer, message: messageOf(question, answer) });
      return [];
    }
    const { rating, given, scale, category } = row;
    const rater = row.rater ?? options.rater ?? source;
    const place = JSON.stringify([answerKey(question.text, answer.text), rater]);
    const occasion = occasions.get(place) ?? 0;
    occasions.set(place, occasion + 1);
    return {
      question: question.text,
      answer: answer.text,
      culture: row.culture ?? options.culture ?? null,
      category,
      ...{ rater, occasion, rating, given, scale, source },
    };
  });
}

type Found = { readonly text: string } | { readonly path: string; readonly message: string };

function messageOf(...found: readonly Found[]): string {
  return found.flatMap((part) => ('message' in part ? part.message : []))[0] ?? '';
}

function questionOf({ asked }: RatingRow, { store }: Resolving): Found {
  if ('question' in asked) return { text: asked.question };
  const [text, ...others] = store.questionsOf(asked.item);
  if (text === undefined) {
    return {
      path: 'item',
      message: `the store has no item "${asked.item}"; write the question’s text under \`question\``,
    };
  }
  if (others.length === 0) return { text };
  return {
    path: 'item',
    message: `the store has ${others.length + 1} different questions with the id "${asked.item}"; write the text under \`question\``,
  };
}

function answerOf({ answer }: RatingRow, question: string, { store, run }: Resolving): Found {
  if ('text' in answer) return answer;
  const { texts, models } = store.answersOf({ question, ...answer, run: run ?? null });
  const [text, ...others] = texts;
  const whose = [answer.model, answer.variant, answer.style].filter((part) => part !== null);
  if (text === undefined) {
    const known = models.length === 0 ? 'no model has answered it' : `it has: ${models.join(', ')}`;
    return {
      path: 'model',
      message: `the store has no answer of ${whose.join(', ')} to this question (${known})`,
    };
  }
  if (others.length === 0) return { text };
  return {
    path: 'model',
    message: `the store has ${texts.length} different answers of ${whose.join(', ')} to this question; write the text under \`response\`, or name \`variant\`, \`style\` or --run`,
  };
}
