import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { OperatorError } from '../../domain/errors.ts';
import { migrations } from './migrations.ts';
import { copyStore } from './store-copy.ts';
import { makeStoreFolder } from './store-folder.ts';
import { refuseOtherShapes } from './store-shape.ts';

/** Marks a file as ours in SQLite's header: "CARE" in ASCII. */
const APPLICATION_ID = 0x43_41_52_45;
const BUSY_TIMEOUT_MS = 15_000;

export type Access = 'write' | 'read';

/**
 * Opens a store and brings it to the current version. `read` never creates a file, and reads one that
 * may not be written from a copy.
 * Throws OperatorError for a missing file, a file that is no store, and a store of a newer program.
 */
export function openDatabase(file: string, access: Access): Database.Database {
  const exists = file !== ':memory:' && existsSync(file);
  if (access === 'read' && !exists) {
    throw new OperatorError(
      `${file}: no such store. Make one with \`care-judge run CONFIG --db ${file}\`.`,
    );
  }
  if (exists) refuseOtherFiles(file);
  if (!exists && file !== ':memory:') makeStoreFolder(file);
  return translateErrors(file, () =>
    access === 'read' && !mayBeWritten(file) ? openCopy(file) : openInPlace(file, file),
  );
}

/** Of the file and its folder, beside which SQLite keeps its log. */
export function mayBeWritten(file: string): boolean {
  try {
    for (const path of [file, dirname(file)]) accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A copy that goes when it is closed. */
function openCopy(file: string): Database.Database {
  const copy = copyStore(file);
  try {
    const database = openInPlace(copy.file, file);
    const close = database.close.bind(database);
    database.close = () => {
      close();
      copy.remove();
      return database;
    };
    return database;
  } catch (error) {
    copy.remove();
    throw error;
  }
}

/** @param name the store in messages */
function openInPlace(file: string, name: string): Database.Database {
  const database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.pragma('journal_mode = WAL');
    // In WAL mode NORMAL survives a killed process; only a power cut can lose the last calls.
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    migrate(database, name);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function refuseOtherFiles(file: string): void {
  if (!statSync(file).isFile())
    throw new OperatorError(`${file}: is not a file, so it cannot be a store.`);
  const header = Buffer.alloc(16);
  const descriptor = openSync(file, 'r');
  const length = readSync(descriptor, header, 0, 16, 0);
  closeSync(descriptor);
  if (length > 0 && header.toString('latin1') !== 'SQLite format 3\0') {
    throw new OperatorError(
      `${file}: is not a care-judge store (no SQLite file). Name another with --db.`,
    );
  }
}

function migrate(database: Database.Database, file: string): void {
  const applicationId = database.pragma('application_id', { simple: true });
  const tables = database
    .prepare<[], { count: number }>(
      "SELECT count(*) AS count FROM sqlite_schema WHERE type = 'table'",
    )
    .get();
  const blank = tables?.count === 0;
  if (!blank && applicationId !== APPLICATION_ID) {
    throw new OperatorError(
      `${file}: is a SQLite file, but no care-judge store. Name another with --db.`,
    );
  }
  const run = database.transaction(() => {
    database.exec(
      'CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
    );
    const applied =
      database
        .prepare<[], { version: number | null }>('SELECT max(version) AS version FROM migrations')
        .get()?.version ?? null;
    const newest = migrations.at(-1)?.version ?? 0;
    if (applied !== null && applied > newest) {
      throw new OperatorError(
        `${file}: was written by a newer care-judge (store version ${applied}, this program knows ${newest}). Update care-judge, or name another store with --db.`,
      );
    }
    database.pragma(`application_id = ${APPLICATION_ID}`);
    const record = database.prepare(
      'INSERT INTO migrations (version, name, applied_at) VALUES (?, ?, ?)',
    );
    for (const migration of migrations) {
      if (applied !== null && migration.version <= applied) continue;
      database.exec(migration.sql);
      record.run(migration.version, migration.name, Date.now());
    }
  });
  if (blank || needsMigration(database)) run.immediate();
  refuseOtherShapes(database, file);
}

function needsMigration(database: Database.Database): boolean {
  const row = database
    .prepare<[], { version: number | null }>('SELECT max(version) AS version FROM migrations')
    .get();
  return row?.version !== migrations.at(-1)?.version;
}

const REASONS: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'the disk is full. Nothing that was stored is lost: free some space and run again',
  SQLITE_READONLY:
    'is read-only. Change its permissions (and its folder’s), or name another store with --db',
  SQLITE_READONLY_DIRECTORY:
    'its folder is read-only. Change its permissions, or name another store with --db',
  SQLITE_CANTOPEN: 'cannot be opened. Check that the folder exists and may be written',
  SQLITE_NOTADB: 'is not a care-judge store. Name another with --db',
  SQLITE_CORRUPT: 'is damaged. Restore it from a copy; `sqlite3 FILE .recover` may save most of it',
  SQLITE_BUSY:
    'is locked by another process. Wait for it to finish, or name another store with --db',
  SQLITE_IOERR_WRITE: 'could not be written (disk error, or the disk is full)',
};

/** Turns SQLite's codes that a person can act on into messages. */
export function translateErrors<Result>(file: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof Database.SqliteError) {
      const reason = REASONS[error.code] ?? REASONS[error.code.split('_').slice(0, 2).join('_')];
      if (reason) throw new OperatorError(`${file}: ${reason}.`, { cause: error });
    }
    throw error;
  }
}
