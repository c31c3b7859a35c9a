import type Database from 'better-sqlite3';
import type {
  AnswerLanguageArchive,
  AnswerLanguageRow,
  AnswerLanguageStore,
  AnswerLanguageTally,
  AskedAnswer,
  UnlabelledQuery,
} from '../../../ports/answer-languages.ts';
import { openDatabase, translateErrors } from '../open-database.ts';
import { lockForWriting } from './write-lock.ts';

const UNLABELLED = `
SELECT rr.id AS position, rr.response AS response, i.language AS language, r.text AS text
FROM (SELECT id, item, response FROM run_responses
  WHERE id > @after AND (@run IS NULL OR run = @run) ORDER BY id LIMIT @scan) rr
JOIN items i ON i.id = rr.item
JOIN responses r ON r.id = rr.response
LEFT JOIN answer_languages al ON al.response = rr.response AND al.language = i.language
WHERE r.status IN ('completed', 'truncated')
  AND (al.method_version IS NULL OR al.method_version != @version)
ORDER BY rr.id LIMIT @limit`;

const SAVE = `
INSERT INTO answer_languages (response, language, verdict, detected, method_version)
VALUES (@response, @language, @verdict, @detected, @version)
ON CONFLICT (response, language) DO UPDATE SET verdict = excluded.verdict,
  detected = excluded.detected, method_version = excluded.method_version`;

const TALLY = `
SELECT rr.model AS model, i.culture AS culture, al.verdict AS verdict, al.detected AS detected,
  count(*) AS answers
FROM run_responses rr
JOIN items i ON i.id = rr.item
JOIN responses r ON r.id = rr.response
LEFT JOIN answer_languages al ON al.response = rr.response AND al.language = i.language
WHERE rr.run = ? AND r.status IN ('completed', 'truncated')
GROUP BY rr.model, i.culture, al.verdict, al.detected
ORDER BY rr.model, i.culture, al.verdict, al.detected`;

export function createAnswerLanguageStore(database: Database.Database): AnswerLanguageStore {
  const unlabelled = database.prepare<[UnlabelledQuery], AskedAnswer>(UNLABELLED);
  const save = database.prepare(SAVE);
  const saveAll = database.transaction((rows: readonly AnswerLanguageRow[], version: number) => {
    for (const { response, language, verdict, detected } of rows)
      save.run({ response, language, verdict, detected, version });
  });
  return {
    unlabelledAnswers: (query) => unlabelled.all(query),
    saveAnswerLanguages: (rows, version) => saveAll.immediate(rows, version),
  };
}

/** Of one run, over all prompting styles and trials. */
export function answerLanguageTallies(
  database: Database.Database,
  runId: string,
): AnswerLanguageTally[] {
  return database.prepare<[string], AnswerLanguageTally>(TALLY).all(runId);
}

/** Opens a store whose answers are to be looked at; no run may write to it meanwhile. */
export function openAnswerLanguages(file: string): AnswerLanguageArchive {
  openDatabase(file, 'read').close();
  const unlock = lockForWriting(file);
  try {
    const database = openDatabase(file, 'write');
    const { unlabelledAnswers, saveAnswerLanguages } = createAnswerLanguageStore(database);
    return {
      unlabelledAnswers: (query) => translateErrors(file, () => unlabelledAnswers(query)),
      saveAnswerLanguages: (rows, version) =>
        translateErrors(file, () => saveAnswerLanguages(rows, version)),
      close: () => {
        database.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
