import type Database from 'better-sqlite3';
import type { Judgment } from '../../../domain/judgment.ts';
import type { StoredVerdict, VerdictArchive } from '../../../ports/run-archive.ts';
import { judgmentBody } from '../columns.ts';
import { exactWords } from '../exact-text.ts';
import { openDatabase, translateErrors } from '../open-database.ts';
import { lockForWriting } from '../write/write-lock.ts';
import { existingRun } from './run-archive.ts';

const VERDICTS = `
SELECT j.id AS id, j.text AS text, j.reasoning AS reasoning, j.exact AS exact, j.status AS status, j.rating AS rating,
  coalesce(j.verdict_format, 'text') AS format
FROM judgments j
WHERE j.id > @after AND j.status IN ('rated', 'unparsed', 'out-of-range')
  AND (@run IS NULL OR j.id IN (
    SELECT rj.judgment FROM run_judgments rj JOIN run_responses rr ON rr.id = rj.run_response WHERE rr.run = @run))
ORDER BY j.id LIMIT @limit`;

interface VerdictPage {
  readonly run: string | null;
  readonly after: number;
  readonly limit: number;
}

interface VerdictColumns extends StoredVerdict {
  readonly exact: string | null;
}

function exactVerdict(row: VerdictColumns): Pick<StoredVerdict, 'text' | 'reasoning'> {
  const { text, reasoning } = exactWords(row);
  return { text: text ?? row.text, reasoning };
}

/** Opens a store whose verdicts are to be read again; no run may write to it meanwhile. */
export function openVerdictArchive(file: string): VerdictArchive {
  openDatabase(file, 'read').close();
  const unlock = lockForWriting(file);
  try {
    return createVerdictArchive(file, openDatabase(file, 'write'), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function createVerdictArchive(
  file: string,
  database: Database.Database,
  unlock: () => void,
): VerdictArchive {
  const select = database.prepare<[VerdictPage], VerdictColumns>(VERDICTS);
  const update = database.prepare(
    // An expected rating belongs to the place of the rating: another rating stands elsewhere.
    `UPDATE judgments SET expected_rating = CASE WHEN rating IS @rating THEN expected_rating END,
       expected_mass = CASE WHEN rating IS @rating THEN expected_mass END,
       expected_entropy = CASE WHEN rating IS @rating THEN expected_entropy END,
       status = @status, rating = @rating, parse = @parse, conflicting = @conflicting,
       detail = @detail, parser_version = @parserVersion WHERE id = @id`,
  );
  const saveAll = database.transaction(
    (
      changes: readonly { readonly id: number; readonly judgment: Judgment }[],
      parserVersion: number,
    ) => {
      for (const { id, judgment } of changes) {
        const { text: _text, reasoning: _reasoning, ...body } = judgmentBody(judgment);
        update.run({ id, status: judgment.status, parserVersion, ...body });
      }
    },
  );
  return {
    verdicts: (runId, after, limit) => {
      const run = runId === null ? null : existingRun(database, file, runId);
      return select.all({ run, after, limit }).map((row) => ({ ...row, ...exactVerdict(row) }));
    },
    saveVerdicts: (changes, parserVersion) =>
      translateErrors(file, () => saveAll.immediate(changes, parserVersion)),
    close: () => {
      database.close();
      unlock();
    },
  };
}
