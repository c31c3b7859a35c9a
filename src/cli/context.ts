import { existsSync } from 'node:fs';
import type { Shard } from '../domain/shard.ts';
import type { RunArchive } from '../ports/run-archive.ts';

/** Opens a store, or a shard's part of it, for as long as a command reads it. Throws OperatorError where there is none. */
export async function withStore<Result>(
  db: string,
  read: (archive: RunArchive) => Result | Promise<Result>,
  shard: Shard | null = null,
): Promise<Result> {
  const { openRunArchive } = await import('../adapters/sqlite/read/run-archive.ts');
  const archive = openRunArchive(db, shard);
  try {
    return await read(archive);
  } finally {
    archive.close();
  }
}

/** The same for a command that can do without a store: null where there is none yet. */
export async function withStoreIfAny<Result>(
  db: string,
  read: (archive: RunArchive | null) => Result | Promise<Result>,
): Promise<Result> {
  return existsSync(db) ? await withStore(db, read) : await read(null);
}

/** The stores of two sides: one opened once, unless the second is in another file. */
export async function withStores<Result>(
  [db, other]: readonly [db: string, other: string | undefined],
  read: (one: RunArchive, two: RunArchive) => Result | Promise<Result>,
): Promise<Result> {
  return await withStore(db, async (one) =>
    other === undefined ? await read(one, one) : await withStore(other, (two) => read(one, two)),
  );
}
