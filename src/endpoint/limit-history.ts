import type { LimitChange } from '../domain/concurrency-history.ts';
import type { Clock } from '../ports/clock.ts';

/** Changes of one cause within this time are one line. */
const MERGE_MS = 1000;
/** A run of a week must not keep a list of a week; the newest lines say most. */
const MOST_ENTRIES = 200;

export function createLimitHistory(clock: Clock, first: number) {
  const begun = clock.monotonic();
  const entries: LimitChange[] = [{ atMs: 0, limit: first, cause: 'start' }];
  return {
    note(limit: number, cause: LimitChange['cause']): void {
      const atMs = Math.round(clock.monotonic() - begun);
      const last = entries.at(-1);
      if (last?.cause === cause && atMs - last.atMs < MERGE_MS) {
        entries[entries.length - 1] = { ...last, limit };
        return;
      }
      entries.push({ atMs, limit, cause });
      if (entries.length > MOST_ENTRIES) entries.splice(1, 1);
    },
    entries: (): readonly LimitChange[] => entries,
  };
}
