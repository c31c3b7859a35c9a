import type { AnswerBeginning } from '../../ports/answer-reader.ts';
import { type AnswerTable, MARK, OUTCOMES, placeOfAnswer } from './answer-table.ts';
import { pairedFigures } from './figures.ts';
import { seriesNames } from './pairs.ts';
import type { Query } from './query.ts';
import {
  type Found,
  type ListedPairs,
  neighbours,
  pageOf,
  placesOnPage,
  type Viewer,
} from './viewer.ts';
import type {
  AnswerFacts,
  AnswerList,
  AnswerView,
  ListedAnswer,
  ListedPair,
  PairList,
  Progress,
  RunFacts,
} from './wire.ts';

/** Beginnings of the texts of answers, in the order of the ids. */
export type BeginningsOf = (
  ids: readonly number[],
) => readonly AnswerBeginning[] | Promise<readonly AnswerBeginning[]>;

/** A list that is asked for: by what, in which table, with what a search has found. */
export interface Asked {
  readonly viewer: Viewer;
  readonly query: Query;
  readonly found: Found;
}

export async function answerList(asked: Asked, textsOf: BeginningsOf): Promise<AnswerList> {
  const { viewer, query, found } = asked;
  const listed = viewer.list(query, found);
  const page = pageOf(listed.places.length, query, found.searched);
  const answers = await entries(asked, placesOnPage(listed, page), textsOf);
  return { ...page, of: viewer.table.answers, answers, tallies: listed.tallies };
}

async function entries(
  { viewer, query }: Asked,
  places: readonly number[],
  textsOf: BeginningsOf,
): Promise<ListedAnswer[]> {
  const found = places.map((place) => viewer.entry(query, place));
  const texts = await textsOf(found.map(({ id }) => id));
  const byId = new Map(texts.map((text) => [text.id, text]));
  return found.map((entry) => {
    const {
      question = '',
      language = '',
      answer = null,
      detected = null,
    } = byId.get(entry.id) ?? {};
    return { ...entry, question, language, answer, detected };
  });
}

export async function pairList(asked: Asked, textsOf: BeginningsOf): Promise<PairList> {
  const { viewer, query, found } = asked;
  const listed = viewer.pairs(query, found);
  const { sides, compared, places, tallies } = listed;
  const page = pageOf(places.length, query, found.searched);
  const pairs = await pairEntries(asked, listed, {
    questions: placesOnPage(listed, page),
    textsOf,
  });
  return {
    ...page,
    of: compared.length,
    sides: sides.map(({ name }) => name),
    judge:
      query.chosen.judge.length === 1
        ? (query.chosen.judge[0] ?? '')
        : (viewer.table.judges[0] ?? ''),
    pairs,
    figures: pairedFigures(viewer.table, listed),
    tallies,
  };
}

async function pairEntries(
  asked: Asked,
  { sides, differences }: ListedPairs,
  { questions, textsOf }: { readonly questions: readonly number[]; readonly textsOf: BeginningsOf },
): Promise<ListedPair[]> {
  const answersOf = (question: number) => sides.map(({ answer }) => Number(answer[question]));
  const places = questions.flatMap(answersOf).filter((place) => place >= 0);
  const answers = await entries(asked, places, textsOf);
  const byPlace = new Map(places.map((place, index) => [place, answers[index] ?? null]));
  return questions.flatMap((question) => {
    const shown = answersOf(question).map((place) => byPlace.get(place) ?? null);
    const [first] = shown.filter((one) => one !== null);
    if (first === undefined) return [];
    const { item, culture, category, question: text, language } = first;
    return {
      ...{ item, culture, category, question: text, language },
      sides: shown,
      ratings: sides.map(({ rating }) => finite(rating[question])),
      difference: finite(differences[question]),
    };
  });
}

function finite(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** An answer with its place in the list that it was opened from. */
export function answerView({ viewer, query, found }: Asked, answer: AnswerFacts): AnswerView {
  const { table } = viewer;
  return {
    answer,
    ...neighbours(table, viewer.list(query, found), answer.id),
    others: viewer.others(query, placeOfAnswer(table, answer.id)),
  };
}

export function runFacts(
  table: AnswerTable,
  facts: Pick<RunFacts, 'id' | 'name' | 'simulated' | 'ratable'> & { readonly live: boolean },
): RunFacts {
  const { live, ...rest } = facts;
  const { dimensions } = table;
  return {
    ...rest,
    judges: table.judges,
    labels: {
      model: dimensions.model.names,
      style: dimensions.style.names,
      culture: dimensions.culture.names,
      category: dimensions.category.names,
      scope: dimensions.scope.names,
      language: dimensions.language.names,
    },
    series: seriesNames(table),
    progress: progressOf(table, live),
  };
}

const NOT_CALLED = OUTCOMES.indexOf('not_called');

function progressOf(table: AnswerTable, live: boolean): Progress {
  const { outcome } = table;
  let [rated, open] = [0, 0];
  for (const code of outcome) {
    if (code === 0) rated += 1;
    else if (code === NOT_CALLED) open += 1;
  }
  return {
    answers: table.answers,
    answered: table.marks.reduce((sum, marks) => sum + ((marks & MARK.pending) === 0 ? 1 : 0), 0),
    judgments: outcome.length,
    rated,
    missing: outcome.length - rated - open,
    live,
  };
}
