import { openRunArchive } from '../../adapters/sqlite/read/run-archive.ts';
import { modelLabel } from '../../domain/model-spec.ts';
import { type CoverageRow, MISSING_REASONS, type MissingReason } from '../../ports/run-archive.ts';

/** Planned and missing ratings of one model under one culture, all styles and judges together. */
export interface MissingRow {
  readonly model: string;
  readonly culture: string;
  readonly planned: number;
  readonly rated: number;
  readonly missing: Readonly<Record<MissingReason, number>>;
}

/** Where a run's ratings are missing and why: models in the config's order, cultures in the store's. */
export function missingByModelAndCulture(db: string, runId: string): MissingRow[] {
  const archive = openRunArchive(db);
  try {
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
  } finally {
    archive.close();
  }
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
