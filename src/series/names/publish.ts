import { sameFile } from '../../adapters/files/read-text.ts';
import { writeAtomically } from '../../adapters/files/write-atomically.ts';
import { openRunArchive } from '../../adapters/sqlite/read/run-archive.ts';
import { exportStore } from '../../adapters/sqlite/write/export-store.ts';
import { OperatorError } from '../../domain/errors.ts';
import { resolveRun } from './resolve-run.ts';

/** Writes one run, or the newest, as a store of its own. Throws OperatorError; gives the run's id. */
export async function publishRun({
  db,
  run,
  file,
}: {
  readonly db: string;
  readonly run: string | undefined;
  readonly file: string;
}): Promise<{ readonly run: string }> {
  if (sameFile(db, file))
    throw new OperatorError(`${file}: is the store itself; name another file.`);
  const archive = openRunArchive(db);
  const id = (() => {
    try {
      return resolveRun(archive, { db, run: run ?? '' });
    } finally {
      archive.close();
    }
  })();
  await writeAtomically(file, async (temporary) => exportStore(db, temporary, id));
  return { run: id };
}
