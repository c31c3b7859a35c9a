import { closeSync, openSync, readlinkSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { OperatorError } from '../../../domain/errors.ts';
import { makeStoreFolder } from '../store-folder.ts';

/** How long another process may take to give its lock back before it counts as working. */
const PATIENCE_MS = 500;

/**
 * Keeps a second run off a store for as long as the returned function is not called. The lock is
 * SQLite's own on a file beside the store, so the system drops it when the process dies, however it
 * dies; readers are not held up. Throws OperatorError when another process has it.
 */
export function lockForWriting(file: string): () => void {
  if (file === ':memory:') return () => undefined;
  makeStoreFolder(file);
  const lockFile = `${realFile(file)}-lock`;
  for (;;) {
    const lock = takeLock(file, lockFile);
    // The last holder takes the file away with its lock; a lock on a file that is gone keeps nobody off.
    if (lock !== null) {
      return () => {
        rmSync(lockFile, { force: true });
        lock.close();
      };
    }
  }
}

/** More links in a row are a circle; SQLite refuses it afterwards. */
const MOST_LINKS = 40;

/** The file itself, whatever links lead to it, there or not yet: a store has one lock, not one per name. */
function realFile(file: string): string {
  let path = file;
  for (let link = 0; link < MOST_LINKS; link += 1) {
    path = resolve(realpathSync(dirname(path)), basename(path));
    const target = linkTarget(path);
    if (target === null) return path;
    path = resolve(dirname(path), target);
    makeStoreFolder(path);
  }
  return path;
}

function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

function takeLock(file: string, lockFile: string): Database.Database | null {
  let lock: Database.Database | null = null;
  try {
    closeSync(openSync(lockFile, 'a'));
    const found = identityOf(lockFile);
    lock = new Database(lockFile, { timeout: PATIENCE_MS });
    lock.exec('BEGIN EXCLUSIVE');
    if (found !== null && identityOf(lockFile) === found) return lock;
    lock.close();
    return null;
  } catch (error) {
    lock?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new OperatorError(
        `${file}: another care-judge process is writing to this store. Wait until it has finished, stop it, or name another store with --db.`,
        { cause: error },
      );
    }
    throw new OperatorError(
      `${lockFile}: cannot be made. Check that the store's folder may be written, or name another store with --db.`,
      { cause: error },
    );
  }
}

/** Device and inode of a file; null where there is none. */
export function identityOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : null;
}
