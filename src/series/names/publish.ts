import { sameFile } from '../../adapters/files/read-text.ts';
import { writeAtomically } from '../../adapters/files/write-atomically.ts';
import { exportStore } from '../../adapters/sqlite/write/export-store.ts';
import { OperatorError } from '../../domain/errors.ts';
import type { RunArchive } from '../../ports/run-archive.ts';
import { type RunSelector, resolveRun } from './resolve-run.ts';

/** Writes one run as a store of its own. Throws OperatorError; gives the run's id. */
export async function publishRun(
  archive: RunArchive,
  { run, file }: { readonly run: RunSelector; readonly file: string },
): Promise<{ readonly run: string }> {
  if (sameFile(archive.file, file))
    throw new OperatorError(`${file}: is the store itself; name another file.`);
  const id = resolveRun(archive, run);
  await writeAtomically(file, async (temporary) => exportStore(archive.file, temporary, id));
  return { run: id };
}
