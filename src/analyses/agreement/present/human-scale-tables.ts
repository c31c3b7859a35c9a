import type { Estimate } from '../../../domain/estimate.ts';
import type { Cell, Column, FigureCell, Table } from '../../../render/table.ts';
import { distinct, labelColumns, type Series } from '../../../series/names/series.ts';
import type { HumanScale, HumanScaleRow, TransferTest } from '../human-scale/schema.ts';

/** Finds a series' mean on the human scale; null where there is none, or no ratings by people. */
export function humanScaleFinder(
  scales: readonly HumanScale[],
): (series: Series, culture?: string) => HumanScaleRow | null {
  const key = ({ model, variant, style, judge }: Series, culture: string | undefined) =>
    JSON.stringify([model, variant, style, judge, culture ?? null]);
  const rows = new Map(
    scales.flatMap((scale) => scale.rows.map((row) => [key(row, row.by.culture), row])),
  );
  return (series, culture) => rows.get(key(series, culture)) ?? null;
}

/** A mean on the human scale as a cell. */
export function humanScaleCell(row: HumanScaleRow | null): FigureCell | null {
  return row === null ? null : cellOf('rating', row.estimate);
}

const cellOf = (kind: FigureCell['kind'], estimate: Estimate): FigureCell => ({
  kind,
  estimate,
  macro: null,
  mark: null,
  tiedWithBest: null,
  sparse: false,
});

/** The judge's means beside those on the human scale, and what the latter rest on. */
export function humanScaleTables(scales: readonly HumanScale[]): Table[] {
  const rows = scales.flatMap((scale) => scale.rows);
  if (rows.length === 0) return [];
  const tests = scales.flatMap(({ judge, transfer }) =>
    (transfer?.tests ?? []).map((test) => ({ judge, test })),
  );
  return [scaleTable(scales, rows), ...(tests.length > 0 ? [testTable(tests)] : [])];
}

function scaleTable(scales: readonly HumanScale[], rows: readonly HumanScaleRow[]): Table {
  const find = humanScaleFinder(scales);
  const series = distinct(rows, ({ model, variant, style, judge }) =>
    JSON.stringify([model, variant, style, judge]),
  );
  const cultures = [...new Set(rows.flatMap(({ by }) => by.culture ?? []))];
  const labels = labelColumns(series, ['Model', 'Variant', 'Prompting', 'Judge']);
  return {
    name: 'human-scale',
    title: 'On the human scale',
    note: 'People’s ratings of a random part of a model’s own answers, with the judge’s of all its answers (PPI++, stratified by culture); for models with too few such ratings, a curve carried over from the others. A dash: refused, with the reason in summary.json. “Worth”: how many times as many human ratings alone would be as exact. 95 % intervals.',
    labels: labels.labels,
    columns: [
      column('All', 'As judged'),
      column('All', 'Human scale'),
      column('All', 'Rated by people'),
      column('All', 'Worth'),
      ...cultures.flatMap((culture) => [
        column(culture, 'As judged'),
        column(culture, 'Human scale'),
      ]),
    ],
    rows: series.map((entry) => {
      const whole = find(entry);
      return {
        labels: labels.of(entry),
        cells: [
          ...pairOf(whole),
          whole && { kind: 'count' as const, count: whole.labels },
          whole && worthCell(whole),
          ...cultures.flatMap((culture) => pairOf(find(entry, culture))),
        ],
      };
    }),
  };
}

function column(group: string, heading: string): Column {
  return { group, heading, average: false };
}

function pairOf(row: HumanScaleRow | null): (Cell | null)[] {
  if (row === null) return [null, null];
  const bare = { low: null, high: null, method: 'mean of the judge’s ratings' };
  return [
    cellOf('rating', { ...row.estimate, ...bare, value: row.raw, missing: 0 }),
    cellOf('rating', { ...row.estimate, missing: 0 }),
  ];
}

function worthCell({ gain, estimate, labels }: HumanScaleRow): FigureCell {
  const worth = { value: gain, low: null, high: null, n: labels, missing: 0 };
  return cellOf('coefficient', { ...worth, n: estimate.n, method: 'gain over the labels alone' });
}

function testTable(
  tests: readonly { readonly judge: string; readonly test: TransferTest }[],
): Table {
  const judges = new Set(tests.map(({ judge }) => judge)).size > 1;
  return {
    name: 'transfer-tests',
    title: 'Does the curve carry over?',
    note: 'People less the calibrated judge, for each model under the curve of all others (for cultures where they share a curve: each under that of the others), with 95 % interval; p by t, clustered by question, adjusted by Holm. A residual away from 0 says that the curve does not hold for such a model.',
    labels: [...(judges ? ['Judge'] : []), 'Left out'],
    columns: ['Residual', 'p, adjusted'].map((heading) => ({
      group: null,
      heading,
      average: false,
    })),
    rows: tests.map(({ judge, test }) => {
      const { residual: value, low, high, labels: n, adjusted } = test;
      const about = { n, missing: 0, method: 'left-out residual' };
      return {
        labels: [...(judges ? [judge] : []), test.name],
        cells: [
          cellOf('difference', { value, low, high, ...about }),
          cellOf('p-value', { value: adjusted, low: null, high: null, ...about }),
        ],
      };
    }),
  };
}
