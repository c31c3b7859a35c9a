import { type FigureCell, SPARSE_BELOW } from '../../render/table.ts';
import type { Slice, SliceEstimate } from '../schema.ts';

/** Whose answers, asked in which way, rated by whom: what a row of figures is about. */
export type Series = Pick<SliceEstimate, 'model' | 'variant' | 'style' | 'judge'>;

/** What a summary holds of its series. */
interface Figures {
  readonly estimates: readonly SliceEstimate[];
}

/** A run's series, in the order of its config. */
export function seriesOf({ estimates }: Figures): Series[] {
  return distinct(estimates, seriesKey).map(({ model, variant, style, judge }) => ({
    model,
    variant,
    style,
    judge,
  }));
}

/** Looks up a series' figure for a slice; null where the run plans none. */
export function figureFinder({
  estimates,
}: Figures): (series: Series, by: Slice) => SliceEstimate | null {
  return finderOf(estimates);
}

/** Looks up a series' entry for a slice; null where there is none. */
export function finderOf<Entry extends Series & { readonly by: Slice }>(
  entries: readonly Entry[],
): (series: Series, by: Slice) => Entry | null {
  const key = (series: Series, { culture, category, scope }: Slice) =>
    `${seriesKey(series)}${JSON.stringify([culture ?? null, category ?? null, scope ?? null])}`;
  const found = new Map(entries.map((entry) => [key(entry, entry.by), entry]));
  return (series, by) => found.get(key(series, by)) ?? null;
}

export function figureCell(
  kind: FigureCell['kind'],
  entry: Pick<SliceEstimate, 'estimate' | 'macro'> | null,
  tiedWithBest: boolean | null = null,
): FigureCell | null {
  if (entry === null) return null;
  const { estimate, macro } = entry;
  const sparse = estimate.n < SPARSE_BELOW;
  return { kind, estimate, macro, mark: null, tiedWithBest, sparse };
}

/** A difference, marked where its interval tells it from 0. */
export function differenceCell(
  entry: Pick<SliceEstimate, 'estimate' | 'macro'> | null,
): FigureCell | null {
  const cell = figureCell('difference', entry);
  if (cell === null || cell.sparse) return cell;
  const { low, high } = cell.estimate;
  const apart = low !== null && high !== null && (low > 0 || high < 0);
  return { ...cell, mark: apart ? 'apart' : null };
}

type LabelColumn = 'Model' | 'Variant' | 'Prompting' | 'Judge' | 'Task';

/** Label columns that tell the rows apart; one that is the same in every row is left out. */
export function labelColumns(
  rows: readonly Series[],
  order: readonly LabelColumn[],
): { readonly labels: readonly string[]; readonly of: (series: Series) => string[] } {
  const read: Record<LabelColumn, (series: Series) => string> = {
    Model: ({ model }) => model,
    Variant: ({ variant }) => variant ?? '',
    Prompting: ({ style }) => style,
    Judge: ({ judge }) => judge,
    // A rule's series is named after its task.
    Task: ({ judge }) => judge,
  };
  const [first, ...others] = order;
  const shown = [
    ...(first === undefined ? [] : [first]),
    ...others.filter((column) => new Set(rows.map(read[column])).size > 1),
  ];
  return { labels: shown, of: (series) => shown.map((column) => read[column](series)) };
}

/** Entries with distinct keys, the first of each, in their order. */
export function distinct<Entry>(entries: readonly Entry[], key: (entry: Entry) => string): Entry[] {
  const first = new Map<string, Entry>();
  for (const entry of entries) if (!first.has(key(entry))) first.set(key(entry), entry);
  return [...first.values()];
}

function seriesKey({ model, variant, style, judge }: Series): string {
  return JSON.stringify([model, variant, style, judge]);
}

export function sliceName({ culture, category }: Slice): string {
  const parts = [culture, category].filter((part) => part !== undefined);
  return parts.length === 0 ? 'All' : parts.join(' · ');
}
