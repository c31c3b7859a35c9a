import { modelLabel } from '../../domain/model-label.ts';
import {
  type Contradictions,
  type CoverageRow,
  MISSING_REASONS,
  type MissingCause,
  type MissingReason,
  type RunArchive,
} from '../../ports/run-archive.ts';

/** Planned and missing ratings of one model under one culture, all styles and judges together. */
export interface MissingRow {
  readonly model: string;
  readonly culture: string;
  readonly planned: number;
  readonly rated: number;
  readonly missing: Readonly<Record<MissingReason, number>>;
}

/** What a run lacks, and the causes. */
export interface MissingOfRun {
  /** Models in the config's order, cultures in the store's. */
  readonly rows: readonly MissingRow[];
  readonly causes: readonly MissingCause[];
}

export function missingOfRun(archive: RunArchive, runId: string): MissingOfRun {
  return { rows: missingRows(archive, runId), causes: archive.missingCauses(runId) };
}

function missingRows(archive: RunArchive, runId: string): MissingRow[] {
  const { models } = archive.loadRun(runId).definition;
  const groups = new Map<string, CoverageRow[]>();
  for (const row of archive.coverage(runId)) {
    const key = JSON.stringify([row.model, row.culture]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    const model = first && models[first.model];
    return model ? [addUp(rows, modelLabel(model.spec), first.culture)] : [];
  });
}

/** Names are those of the runs; what several runs share is counted together. */
export function missingDetail(archive: RunArchive, ids: readonly string[]) {
  const counts = new Map<string, MissingCause>();
  for (const { count, ...cause } of ids.flatMap((id) => archive.missingCauses(id))) {
    const key = JSON.stringify(cause);
    counts.set(key, { ...cause, count: count + (counts.get(key)?.count ?? 0) });
  }
  const found = ids.map((id) => archive.contradictions(id));
  const total = (pick: (one: Contradictions) => number) =>
    found.reduce((sum, one) => sum + pick(one), 0);
  return {
    missingCauses: [...counts.values()].sort((a, b) => b.count - a.count),
    contradictions: {
      rated: total(({ rated }) => rated),
      unrated: total(({ unrated }) => unrated),
    },
  };
}

function addUp(rows: readonly CoverageRow[], model: string, culture: string): MissingRow {
  const total = (pick: (row: CoverageRow) => number) =>
    rows.reduce((sum, row) => sum + pick(row), 0);
  const missing = { ...NONE };
  for (const reason of MISSING_REASONS) missing[reason] = total((row) => row.missing[reason]);
  return {
    model,
    culture,
    planned: total(({ planned }) => planned),
    rated: total(({ rated }) => rated),
    missing,
  };
}

const NONE: Record<MissingReason, number> = {
  response_empty: 0,
  response_filtered: 0,
  response_failed: 0,
  judgment_unparsed: 0,
  judgment_out_of_range: 0,
  judgment_filtered: 0,
  judgment_failed: 0,
  not_called: 0,
};
