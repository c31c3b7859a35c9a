import type Database from 'better-sqlite3';

/** Collects writes and commits what has come together. */
export interface GroupCommit {
  /** Resolves when the write is on file; rejects with what the commit failed with. */
  add(write: () => void): Promise<void>;
  /** Commits now what is waiting. */
  flush(): void;
}

/** Milliseconds that a reply waits for company: what a killed process would have to ask again. */
const COMMIT_MS = 4;

/** A transaction a write costs more than the write itself, so replies that come together share one. */
export function createGroupCommit(database: Database.Database): GroupCommit {
  interface Waiting {
    readonly write: () => void;
    readonly resolve: () => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  const writeAll = database.transaction((writes: readonly Waiting[]) => {
    for (const { write } of writes) write();
  });
  const flush = () => {
    const writes = waiting;
    waiting = [];
    if (writes.length === 0) return;
    try {
      writeAll.immediate(writes);
      for (const { resolve } of writes) resolve();
    } catch (error) {
      for (const { reject } of writes) reject(error);
    }
  };
  return {
    add: (write) => {
      if (waiting.length === 0) setTimeout(flush, COMMIT_MS);
      return new Promise((resolve, reject) => {
        waiting.push({ write, resolve, reject });
      });
    },
    flush,
  };
}
