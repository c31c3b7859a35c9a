import type { RunArchive } from '../../ports/run-archive.ts';
import { type Audit, auditSchema } from './schema.ts';

/** The audits that a run's answers have served, newest of each judge. */
export function auditsOfRun(archive: RunArchive, run: string): Audit[] {
  return archive.audits(run).map(({ result }) => auditSchema.parse(result));
}
