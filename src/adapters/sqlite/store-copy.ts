import { chmodSync, constants, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What SQLite may keep of a store: its file, and beside it what is not merged yet. */
export const STORE_ENDINGS = ['', '-wal'] as const;

export interface StoreCopy {
  readonly file: string;
  /** Deletes it; what has it open must be closed before. */
  remove(): void;
}

/**
 * Copies a store into the system's temporary folder. SQLite writes beside a file in WAL mode even to
 * read it, so this is how one is read whose folder may not be written, or must stay as it is.
 */
export function copyStore(store: string): StoreCopy {
  const folder = mkdtempSync(join(tmpdir(), 'care-judge-copy-'));
  const copy: StoreCopy = {
    file: join(folder, 'copy.sqlite'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  try {
    for (const ending of STORE_ENDINGS) {
      if (!statSync(`${store}${ending}`, { throwIfNoEntry: false })?.size) continue;
      copyFileSync(`${store}${ending}`, `${copy.file}${ending}`, constants.COPYFILE_FICLONE);
      // A copy has the permissions of what it is a copy of, which may be none to write.
      chmodSync(`${copy.file}${ending}`, 0o600);
    }
    return copy;
  } catch (error) {
    copy.remove();
    throw error;
  }
}
