import type { FigureCell, Mark } from '../../render/table.ts';

/** A figure that can be compared: enough questions, and an interval. */
interface Contender {
  readonly place: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly tiedWithBest: boolean | null;
}

/**
 * Marks the figures of one column, which must come from the same judge.
 *
 * Which figures tie with the best is taken from the summary's test over all pairs (max-T) where every
 * figure has its result; in a table that says so (`byTest`) a figure without one gets no mark, as no
 * data could have told it apart. Elsewhere two figures count as different only where their 95 % intervals do
 * not overlap, which is stricter than a test on the same questions would be: it may tie what such a
 * test tells apart, hardly ever the other way round.
 */
export function markBest(
  cells: readonly (FigureCell | null)[],
  { byTest = false }: { readonly byTest?: boolean } = {},
): Mark[] {
  const marks = cells.map((): Mark => null);
  const ranked = cells
    .flatMap((cell, place) => contender(cell, place) ?? [])
    .filter(({ tiedWithBest }) => !byTest || tiedWithBest !== null)
    .sort((a, b) => b.value - a.value || a.place - b.place);
  const [top, ...rest] = ranked;
  if (!top || rest.length === 0) return marks;
  const tested = ranked.every(({ tiedWithBest }) => tiedWithBest !== null);
  const level = ranked.filter((entry) =>
    tested ? entry.tiedWithBest : entry === top || entry.high >= top.low,
  );
  if (level.length > 1 || cells.some((cell) => mayReach(cell, { low: top.low, byTest }))) {
    for (const { place } of level) marks[place] = 'tied';
    return marks;
  }
  marks[top.place] = 'best';
  const [second, ...others] = rest;
  // With two figures the second best is the worst as well: the best alone says it all.
  if (second && others.length > 0 && others.every(({ high }) => high < second.low))
    marks[second.place] = 'second';
  return marks;
}

function contender(cell: FigureCell | null, place: number): Contender | null {
  if (cell === null || cell.sparse) return null;
  const { value, low, high } = cell.estimate;
  if (value === null || low === null || high === null) return null;
  return { place, value, low, high, tiedWithBest: cell.tiedWithBest };
}

/** A figure that cannot be compared may still be as good as the best, which is then not called so. */
function mayReach(
  cell: FigureCell | null,
  { low, byTest }: { readonly low: number; readonly byTest: boolean },
): boolean {
  if (cell === null || cell.estimate.value === null) return false;
  if (contender(cell, 0) !== null && !(byTest && cell.tiedWithBest === null)) return false;
  return cell.tiedWithBest ?? (cell.estimate.high ?? Number.POSITIVE_INFINITY) >= low;
}
