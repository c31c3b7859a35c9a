import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type Database from 'better-sqlite3';
import { OperatorError } from '../../../domain/errors.ts';
import type { Recording, RecordingOrigin } from '../../../ports/recording.ts';
import { openDatabase } from '../open-database.ts';
import { judgmentFromRow, responseFromRow } from '../read/recorded-rows.ts';
import { copyStore, STORE_ENDINGS, type StoreCopy } from '../store-copy.ts';

/**
 * Opens a store to answer calls from: a copy of it, so that the recording and its folder stay as they
 * are, and may be read-only. Throws OperatorError for a missing file and one that is no store.
 */
export async function openRecording(file: string): Promise<Recording> {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new OperatorError(`${file}: there is no such recording.`);
  if (found.size === 0) throw new OperatorError(`${file}: is empty, so it is no recording.`);
  const before = stateOf(file);
  const copy = copyStore(file);
  try {
    const sha256 = await sha256Of(copy.file);
    const wal = `${copy.file}-wal`;
    const walSha256 = existsSync(wal) ? await sha256Of(wal) : null;
    if (stateOf(file) !== before)
      throw new OperatorError(
        `${file}: was written to while it was read. Wait until the run that writes to it has ended.`,
      );
    const database = openCopy(copy.file, file);
    return createRecording(database, copy, { file: basename(file), sha256, walSha256 });
  } catch (error) {
    copy.remove();
    throw error;
  }
}

/** Sizes and times of a store's files, which change when a run writes to it. */
function stateOf(file: string): string {
  return STORE_ENDINGS.map((ending) => {
    const found = statSync(`${file}${ending}`, { throwIfNoEntry: false });
    return found ? `${found.size} ${found.mtimeMs}` : '';
  }).join();
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** The copy is brought to the current version, as any store is; messages name the recording and its option. */
function openCopy(copy: string, file: string): Database.Database {
  try {
    return openDatabase(copy, 'read');
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const message = error.message.replaceAll(copy, file).replaceAll('--db', '--replay');
    throw new OperatorError(message, { cause: error });
  }
}

function createRecording(
  database: Database.Database,
  copy: StoreCopy,
  file: Pick<RecordingOrigin, 'file' | 'sha256' | 'walSha256'>,
): Recording {
  const ended = (table: 'responses' | 'judgments') =>
    database.prepare<[string], unknown>(
      `SELECT * FROM ${table} WHERE key = ? AND status != 'pending'`,
    );
  const [responses, judgments] = [ended('responses'), ended('judgments')];
  const runs = database.prepare<[], { id: string }>('SELECT id FROM runs ORDER BY rowid').all();
  const rehearsals = database
    .prepare<[], { count: number }>(
      "SELECT count(*) AS count FROM sessions WHERE json_extract(provenance, '$.rehearsal')",
    )
    .get();
  return {
    origin: {
      ...file,
      runs: runs.map(({ id }) => id),
      rehearsal: (rehearsals?.count ?? 0) > 0,
    },
    response: (key) => {
      const row = responses.get(key);
      return row === undefined ? null : responseFromRow(row);
    },
    judgment: (key) => {
      const row = judgments.get(key);
      return row === undefined ? null : judgmentFromRow(row);
    },
    close: () => {
      database.close();
      copy.remove();
    },
  };
}
