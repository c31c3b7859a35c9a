import { type AnswerTable, labelOf, placeOfAnswer } from './answer-table.ts';
import { apartOf, type Judged, judge, statusesOf } from './judged.ts';
import { orderBy } from './order.ts';
import { differencesOf, questionQuery, relates, type Side, sidesOf } from './pairs.ts';
import { type Party, type Query, writeQuery } from './query.ts';
import { select, type Tallies } from './select.ts';
import type { JudgeRatings, ListedAnswer, OtherAnswer, PageOf } from './wire.ts';

/** Entries of a list on one page. */
export const PAGE_SIZE = 50;

/** What a search found so far. */
export interface Found {
  /** By answer; null without a search. */
  readonly found: Uint8Array | null;
  /** Share of the texts that were looked through. */
  readonly searched: number;
}

/** A list in its order. */
export interface Listed {
  /** Places in the table; of pairs, places of questions. */
  readonly places: Uint32Array;
  readonly tallies: Tallies;
}

export interface ListedPairs extends Listed {
  readonly sides: readonly Side[];
  readonly differences: Float64Array;
  /** Questions that the filter leaves, whatever their relation. */
  readonly compared: Uint32Array;
}

/** Lists and places in them, remembered, so that pages of one list are made once. */
export interface Viewer {
  readonly table: AnswerTable;
  list(query: Query, found: Found): Listed;
  /** Ratings are one judge's: the query's first, or the run's. */
  pairs(query: Query, found: Found): ListedPairs;
  /** An answer without its texts. */
  entry(query: Query, place: number): Omit<ListedAnswer, Texts>;
  /** All answers to the question of one. */
  others(query: Query, place: number): OtherAnswer[];
  /** Forgets what was computed: ratings of people have changed. */
  forget(): void;
}

type Texts = 'question' | 'language' | 'answer' | 'detected';

/** Lists kept; each is four bytes an answer. */
const KEPT = 6;

export function createViewer(table: AnswerTable): Viewer {
  const judged = remember<Judged>(2);
  const apart = remember<Float64Array>(4);
  const orders = remember<Uint32Array>(4);
  const lists = remember<Listed>(KEPT);
  const pairLists = remember<ListedPairs>(KEPT);
  const judgedBy = (judges: readonly string[]) =>
    judged.get(JSON.stringify(judges), () => judge(table, judges));
  const apartBy = (query: Query, party: Party) =>
    apart.get(JSON.stringify([query.chosen.judge, party]), () =>
      apartOf(table, judgedBy(query.chosen.judge), party),
    );
  const selection = (query: Query, { found }: Found) =>
    select(table, query, {
      judged: judgedBy(query.chosen.judge),
      apart: query.apart === null ? null : apartBy(query, query.apart.party),
      found,
    });
  const orderOf = (query: Query): Uint32Array | null => {
    const values = sortValues(table, query, {
      rating: () => judgedBy(query.chosen.judge).rating,
      apart: () => apartBy(query, query.apart?.party ?? 'judges'),
    });
    if (values === null) return null;
    const { sort, descending, chosen } = query;
    const key = JSON.stringify([sort, descending, chosen.judge, query.apart?.party]);
    return orders.get(key, () => orderBy(values(), descending));
  };
  return {
    table,
    list: (query, found) =>
      lists.get(listKey(query, found), () => {
        const { shown, tallies } = selection(query, found);
        return { places: inOrder(shown, orderOf(query), query.descending), tallies };
      }),
    pairs: (query, found) =>
      pairLists.get(listKey(query, found), () => {
        const judges =
          query.chosen.judge.length === 1 ? query.chosen.judge : table.judges.slice(0, 1);
        const asked = questionQuery({ ...query, chosen: { ...query.chosen, judge: judges } });
        return pairsOf(table, asked, {
          judged: judgedBy(judges),
          ...selection({ ...asked, low: null, high: null, statuses: [], apart: null }, found),
        });
      }),
    entry: (query, place) => {
      const { rating, status, counts } = judgedBy(query.chosen.judge);
      const { party } = query.apart ?? { party: 'judges' as const };
      const distance = numberOrNull(apartBy(query, party)[place]);
      return {
        ...entryOf(table, place),
        rating: numberOrNull(rating[place]),
        byJudge: ratingsByJudge(table, counts, place),
        statuses: statusesOf(Number(status[place])),
        apart: distance,
      };
    },
    others: (query, place) => othersOf(table, judgedBy(query.chosen.judge), place),
    forget: () => {
      for (const memory of [judged, apart, orders, lists, pairLists]) memory.clear();
    },
  };
}

/** Keeps the newest few of what is costly to make. */
function remember<Value>(most: number) {
  const kept = new Map<string, Value>();
  return {
    get: (key: string, make: () => Value): Value => {
      const value = kept.get(key) ?? make();
      kept.delete(key);
      kept.set(key, value);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return value;
    },
    clear: () => kept.clear(),
  };
}

