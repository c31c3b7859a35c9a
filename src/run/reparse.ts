import type { Judgment } from '../domain/judgment.ts';
import type { StoredVerdict, VerdictArchive } from '../ports/run-archive.ts';
import { judgmentFromText } from '../scorers/judge/outcome.ts';
import { VERDICT_PARSER_VERSION } from '../scorers/judge/verdict.ts';

export interface VerdictChange {
  readonly id: number;
  readonly before: string;
  readonly after: string;
}

const PAGE = 1000;

/** Reads every stored verdict text, of one run or of all, with the current parser and stores what it says now. */
export function reparseVerdicts(
  archive: VerdictArchive,
  run: string | null,
): { readonly read: number; readonly changes: readonly VerdictChange[] } {
  const changes: VerdictChange[] = [];
  let read = 0;
  let after = 0;
  for (;;) {
    const page = archive.verdicts(run, after, PAGE);
    const judgments = page.map((stored) => ({
      id: stored.id,
      stored,
      judgment: judgmentFromText(stored, stored.format),
    }));
    for (const { id, stored, judgment } of judgments) {
      const [before, now] = [outcomeText(stored), outcomeText(judgment)];
      if (before !== now) changes.push({ id, before, after: now });
    }
    archive.saveVerdicts(judgments, VERDICT_PARSER_VERSION);
    read += page.length;
    after = page.at(-1)?.id ?? after;
    if (page.length < PAGE) return { read, changes };
  }
}

function outcomeText(judgment: StoredVerdict | Judgment): string {
  const rating = 'rating' in judgment ? judgment.rating : null;
  return rating === null ? judgment.status : `rated ${rating}`;
}
