import { type AnswerTable, placeOfAnswer } from '../answers/answer-table.ts';
import { decodeTable } from '../answers/encoded-table.ts';
import { type Asked, answerList, answerView, pairList } from '../answers/pages.ts';
import type { Query } from '../answers/query.ts';
import { type TextMatch, textMatch } from '../answers/search.ts';
import {
  FACTS_IN_FILE,
  type StaticBeginnings,
  type StaticFacts,
  type StaticIndex,
  type StaticRun,
  staticFile,
} from '../answers/static-files.ts';
import { createViewer, type Found, type Viewer } from '../answers/viewer.ts';
import type { AnswerFacts, RunFacts } from '../answers/wire.ts';
import { bytesFromBase64 } from './base64.ts';
import type { ViewSource } from './source.ts';
import type { LoadFile } from './static-files.ts';

/** Files of data, each kept unpacked for a while. */
interface Files {
  readonly index: () => Promise<StaticIndex>;
  readonly run: (name: string) => Promise<StaticRun>;
  readonly beginnings: (name: string) => Promise<StaticBeginnings>;
  readonly facts: (name: string) => Promise<StaticFacts>;
}

function filesFrom(load: LoadFile): Files {
  const index = kept((name) => load<StaticIndex>(name), 1);
  return {
    index: () => index(staticFile.index),
    run: kept((name) => load<StaticRun>(name), 2),
    // A page of a list in an order of its own may need a file per answer.
    beginnings: kept((name) => load<StaticBeginnings>(name), 100),
    facts: kept((name) => load<StaticFacts>(name), 4),
  };
}

/** Keeps the newest few. */
function kept<Content>(load: (name: string) => Promise<Content>, most: number) {
  const files = new Map<string, Promise<Content>>();
  return (name: string): Promise<Content> => {
    const file = files.get(name) ?? load(name);
    files.delete(name);
    files.set(name, file);
    const [oldest] = files.keys();
    if (files.size > most && oldest !== undefined) files.delete(oldest);
    return file;
  };
}

interface OpenRun {
  readonly place: number;
  readonly facts: RunFacts;
  readonly viewer: Viewer;
}

/** Pages from files beside this one: lists are made, and texts searched, in the browser. */
export function staticSource(load: LoadFile): ViewSource {
  const files = filesFrom(load);
  const opened = new Map<string, Promise<OpenRun>>();
  const openRun = (run: string): Promise<OpenRun> => {
    const known = opened.get(run) ?? readRun(files, run);
    opened.set(run, known);
    return known;
  };
  const searches = createSearches(files);
  const ask = async (run: string, query: Query): Promise<Asked & OpenRun> => {
    const open = await openRun(run);
    return { ...open, query, found: searches.look(open, query) };
  };
  const textsOf =
    ({ place, viewer }: OpenRun) =>
    (ids: readonly number[]) =>
      beginningsOf(files, place, { table: viewer.table, ids });
  return {
    runs: async () => (await files.index()).runs,
    facts: async (run) => (await openRun(run)).facts,
    list: async (run, query) => {
      const asked = await ask(run, query);
      return await answerList(asked, textsOf(asked));
    },
    pairs: async (run, query) => {
      const asked = await ask(run, query);
      return await pairList(asked, textsOf(asked));
    },
    answer: async (run, id, query) => {
      const asked = await ask(run, query);
      const place = placeOfAnswer(asked.viewer.table, id);
      const facts = await files.facts(staticFile.facts(asked.place, Math.max(0, place)));
      const answer = facts.find((one) => one.id === id);
      if (answer === undefined) throw new Error('There is no such answer.');
      return answerView(asked, answer);
    },
    rate: refused,
    withdraw: refused,
  };
}

async function refused(): Promise<never> {
  throw new Error('These pages are read-only.');
}

async function readRun(files: Files, run: string): Promise<OpenRun> {
  const { runs } = await files.index();
  const place = runs.findIndex(({ id }) => id === run);
  if (place < 0) throw new Error(`"${run}" is not among these pages.`);
  const { facts, table } = await files.run(staticFile.run(place));
  return { place, facts, viewer: createViewer(decodeTable(table, bytesFromBase64)) };
}

/** Only the files that hold one of the answers are loaded. */
async function beginningsOf(
  files: Files,
  run: number,
  { table, ids }: { readonly table: AnswerTable; readonly ids: readonly number[] },
): Promise<StaticBeginnings> {
  const names = new Set(ids.map((id) => staticFile.beginnings(run, placeOfAnswer(table, id))));
  const loaded = await Promise.all([...names].map(files.beginnings));
  const byId = new Map(loaded.flat().map((beginning) => [beginning.id, beginning]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

interface Search {
  readonly found: Uint8Array;
  reached: number;
}

/** Looks through the texts file by file; what it has found so far is shown meanwhile. */
function createSearches(files: Files) {
  const searches = new Map<string, Search>();
  let turn: Search | null = null;
  const proceed = async (search: Search, { place, viewer }: OpenRun, matches: FactsMatch) => {
    const { answers } = viewer.table;
    while (search.reached < answers && turn === search) {
      const facts = await files.facts(staticFile.facts(place, search.reached));
      facts.forEach((one, offset) => {
        if (matches(one)) search.found[search.reached + offset] = 1;
      });
      search.reached = Math.min(answers, search.reached + FACTS_IN_FILE);
    }
  };
  return {
    look: (open: OpenRun, { search: words, fields }: Query): Found => {
      const matches = textMatch(words);
      if (matches === null) return { found: null, searched: 1 };
      const { answers } = open.viewer.table;
      const key = JSON.stringify([open.place, words, fields]);
      const search = searches.get(key) ?? { found: new Uint8Array(answers), reached: 0 };
      searches.set(key, search);
      if (turn !== search && search.reached < answers) {
        turn = search;
        // A file that is missing is met again, and said, when its answer is opened.
        proceed(search, open, factsMatch(matches, fields)).catch(() => {
          search.reached = answers;
        });
      }
      return { found: search.found, searched: answers === 0 ? 1 : search.reached / answers };
    },
  };
}

type FactsMatch = (facts: AnswerFacts) => boolean;

function factsMatch(matches: TextMatch, fields: Query['fields']): FactsMatch {
  const textsOf = {
    question: ({ item }: AnswerFacts) => [`${item.id}\n${item.question}\n${item.reference}`],
    answer: ({ response }: AnswerFacts) => [response.text ?? ''],
    verdict: ({ judgments }: AnswerFacts) => judgments.map(({ text }) => text ?? ''),
  };
  return (facts) => fields.some((field) => textsOf[field](facts).some(matches));
}
