import { counted } from '../../domain/counted.ts';
import { OperatorError } from '../../domain/errors.ts';
import { pick } from '../../stats/at.ts';
import type { ScoredRow, ScoredSeries } from '../scores/scored-series.ts';

/** What a question is, whoever answered it. */
type Question = Pick<ScoredRow, 'item' | 'id' | 'culture' | 'category' | 'scope' | 'cluster'>;

/** The questions that all of several series have. */
export interface CommonQuestions {
  /** In the order of their content keys, so that no order of rows changes a figure. */
  readonly questions: readonly Question[];
  /** By series, then question; null where it has no rating. */
  readonly ratings: readonly (readonly (number | null)[])[];
  /** By series: ids of its questions that not every other series has. */
  readonly leftOut: readonly (readonly string[])[];
  /** The sides asked the same questions in other words or another language. */
  readonly pairedByCluster: boolean;
}

/** Above this share of questions that not all series have, a comparison would be of something else. */
export const LEFT_OUT_LIMIT = 0.05;
const LISTED = 10;

/**
 * Matches series by question content; where those differ, as for the same questions in two languages,
 * by `cluster`, if every question has one of its own. Throws OperatorError where more than 5 % do not
 * match.
 */
export function commonQuestions(series: readonly ScoredSeries[]): CommonQuestions {
  const byContent = match(series, 'item');
  if (isEnough(byContent)) return byContent;
  const byCluster = series.every(hasOwnClusters) ? match(series, 'cluster') : null;
  if (byCluster !== null && isEnough(byCluster)) return byCluster;
  const { leftOut, questions, all } = byContent;
  throw new OperatorError(tooFewCommon(series, leftOut, { all, common: questions.length }));
}

function isEnough({ questions, all }: Matched): boolean {
  return questions.length > 0 && all - questions.length <= LEFT_OUT_LIMIT * all;
}

function hasOwnClusters({ rows }: ScoredSeries): boolean {
  const clusters = new Set(rows.flatMap(({ cluster }) => cluster ?? []));
  return clusters.size === rows.length;
}

interface Matched extends CommonQuestions {
  /** Questions that any series has. */
  readonly all: number;
}

function match(series: readonly ScoredSeries[], by: 'item' | 'cluster'): Matched {
  const indexed = series.map((one) => indexRows(one, by));
  const [first = new Map<string, ScoredRow>()] = indexed;
  const all = new Set(indexed.flatMap((rows) => [...rows.keys()]));
  const keys = [...first.keys()].filter((key) => indexed.every((rows) => rows.has(key))).sort();
  const common = new Set(keys);
  return {
    all: all.size,
    pairedByCluster: by === 'cluster',
    questions: keys.flatMap((key) => {
      const row = first.get(key);
      if (!row) return [];
      const { item, id, culture, category, scope, cluster } = row;
      return [{ item, id, culture, category, scope, cluster }];
    }),
    ratings: indexed.map((rows) => keys.map((key) => rows.get(key)?.rating ?? null)),
    leftOut: indexed.map((rows) =>
      [...rows].flatMap(([key, { id }]) => (common.has(key) ? [] : [id])).sort(),
    ),
  };
}

/** First minus second, question by question; null where either has no rating. */
export function differencesOf(
  { ratings }: Pick<CommonQuestions, 'ratings'>,
  first: number,
  second: number,
): (number | null)[] {
  const others = pick(ratings, second);
  return pick(ratings, first).map((rating, question) => {
    const other = pick(others, question);
    return rating === null || other === null ? null : rating - other;
  });
}

function indexRows(
  { label, rows }: ScoredSeries,
  by: 'item' | 'cluster',
): ReadonlyMap<string, ScoredRow> {
  const indexed = new Map(rows.map((row) => [row[by] ?? row.item, row]));
  if (indexed.size < rows.length) throw new OperatorError(`${label}: has the same question twice.`);
  return indexed;
}

function tooFewCommon(
  series: readonly ScoredSeries[],
  leftOut: readonly (readonly string[])[],
  { all, common }: { readonly all: number; readonly common: number },
): string {
  const lists = series.flatMap(({ label }, position) => {
    const ids = leftOut[position] ?? [];
    if (ids.length === 0) return [];
    const rest = ids.length > LISTED ? ` and ${ids.length - LISTED} more` : '';
    return [`  only in ${label}: ${ids.slice(0, LISTED).join(', ')}${rest}`];
  });
  return [
    `Only ${common} of ${counted(all, 'question')} are common to all; a comparison needs 95 %. Compare runs of the same questions (equal items and \`select\`), or pair the same questions in two languages by a \`cluster\` of their own.`,
    ...lists,
  ].join('\n');
}
