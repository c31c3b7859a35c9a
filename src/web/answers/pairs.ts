import type { ScoredRow } from '../../series/scores/scored-series.ts';
import { type AnswerTable, labelOf } from './answer-table.ts';
import type { Judged } from './judged.ts';
import { type Query, type Relation, seriesName } from './query.ts';

/** Ratings of one model asked in one way, by question. */
export interface Side {
  readonly name: string;
  /** Mean over its answers, of a `best` model the highest; NaN without one. */
  readonly rating: Float64Array;
  /** Its first answer that the filter shows, as a place in the table; -1 without one. */
  readonly answer: Int32Array;
  /** The question is planned for it. */
  readonly planned: Uint8Array;
}

/** All series of a run, in the order of its config. */
export function seriesNames({ dimensions: { model, style } }: AnswerTable): string[] {
  return model.names.flatMap((name) =>
    style.names.map((way) => seriesName({ model: name, style: way })),
  );
}

/** @param names as `seriesNames` has them; others are left out */
export function sidesOf(table: AnswerTable, judged: Judged, names: readonly string[]): Side[] {
  const known = seriesNames(table);
  const sides = names
    .filter((name) => known.includes(name))
    .map((name) => ({ code: known.indexOf(name), gathered: emptySide(name, table) }));
  const byCode = new Map(sides.map(({ code, gathered }) => [code, gathered]));
  const { model, style } = table.dimensions;
  const counts = new Map(sides.map(({ code }) => [code, new Uint16Array(table.questions.length)]));
  for (let answer = 0; answer < table.answers; answer += 1) {
    const code = Number(model.codes[answer]) * style.names.length + Number(style.codes[answer]);
    const side = byCode.get(code);
    const rated = counts.get(code);
    if (side === undefined || rated === undefined) continue;
    const best = table.best[Number(model.codes[answer])] === true;
    addAnswer(side, rated, {
      answer,
      best,
      question: Number(table.question[answer]),
      rating: Number(judged.rating[answer]),
    });
  }
  return sides.map(({ gathered }) => gathered);
}

function emptySide(name: string, { questions }: AnswerTable): Side {
  return {
    name,
    rating: new Float64Array(questions.length).fill(Number.NaN),
    answer: new Int32Array(questions.length).fill(-1),
    planned: new Uint8Array(questions.length),
  };
}

interface AddedAnswer {
  readonly answer: number;
  readonly question: number;
  readonly rating: number;
  readonly best: boolean;
}

function addAnswer(side: Side, rated: Uint16Array, added: AddedAnswer): void {
  const { answer, question, rating, best } = added;
  side.planned[question] = 1;
  if (side.answer[question] === -1) side.answer[question] = answer;
  if (Number.isNaN(rating)) return;
  const before = Number(side.rating[question]);
  const n = Number(rated[question]);
  rated[question] = n + 1;
  if (n === 0) side.rating[question] = rating;
  else side.rating[question] = best ? Math.max(before, rating) : (before * n + rating) / (n + 1);
}

/** Ratings nearer than this do not differ; ratings up to this are low. */
const DIFFERS_FROM = 1;
const LOW_TO = 4;

/** First minus second; of more sides, the second is the farthest of the others. NaN without two. */
export function differencesOf(sides: readonly Side[], questions: number): Float64Array {
  const [first, ...others] = sides;
  const differences = new Float64Array(questions).fill(Number.NaN);
  if (first === undefined) return differences;
  for (let question = 0; question < questions; question += 1) {
    for (const other of others) {
      const difference = Number(first.rating[question]) - Number(other.rating[question]);
      const before = Number(differences[question]);
      if (Number.isNaN(before) || Math.abs(difference) > Math.abs(before))
        differences[question] = difference;
    }
  }
  return differences;
}

/** Whether a question is shown under a relation of its sides. */
export function relates(
  relation: Relation | null,
  { sides, question, difference }: { sides: readonly Side[]; question: number; difference: number },
): boolean {
  switch (relation) {
    case null:
      return true;
    case 'differ':
      return Math.abs(difference) >= DIFFERS_FROM;
    case 'gained':
      return difference >= DIFFERS_FROM;
    case 'lost':
      return difference <= -DIFFERS_FROM;
    case 'low':
      return sides.every(({ rating }) => Number(rating[question]) <= LOW_TO);
    default:
      return relation satisfies never;
  }
}

/** A query about questions alone: whose answers they are is said by the sides. */
export function questionQuery(query: Query): Query {
  return { ...query, chosen: { ...query.chosen, model: [], style: [] } };
}

/** What `compare` takes: the rows of a side's questions. */
export function scoredRows(
  table: AnswerTable,
  side: Side,
  questions: ArrayLike<number>,
): ScoredRow[] {
  return Array.from(questions)
    .filter((question) => side.planned[question] === 1)
    .map((question) => {
      const { key, id, cluster } = table.questions[question] ?? { key: '', id: '', cluster: null };
      const rating = Number(side.rating[question]);
      const answer = Number(side.answer[question]);
      const scope = labelOf(table, 'scope', answer);
      return {
        item: key,
        ...{ id, cluster, scope: scope === '' ? null : scope },
        culture: labelOf(table, 'culture', answer),
        category: labelOf(table, 'category', answer),
        rating: Number.isNaN(rating) ? null : rating,
        planned: 1,
        rated: Number.isNaN(rating) ? 0 : 1,
      };
    });
}
