import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { OperatorError } from '../../domain/errors.ts';

/**
 * Keeps a second run off a store for as long as the returned function is not called. The lock is
 * SQLite's own on a file beside the store, so the system drops it when the process dies, however it
 * dies; readers are not held up. Throws OperatorError when another process has it.
 */
export function lockForWriting(file: string): () => void {
  if (file === ':memory:') return () => undefined;
  const lockFile = `${file}-lock`;
  mkdirSync(dirname(file), { recursive: true });
  const lock = openLock(lockFile);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new OperatorError(
      `${file}: another care-judge process is writing to this store. Wait until it has finished, stop it, or name another store with --db.`,
      { cause: error },
    );
  }
  return () => {
    lock.close();
    rmSync(lockFile, { force: true });
  };
}

function openLock(lockFile: string): Database.Database {
  try {
    return new Database(lockFile, { timeout: 500 });
  } catch (error) {
    throw new OperatorError(
      `${lockFile}: cannot be made. Check that the store's folder may be written, or name another store with --db.`,
      { cause: error },
    );
  }
}
