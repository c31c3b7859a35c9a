import { onTenPoints, type RatingScale } from '../../../domain/human-rating.ts';
import { RATING_MAX, RATING_MIN } from '../../../domain/judgment.ts';
import { parseNumber } from '../../../domain/written-number.ts';
import { columnHint, findValue, soleElement } from '../../../items/columns.ts';
import type { RowProblem } from '../../../items/problem-list.ts';
import type { Row } from '../../../ports/rows.ts';

/** Whose answer a row rates: its text, or the model that gave it. */
export type RatedText =
  | { readonly text: string }
  | { readonly model: string; readonly variant: string | null; readonly style: string | null };

/** A row as it was understood; the store has not been asked yet. */
export interface RatingRow {
  readonly line: number;
  readonly asked: { readonly question: string } | { readonly item: string };
  readonly answer: RatedText;
  readonly culture: string | null;
  readonly category: string | null;
  readonly rater: string | null;
  /** On the scale 1 to 10. */
  readonly rating: number;
  readonly given: number;
  readonly scale: RatingScale;
}

type Fields = Row['fields'];
type Problem = Pick<RowProblem, 'path' | 'message' | 'hint'>;

/** A rating, a row whose rating was left blank, or what is wrong with it. */
export type ReadRating =
  | { readonly kind: 'rating'; readonly row: RatingRow }
  | { readonly kind: 'blank' }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** The columns a field may stand under: the first that is there. CARE's two releases and PRISM name theirs differently. */
const COLUMNS = {
  item: ['item'],
  question: ['question', 'user_prompt'],
  response: ['response', 'model_response'],
  model: ['model'],
  variant: ['variant'],
  style: ['style'],
  rater: ['rater', 'annotator', 'user_id'],
  rating: ['rating', 'human_rating', 'score'],
  culture: ['culture'],
  category: ['category', 'culture_type', 'cul_type'],
  scaleMin: ['scale_min'],
  scaleMax: ['scale_max'],
} as const;

/** Reads one row; `scale` is that of rows that name none. */
export function readRating({ line, fields }: Row, scale: RatingScale): ReadRating {
  const text = (field: keyof typeof COLUMNS) => textUnder(fields, COLUMNS[field]);
  const given = text('rating');
  if (given === null && isLeftBlank(fields)) return { kind: 'blank' };
  const asked = askedBy(text('question'), text('item') ?? textUnder(fields, ['id']));
  const answer = answerOf(text);
  const own = scaleOf(text('scaleMin'), text('scaleMax'), scale);
  const rating = 'message' in own ? own : ratingOn(given, own);
  const problems = [asked, answer, rating].flatMap((part) =>
    typeof part === 'object' && 'message' in part ? [withHint(part, fields)] : [],
  );
  if ('message' in asked || 'message' in answer || typeof rating !== 'number' || 'message' in own)
    return { kind: 'problems', problems };
  return {
    kind: 'rating',
    row: {
      line,
      asked,
      answer,
      culture: text('culture') ?? nativeCulture(fields['associated_culture']),
      category: text('category'),
      rater: text('rater')?.trim() ?? null,
      rating: onTenPoints(rating, own),
      given: rating,
      scale: own,
    },
  };
}

/** Where a column is missing, those that are there are listed. */
function withHint(problem: Problem, fields: Fields): Problem {
  const { path = '' } = problem;
  return findValue(fields, path) === null && path in HINTED
    ? { ...problem, hint: columnHint(path, fields) }
    : problem;
}

/** Fields that a row must have in some column. */
const HINTED = { question: true, response: true, rating: true } as const;

/** CARE writes whose custom a question is about as "Native (Arab)": then it is that culture's. */
function nativeCulture(associated: unknown): string | null {
  if (typeof associated !== 'string') return null;
  return /^Native \((.+)\)$/.exec(associated.trim())?.[1] ?? null;
}

/** Tables leave a cell empty or write NaN; anything else that is no number is a mistake. */
function isLeftBlank(fields: Fields): boolean {
  const given = COLUMNS.rating.flatMap((column) => findValue(fields, column) ?? []);
  return (
    given.length > 0 &&
    given.every(
      ({ value }) =>
        value === null ||
        value === undefined ||
        Number.isNaN(value) ||
        (typeof value === 'string' && value.trim() === ''),
    )
  );
}

function textUnder(fields: Fields, columns: readonly string[]): string | null {
  for (const column of columns) {
    const value = soleElement(findValue(fields, column)?.value);
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number' && !Number.isNaN(value)) return String(value);
  }
  return null;
}

function askedBy(question: string | null, item: string | null): RatingRow['asked'] | Problem {
  if (question !== null) return { question };
  if (item !== null) return { item };
  return {
    path: 'question',
    message: 'expected the question’s text under `question`, or its id under `item`',
  };
}

function answerOf(text: (field: keyof typeof COLUMNS) => string | null): RatedText | Problem {
  const response = text('response');
  if (response !== null) return { text: response };
  const model = text('model');
  if (model !== null) return { model, variant: text('variant'), style: text('style') };
  return {
    path: 'response',
    message:
      'expected the answer’s text under `response`, or under `model` (with `variant`, `style`) whose answer in the store it is',
  };
}

function scaleOf(
  min: string | null,
  max: string | null,
  usual: RatingScale,
): RatingScale | Problem {
  if (min === null && max === null) return usual;
  const [low, high] = [parseNumber(min ?? ''), parseNumber(max ?? '')];
  if (low !== null && high !== null && low < high) return { min: low, max: high };
  return {
    path: 'scale_min',
    message: `expected the ends of the scale as two numbers under \`scale_min\` and \`scale_max\`, found ${JSON.stringify(min)} and ${JSON.stringify(max)}`,
  };
}

function ratingOn(given: string | null, { min, max }: RatingScale): number | Problem {
  if (given === null)
    return { path: 'rating', message: 'expected a number under `rating` (or `human_rating`)' };
  const value = parseNumber(given);
  if (value !== null && value >= min && value <= max) return value;
  const usual = min === RATING_MIN && max === RATING_MAX;
  const hint = usual ? '; say --scale MIN-MAX where raters used another scale' : '';
  return {
    path: 'rating',
    message: `expected a number from ${min} to ${max}, found ${JSON.stringify(given)}${hint}`,
  };
}
