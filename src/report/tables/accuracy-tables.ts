import type { RunSummary } from '../../analyses/summary/schema.ts';
import type { Cell, FigureCell, Table } from '../../render/table.ts';
import {
  distinct,
  figureCell,
  figureFinder,
  finderOf,
  labelColumns,
  type Series,
  seriesOf,
} from '../../series/names/series.ts';
import type { Slice } from '../../series/schema.ts';
import { markBest } from './mark-best.ts';

const NOTE =
  'Percent of right answers over the questions whose answer could be read, with its 95 % interval; n = these questions. Averages are over questions (micro). An unread answer is neither right nor wrong: see the table of outcomes for the worst and best case.';
const TIES = 'Figures tie where paired tests over all pairs do not tell them apart.';

const LABELS = ['Model', 'Variant', 'Prompting', 'Task'] as const;

/** Models × cultures and all of them. */
export function accuracyByCulture(summary: RunSummary): Table {
  const { cultures } = summary;
  const slices: (readonly [string, Slice])[] = [
    ...cultures.map((culture) => [culture, { culture }] as const),
    ...(cultures.length > 1 ? [['All', {}] as const] : []),
  ];
  const rows = seriesOf(summary);
  const labels = labelColumns(rows, LABELS);
  return {
    name: 'accuracy-by-culture',
    title: 'Right answers by culture',
    note: `${NOTE} ${TIES}`,
    labels: labels.labels,
    columns: slices.map(([heading, by]) => ({
      group: null,
      heading,
      average: Object.keys(by).length === 0,
    })),
    rows: markedRows(
      rows,
      rows.map((row) =>
        cellsOf(
          summary,
          row,
          slices.map(([, by]) => by),
        ),
      ),
    ).map(({ series, cells }) => ({ labels: labels.of(series), cells })),
  };
}

/** Subjects of each culture × models: there may be dozens of subjects. */
export function accuracyBySubject(summary: RunSummary): Table | null {
  const { cultures, categories } = summary;
  if (categories.length < 2 && cultures.length < 2) return null;
  const rows = seriesOf(summary);
  const labels = labelColumns(rows, LABELS);
  const find = figureFinder(summary);
  const slices = cultures.flatMap((culture) =>
    categories
      .map((category) => ({ culture, category }))
      .filter((by) => rows.some((row) => find(row, by) !== null)),
  );
  return {
    name: 'accuracy-by-subject',
    title: 'Right answers by culture and subject',
    note: NOTE,
    labels: ['Culture', 'Subject'],
    columns: rows.map((row) => ({
      group: null,
      heading: labels.of(row).join(' · '),
      average: false,
    })),
    rows: slices.map((by) => ({
      group: cultures.length > 1 ? by.culture : null,
      labels: [by.culture, by.category],
      cells: markCells(
        rows,
        rows.map((row) => figureOf(summary, row, by)),
      ),
    })),
  };
}

/** What became of the answers, and what the share of right ones is worth. */
export function accuracyOutcomes(summary: RunSummary): Table | null {
  const { accuracy } = summary;
  if (accuracy === undefined) return null;
  const rows = seriesOf(summary);
  const labels = labelColumns(rows, LABELS);
  const find = figureFinder(summary);
  const beside = finderOf(accuracy.figures);
  const headings = [
    ...['Planned', 'Right', 'Wrong', 'Unread', 'Missing', 'Accuracy', 'Over subjects'],
    ...['Chance', 'Above chance', 'Detects', 'Worst and best case'],
  ];
  return {
    name: 'accuracy-outcomes',
    title: 'Outcomes of answers with a right one',
    note: 'Unread: an answer that names no option, or two (or no accepted answer can be looked for). Missing: no answer came. Over subjects: the mean of the means of culture × category (macro). Chance: the mean of 1 / options. Above chance: (accuracy − chance) / (1 − chance). Detects: the smallest gain that another model on as many questions shows with 80 % power; paired by question, less is enough. Worst and best case: everything unread or missing wrong, and all of it right; harnesses that count an unread answer as wrong print the worst case.',
    labels: labels.labels,
    columns: headings.map((heading) => ({ group: null, heading, average: false })),
    rows: rows.map((row) => {
      const entry = find(row, {});
      const own = beside(row, {});
      const counts = [own?.planned, own?.right, own?.wrong, own?.unread, own?.missing];
      const { estimate } = entry ?? {};
      return {
        labels: labels.of(row),
        cells: [
          ...counts.map((count): Cell => ({ kind: 'count', count: count ?? 0 })),
          figureCell('accuracy', entry),
          { kind: 'share', share: entry?.macro ?? null },
          { kind: 'share', share: own?.chance ?? null },
          corrected(own?.corrected ?? null, estimate),
          { kind: 'share', share: own?.detects ?? null },
          {
            kind: 'text',
            text: own?.bounds
              ? `${percent(own.bounds.low)}–${percent(own.bounds.high)}`
              : 'nothing missing',
          },
        ],
      };
    }),
  };
}

type Corrected = NonNullable<RunSummary['accuracy']>['figures'][number]['corrected'];

function corrected(
  above: Corrected,
  estimate: FigureCell['estimate'] | undefined,
): FigureCell | null {
  if (above === null || estimate === undefined) return null;
  return figureCell('accuracy', { estimate: { ...estimate, ...above }, macro: null });
}

const percent = (share: number) => (100 * share).toFixed(1);

function figureOf(summary: RunSummary, row: Series, by: Slice): FigureCell | null {
  const entry = figureFinder(summary)(row, by);
  return figureCell('accuracy', entry, entry?.tiedWithBest ?? null);
}

function cellsOf(summary: RunSummary, row: Series, slices: readonly Slice[]) {
  return slices.map((by) => figureOf(summary, row, by));
}

type Cells = readonly (FigureCell | null)[];

/** Marks the best of each column among the rows of one task and prompt. */
function markedRows(rows: readonly Series[], cells: readonly Cells[]) {
  const columns = [...(cells[0] ?? []).keys()];
  const marked = columns.map((column) =>
    markCells(
      rows,
      cells.map((row) => row[column] ?? null),
    ),
  );
  return rows.map((series, index) => ({
    series,
    cells: marked.map((column) => column[index] ?? null),
  }));
}

function markCells(rows: readonly Series[], cells: Cells): (FigureCell | null)[] {
  const classOf = ({ style, judge }: Series) => JSON.stringify([style, judge]);
  const marks = new Map(
    distinct(rows, classOf).map((first) => {
      const own = cells.map((cell, index) => {
        const row = rows[index];
        return row !== undefined && classOf(row) === classOf(first) ? cell : null;
      });
      return [
        classOf(first),
        markBest(own, { byTest: own.some((cell) => cell?.tiedWithBest != null) }),
      ] as const;
    }),
  );
  return cells.map((cell, index) => {
    const row = rows[index];
    return cell && row ? { ...cell, mark: marks.get(classOf(row))?.[index] ?? null } : cell;
  });
}
