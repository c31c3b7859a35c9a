import { setImmediate, setTimeout } from 'node:timers/promises';
import { loadLanguageIdentifier } from '../adapters/language/eld.ts';
import { openAnswerLanguages } from '../adapters/sqlite/answer-languages.ts';
import { answerLanguage, LANGUAGE_METHOD_VERSION } from '../judge/answer-language.ts';
import type { AnswerLanguageStore } from '../ports/answer-languages.ts';

/** Some tens of milliseconds of work: signals are heard in between. */
const PAGE = 200;

/** Planned answers looked through at a time while calls are made, so that this costs no call its turn. */
const SCAN = 2000;
const PAUSE_MS = 300;
const FIRST_PAUSE_MS = 80;

/**
 * Tells the language of every stored answer that no current verdict is about: of one run, or of all.
 * Gives the number looked at. A store that has them all costs one query and loads nothing.
 */
export async function labelAnswerLanguages(
  store: AnswerLanguageStore,
  run: string | null,
): Promise<number> {
  let looked = 0;
  let page = await labelPage(store, { run, after: 0, scan: -1 });
  while (page.looked > 0) {
    looked += page.looked;
    await setImmediate();
    page = await labelPage(store, { run, after: page.last, scan: -1 });
  }
  return looked;
}

/**
 * Does most of that while calls wait for their endpoints, and gives what the calls came to. What it
 * did not come to is left to `labelAnswerLanguages`.
 */
export async function labelWhile<Result>(
  calls: Promise<Result>,
  store: AnswerLanguageStore,
  run: string,
): Promise<Result> {
  const ended = calls.then(
    () => true,
    () => true,
  );
  // Keeps no process waiting whose calls have ended.
  const pause = (ms = PAUSE_MS) => setTimeout(ms, false, { ref: false });
  let after = 0;
  try {
    // While the first calls are out, nothing else is to be done.
    if (!(await Promise.race([ended, pause(FIRST_PAUSE_MS)]))) await loadLanguageIdentifier();
    while (!(await Promise.race([ended, pause()]))) {
      const page = await labelPage(store, { run, after, scan: SCAN });
      after = page.last;
    }
  } catch (error) {
    // The store stays open until the calls are through with it; their own error says more.
    await calls;
    throw error;
  }
  return await calls;
}

interface PageQuery {
  readonly run: string | null;
  readonly after: number;
  readonly scan: number;
}

async function labelPage(
  store: AnswerLanguageStore,
  query: PageQuery,
): Promise<{ readonly looked: number; readonly last: number }> {
  const version = LANGUAGE_METHOD_VERSION;
  const answers = store.unlabelledAnswers({ ...query, version, limit: PAGE });
  const last = answers.at(-1);
  if (!last) return { looked: 0, last: query.after };
  const identifier = await loadLanguageIdentifier();
  const rows = answers.map(({ response, language, text }) => ({
    response,
    language,
    ...answerLanguage(text, language, identifier),
  }));
  store.saveAnswerLanguages(rows, version);
  return { looked: rows.length, last: last.position };
}

/** The same for a store that no run is writing to. */
export async function relabelAnswerLanguages(db: string, run: string | null): Promise<number> {
  const archive = openAnswerLanguages(db);
  try {
    return await labelAnswerLanguages(archive, run);
  } finally {
    archive.close();
  }
}
