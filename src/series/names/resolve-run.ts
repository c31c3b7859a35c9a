import { OperatorError } from '../../domain/errors.ts';
import { nearestName } from '../../domain/nearest-name.ts';
import type { RunArchive } from '../../ports/run-archive.ts';

/** Which run of a store is meant. */
export type RunSelector =
  | { readonly kind: 'newest' }
  /** By its id, the beginning of it or its name. */
  | { readonly kind: 'id'; readonly prefix: string };

/** A run as people write it; nothing means the newest. */
export function runSelector(text: string | undefined): RunSelector {
  return text ? { kind: 'id', prefix: text } : { kind: 'newest' };
}

/** The id of the run that is meant. Throws OperatorError with the runs there are, and the hint. */
export function resolveRun(archive: RunArchive, selector: RunSelector, hint?: string): string {
  return selector.kind === 'newest' ? newestRun(archive) : namedRun(archive, selector.prefix, hint);
}

/** The ids of runs as people write them, each once; the newest where none is named. */
export function resolveRuns(archive: RunArchive, runs: readonly string[]): string[] {
  if (runs.length === 0) return [newestRun(archive)];
  return [...new Set(runs.map((run) => resolveRun(archive, runSelector(run))))];
}

/** The run created last. */
function newestRun(archive: RunArchive): string {
  const { file } = archive;
  const newest = archive.listRuns().at(-1);
  if (!newest)
    throw new OperatorError(
      `${file}: holds no run yet. Make one with \`care-judge run CONFIG --db ${file}\`.`,
    );
  return newest.id;
}

function namedRun(archive: RunArchive, run: string, hint: string | undefined): string {
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
      `${archive.file}: has no run "${run}"${near === null ? '' : `; did you mean ${near}?`}`,
      `  Runs: ${ids.length === 0 ? 'none yet' : ids.join(', ')}`,
      ...(hint === undefined ? [] : [`  ${hint}`]),
    ].join('\n'),
  );
}
