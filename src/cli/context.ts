import { existsSync } from 'node:fs';
import type { Shard } from '../domain/shard.ts';
import type { AnswerLanguageStore } from '../ports/answer-languages.ts';
import type { RunArchive, VerdictArchive } from '../ports/run-archive.ts';

/** Opens a store, or a shard's part of it, for as long as a command reads it. Throws OperatorError where there is none. */
export async function withStore<Result>(
  db: string,
  read: (archive: RunArchive) => Result | Promise<Result>,
  shard: Shard | null = null,
): Promise<Result> {
  const { openRunArchive } = await import('../adapters/sqlite/read/run-archive.ts');
  return await closing(openRunArchive(db, shard), read);
}

/** Opens a store's verdict texts, and locks the store, for as long as a command reads them again. */
export async function withVerdicts<Result>(
  db: string,
  read: (archive: VerdictArchive) => Result | Promise<Result>,
): Promise<Result> {
  const { openVerdictArchive } = await import('../adapters/sqlite/read/verdict-archive.ts');
  return await closing(openVerdictArchive(db), read);
}

/** The same for its answers and their languages. */
export async function withAnswerLanguages<Result>(
  db: string,
  label: (store: AnswerLanguageStore) => Result | Promise<Result>,
): Promise<Result> {
  const { openAnswerLanguages } = await import('../adapters/sqlite/write/answer-languages.ts');
  return await closing(openAnswerLanguages(db), label);
}

async function closing<Store extends { close(): void }, Result>(
  store: Store,
  use: (store: Store) => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await use(store);
  } finally {
    store.close();
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
