import { OperatorError } from '../../domain/errors.ts';
import { nearestName } from '../../domain/nearest-name.ts';
import type { RunArchive } from '../../ports/run-archive.ts';

/** The run created last. */
function newestRun(archive: RunArchive, db: string): string {
  const newest = archive.listRuns().at(-1);
  if (!newest)
    throw new OperatorError(
      `${db}: holds no run yet. Make one with \`care-judge run CONFIG --db ${db}\`.`,
    );
  return newest.id;
}

/** A run by its id, the beginning of it or its name; '' is the newest. Throws OperatorError with the runs there are. */
export function resolveRun(
  archive: RunArchive,
  { db, run, hint }: { readonly db: string; readonly run: string; readonly hint?: string },
): string {
  if (run === '') return newestRun(archive, db);
  const runs = archive.listRuns();
  const ids = runs.map(({ id }) => id);
  if (ids.includes(run)) return run;
  // A name without Latin letters leaves no trace in its run's id. Keyboards differ in how they compose.
  const named = run.normalize('NFC');
  const found = runs.filter(
    ({ id, name }) => id.startsWith(run) || name.normalize('NFC') === named,
  );
  const [only] = found;
  if (found.length === 1 && only !== undefined) return only.id;
  if (found.length > 1)
    throw new OperatorError(
      `"${run}" fits several runs: ${found.map(({ id }) => id).join(', ')}. Write one of these ids.`,
    );
  const near = nearestName(run, ids);
  throw new OperatorError(
    [
      `${db}: has no run "${run}"${near === null ? '' : `; did you mean ${near}?`}`,
      `  Runs: ${ids.length === 0 ? 'none yet' : ids.join(', ')}`,
      ...(hint === undefined ? [] : [`  ${hint}`]),
    ].join('\n'),
  );
}
