import type { Drift } from '../../analyses/drift/drift.ts';
import { driftOfRun } from '../../analyses/drift/read.ts';
import { driftSentences } from '../../analyses/drift/sentences.ts';
import type { RunArchive } from '../../ports/run-archive.ts';

/** What anchors and endpoints say of a run's judges; `measured` leaves out those that nothing is known of. */
export function readDrift(
  archive: RunArchive,
  runId: string,
): { readonly measured: readonly Drift[]; readonly lines: readonly string[] } {
  const drifts = driftOfRun(archive, runId);
  return {
    measured: drifts.filter(({ anchors, sameServed }) => anchors > 0 || !sameServed),
    lines: drifts
      .flatMap(driftSentences)
      .map(({ text, doubt }) => `${doubt ? 'Warning: ' : ''}${text}`),
  };
}
