import { setImmediate } from 'node:timers/promises';
import { loadLanguageIdentifier } from '../adapters/language/eld.ts';
import { openAnswerLanguages } from '../adapters/sqlite/answer-languages.ts';
import { answerLanguage, LANGUAGE_METHOD_VERSION } from '../judge/answer-language.ts';
import type { AnswerLanguageStore } from '../ports/answer-languages.ts';

/** Some tens of milliseconds of work: signals are heard in between. */
const PAGE = 200;

/**
 * Tells the language of every stored answer that no current verdict is about: of one run, or of all.
 * Gives the number looked at. A store that has them all costs one query and loads nothing.
 */
export async function labelAnswerLanguages(
  store: AnswerLanguageStore,
  run: string | null,
): Promise<number> {
  const version = LANGUAGE_METHOD_VERSION;
  const next = (after: number) => store.unlabelledAnswers({ run, version, after, limit: PAGE });
  let answers = next(0);
  if (answers.length === 0) return 0;
  const identifier = await loadLanguageIdentifier();
  let looked = 0;
  while (answers.length > 0) {
    const rows = answers.map(({ response, language, text }) => ({
      response,
      language,
      ...answerLanguage(text, language, identifier),
    }));
    store.saveAnswerLanguages(rows, version);
    looked += rows.length;
    await setImmediate();
    answers = next(answers.at(-1)?.position ?? Infinity);
  }
  return looked;
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
