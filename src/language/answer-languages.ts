import { setImmediate, setTimeout } from 'node:timers/promises';
import { loadLanguageIdentifier } from '../adapters/language/eld.ts';
import type { AnswerLanguage } from '../domain/answer-language.ts';
import type {
  AnswerLanguageRow,
  AnswerLanguageStore,
  AskedAnswer,
} from '../ports/answer-languages.ts';
import { answerLanguage, LANGUAGE_METHOD_VERSION } from './answer-language.ts';

/** Some tens of milliseconds of work: signals are heard in between. */
const PAGE = 200;

/** Planned answers looked through at a time while calls are made, so that this costs no call its turn. */
const SCAN = 2000;
const PAUSE_MS = 300;

/**
 * Tells the language of every stored answer that no current verdict is about: of one run, or of all.
 * Gives the number looked at. A store that has them all costs one query and loads nothing.
 */
export async function labelAnswerLanguages(
  store: AnswerLanguageStore,
  run: string | null,
): Promise<number> {
  let looked = 0;
  let page = await labelPage(store, { run, after: 0, scan: -1 }, byAllMeans);
  while (page.looked > 0) {
    looked += page.looked;
    await setImmediate();
    page = await labelPage(store, { run, after: page.last, scan: -1 }, byAllMeans);
  }
  return looked;
}

/**
 * Does of that what letters alone decide while calls wait for their endpoints, and gives what the
 * calls came to. The rest is left to `labelAnswerLanguages`: the identifier takes 90 MB, which is too
 * much beside the calls.
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
  const pause = () => setTimeout(PAUSE_MS, false, { ref: false });
  let after = 0;
  try {
    while (!(await Promise.race([ended, pause()]))) {
      const page = await labelPage(store, { run, after, scan: SCAN }, byLetters);
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

/** What one answer's language is; null to leave that open for now. */
type Tell = (answer: AskedAnswer) => AnswerLanguage | null | Promise<AnswerLanguage>;

const byLetters: Tell = ({ text, language }) => answerLanguage(text, language, null);
const byAllMeans: Tell = async ({ text, language }) =>
  answerLanguage(text, language, null) ??
  answerLanguage(text, language, await loadLanguageIdentifier());

async function labelPage(
  store: AnswerLanguageStore,
  query: PageQuery,
  tell: Tell,
): Promise<{ readonly looked: number; readonly last: number }> {
  const version = LANGUAGE_METHOD_VERSION;
  const answers = store.unlabelledAnswers({ ...query, version, limit: PAGE });
  const last = answers.at(-1);
  if (!last) return { looked: 0, last: query.after };
  const rows: AnswerLanguageRow[] = [];
  for (const answer of answers) {
    const told = await tell(answer);
    if (told !== null) {
      rows.push({ response: answer.response, language: answer.language, ...told });
    }
  }
  store.saveAnswerLanguages(rows, version);
  return { looked: answers.length, last: last.position };
}
