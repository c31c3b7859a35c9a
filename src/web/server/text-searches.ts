import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { AnswerReader, SearchedText } from '../../ports/answer-reader.ts';
import type { ItemLabels } from '../../ports/run-archive.ts';
import { type AnswerTable, placeOfAnswer } from '../answers/answer-table.ts';
import type { Field, Query } from '../answers/query.ts';
import { type TextMatch, textMatch } from '../answers/search.ts';
import type { Found } from '../answers/viewer.ts';

/** Looks for words in a run's texts, a slice at a time, so that other pages do not wait for it. */
export interface TextSearches {
  /** What is found by now, at the latest after a moment; asked again, it has got further. */
  look(query: Pick<Query, 'search' | 'fields'>): Promise<Found>;
}

/** Answers looked through at once. */
const SLICE = 1000;
/** How long a page waits for more to be found. */
const PATIENCE_MS = 120;
const KEPT = 8;

interface Search {
  readonly found: Uint8Array;
  /** Answers looked through. */
  reached: number;
  /** Resolves when all is looked through, or another search has taken its turn. */
  running: Promise<void> | null;
}

interface SearchPlace {
  readonly reader: AnswerReader;
  readonly run: string;
  readonly table: AnswerTable;
  /** In the order of the table's questions. */
  readonly items: readonly Pick<ItemLabels, 'position'>[];
}

export function createTextSearches(place: SearchPlace): TextSearches {
  const { table } = place;
  const searches = new Map<string, Search>();
  let turn: Search | null = null;
  const proceed = async (search: Search, look: (search: Search) => void): Promise<void> => {
    turn = search;
    while (search.reached < table.answers && turn === search) {
      look(search);
      await nextTurn();
    }
    search.running = null;
  };
  return {
    look: async ({ search: words, fields }) => {
      const matches = textMatch(words);
      if (matches === null) return { found: null, searched: 1 };
      const key = JSON.stringify([words, fields]);
      const search = searches.get(key) ?? begin(place, matches, fields);
      searches.delete(key);
      searches.set(key, search);
      const [oldest] = searches.keys();
      if (searches.size > KEPT && oldest !== undefined) searches.delete(oldest);
      search.running ??= proceed(search, (one) => lookOn(place, one, { matches, fields }));
      // It rejects for whoever asks next, too.
      search.running.catch(() => undefined);
      await Promise.race([search.running, delay(PATIENCE_MS, undefined, { ref: false })]);
      const searched = table.answers === 0 ? 1 : search.reached / table.answers;
      return { found: search.found, searched };
    },
  };
}

function begin(place: SearchPlace, matches: TextMatch, fields: readonly Field[]): Search {
  const { answers } = place.table;
  const onlyQuestions = fields.every((field) => field === 'question');
  return {
    found: fields.includes('question') ? inQuestions(place, matches) : new Uint8Array(answers),
    reached: onlyQuestions ? answers : 0,
    running: null,
  };
}

/** Questions are few: all of them are looked through at once. */
function inQuestions({ reader, run, table, items }: SearchPlace, matches: TextMatch): Uint8Array {
  const places = new Map(items.map(({ position }, place) => [position, place]));
  const matching = new Set(
    reader
      .questions(run)
      .map(({ position, ...texts }) => ({ ...texts, place: places.get(position) ?? -1 }))
      .filter(({ place, question, reference }) =>
        matches(`${table.questions[place]?.id}\n${question}\n${reference}`),
      )
      .map(({ place }) => place),
  );
  return Uint8Array.from(table.question, (question) => (matching.has(question) ? 1 : 0));
}

function lookOn(
  { reader, run, table }: SearchPlace,
  search: Search,
  { matches, fields }: { readonly matches: TextMatch; readonly fields: readonly Field[] },
): void {
  const end = Math.min(table.answers, search.reached + SLICE);
  const span = { first: Number(table.id[search.reached]), last: Number(table.id[end - 1]) };
  const look = (texts: readonly SearchedText[]) => {
    for (const { answer, text } of texts) {
      if (!matches(text)) continue;
      const place = placeOfAnswer(table, answer);
      if (place >= 0) search.found[place] = 1;
    }
  };
  if (fields.includes('answer')) look(reader.answerTexts(run, span));
  if (fields.includes('verdict')) look(reader.verdictTexts(run, span));
  search.reached = end;
}
