import type Database from 'better-sqlite3';

/** Collects writes and commits those of one turn of the event loop together. */
export interface GroupCommit {
  /** Resolves when the write is on file; rejects with what the commit failed with. */
  add(write: () => void): Promise<void>;
  /** Commits now what is waiting. */
  flush(): void;
}

/**
 * A transaction a write costs more than the write itself, so replies that are looked at in the same turn
 * share one. None waits longer for company: what is not on file when the process is killed was paid for
 * and is asked again, beside the call that has taken its place.
 */
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
      if (waiting.length === 0) setImmediate(flush);
      return new Promise((resolve, reject) => {
        waiting.push({ write, resolve, reject });
      });
    },
    flush,
  };
}
