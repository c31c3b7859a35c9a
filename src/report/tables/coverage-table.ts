import type { CellCoverage, RunSummary } from '../../analyses/summary/schema.ts';
import { MISSING_REASONS, type MissingReason } from '../../ports/run-archive.ts';
import type { Table } from '../../render/table.ts';
import { distinct } from '../../series/names/series.ts';

export const REASON_LABELS: Readonly<Record<MissingReason, string>> = {
  response_empty: 'Answer empty',
  response_filtered: 'Answer filtered',
  response_failed: 'Answer failed',
  judgment_unparsed: 'Verdict unreadable',
  judgment_out_of_range: 'Rating out of range',
  judgment_filtered: 'Judge filtered',
  judgment_failed: 'Judge failed',
  not_called: 'Not called',
};

type Tally = (cells: readonly CellCoverage[]) => number;

/** Planned and rated judgments per model and culture, and what became of the rest. */
export function coverageTable({ coverage, cultures }: RunSummary): Table {
  const total =
    (count: (cell: CellCoverage) => number): Tally =>
    (cells) =>
      cells.reduce((sum, cell) => sum + count(cell), 0);
  const missing = (reason: MissingReason) => total((cell) => cell.missing[reason] ?? 0);
  const columns: {
    readonly heading: string;
    readonly group: string | null;
    readonly tally: Tally;
  }[] = [
    { group: null, heading: 'Planned', tally: total(({ planned }) => planned) },
    { group: null, heading: 'Rated', tally: total(({ rated }) => rated) },
    { group: null, heading: 'Cut short', tally: total(({ truncated }) => truncated) },
    { group: null, heading: 'Missing', tally: total(({ planned, rated }) => planned - rated) },
    ...MISSING_REASONS.filter((reason) => missing(reason)(coverage) > 0).map((reason) => ({
      group: 'Missing by reason',
      heading: REASON_LABELS[reason],
      tally: missing(reason),
    })),
  ];
  const models = distinct(coverage, ({ model, variant }) => JSON.stringify([model, variant]));
  const variants = new Set(models.map(({ variant }) => variant)).size > 1;
  return {
    name: 'coverage',
    title: 'Coverage: planned, rated and missing judgments',
    note: 'Judgments over all prompting styles and judges. Cut short: rated though the answer had hit max_tokens. A missing one is in no mean and never counts as 0.',
    labels: ['Model', ...(variants ? ['Variant'] : []), 'Culture'],
    columns: columns.map(({ group, heading }) => ({ group, heading, average: false })),
    rows: models.flatMap(({ model, variant }) =>
      cultures.flatMap((culture) => {
        const cells = coverage.filter(
          (cell) => cell.model === model && cell.variant === variant && cell.culture === culture,
        );
        if (cells.length === 0) return [];
        return {
          labels: [model, ...(variants ? [variant ?? ''] : []), culture],
          cells: columns.map(({ tally }) => ({ kind: 'count' as const, count: tally(cells) })),
        };
      }),
    ),
  };
}
