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

/** A run by its id or the beginning of it; '' is the newest. Throws OperatorError with the runs there are. */
export function resolveRun(
  archive: RunArchive,
  { db, run, hint }: { readonly db: string; readonly run: string; readonly hint?: string },
): string {
  if (run === '') return newestRun(archive, db);
  const ids = archive.listRuns().map(({ id }) => id);
  if (ids.includes(run)) return run;
  const begun = ids.filter((id) => id.startsWith(run));
  const [only] = begun;
  if (begun.length === 1 && only !== undefined) return only;
  if (begun.length > 1)
    throw new OperatorError(
      `"${run}" begins several run ids: ${begun.join(', ')}. Write more of it.`,
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