function listKey(query: Query, { searched }: Found): string {
  return `${writeQuery({ ...query, page: 1 })} ${searched}`;
}

function sortValues(
  table: AnswerTable,
  { sort }: Query,
  from: { readonly rating: () => Float64Array; readonly apart: () => Float64Array },
): (() => Float64Array) | null {
  switch (sort) {
    case 'plan':
    case 'difference':
      return null;
    case 'rating':
    case 'apart':
      return from[sort];
    case 'people':
      return () => Float64Array.from(table.people);
    case 'length':
      return () => Float64Array.from(table.characters);
    default:
      return sort satisfies never;
  }
}

function inOrder(shown: Uint8Array, order: Uint32Array | null, descending: boolean): Uint32Array {
  const places = new Uint32Array(shown.reduce((sum, one) => sum + one, 0));
  let next = 0;
  for (let index = 0; index < shown.length; index += 1) {
    const place = order === null ? index : Number(order[index]);
    if (shown[place] === 0) continue;
    places[next] = place;
    next += 1;
  }
  return order === null && descending ? places.reverse() : places;
}

function pairsOf(
  table: AnswerTable,
  query: Query,
  { judged, shown, tallies }: { judged: Judged; shown: Uint8Array; tallies: Tallies },
): ListedPairs {
  const sides = sidesOf(table, judged, query.sides);
  const differences = differencesOf(sides, table.questions.length);
  const asked = new Uint8Array(table.questions.length);
  shown.forEach((one, answer) => {
    if (one === 1) asked[Number(table.question[answer])] = 1;
  });
  const questions = Uint32Array.from(asked, (_, question) => question);
  const compared = questions.filter(
    (question) => asked[question] === 1 && sides.every(({ planned }) => planned[question] === 1),
  );
  const order = query.sort === 'difference' ? orderBy(differences, query.descending) : null;
  const related = new Uint8Array(table.questions.length);
  for (const question of compared) {
    const difference = Number(differences[question]);
    if (relates(query.relation, { sides, question, difference })) related[question] = 1;
  }
  return {
    sides,
    differences,
    compared,
    tallies,
    places: inOrder(related, order, query.descending),
  };
}

function entryOf(table: AnswerTable, place: number) {
  return {
    id: Number(table.id[place]),
    item: table.questions[Number(table.question[place])]?.id ?? '',
    model: labelOf(table, 'model', place),
    style: labelOf(table, 'style', place),
    trial: Number(table.trial[place]),
    culture: labelOf(table, 'culture', place),
    category: labelOf(table, 'category', place),
    scope: labelOf(table, 'scope', place),
    people: numberOrNull(table.people[place]),
  };
}

function ratingsByJudge(table: AnswerTable, counts: Uint8Array, answer: number): JudgeRatings[] {
  const byJudge = table.judges.map(
    (name): { judge: string; ratings: number[]; planned: boolean } => ({
      judge: name,
      ratings: [],
      planned: false,
    }),
  );
  for (
    let place = Number(table.begins[answer]);
    place < Number(table.begins[answer + 1]);
    place += 1
  ) {
    const by = Number(table.judge[place]);
    const entry = byJudge[by];
    if (entry === undefined || counts[by] === 0) continue;
    entry.planned = true;
    const rating = Number(table.rating[place]);
    if (!Number.isNaN(rating)) entry.ratings.push(rating);
  }
  return byJudge.flatMap(({ judge: name, ratings, planned }) =>
    planned ? [{ judge: name, ratings }] : [],
  );
}

function othersOf(table: AnswerTable, { rating }: Judged, place: number): OtherAnswer[] {
  const question = table.question[place];
  let first = place;
  while (first > 0 && table.question[first - 1] === question) first -= 1;
  const found: OtherAnswer[] = [];
  for (let other = first; other < table.answers && table.question[other] === question; other += 1) {
    const { id, model, style, trial } = entryOf(table, other);
    found.push({ id, model, style, trial, rating: numberOrNull(rating[other]) });
  }
  return found;
}

/** Which entries a page shows; a page behind the last one is the last. */
export function pageOf(total: number, { page }: Pick<Query, 'page'>, searched: number): PageOf {
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  return { total, pages, page: Math.min(page, pages), searched };
}

export function placesOnPage({ places }: Listed, { page }: PageOf): number[] {
  return [...places.subarray((page - 1) * PAGE_SIZE, page * PAGE_SIZE)];
}

/** Where an answer stands in a list, with its neighbours' ids. */
export function neighbours({ id }: AnswerTable, { places }: Listed, wanted: number) {
  const place = placeOfAnswer({ id }, wanted);
  const index = places.indexOf(place);
  const idAt = (at: number): number | null => {
    const found = at < 0 ? undefined : places[at];
    return found === undefined ? null : Number(id[found]);
  };
  return index < 0
    ? { place: null, total: places.length, previous: null, next: idAt(0) }
    : { place: index, total: places.length, previous: idAt(index - 1), next: idAt(index + 1) };
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
