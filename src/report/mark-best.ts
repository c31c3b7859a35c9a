import type { FigureCell, Mark } from './table.ts';

/** A figure that can be compared: enough questions, and an interval. */
interface Contender {
  readonly place: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Marks the figures of one column, which must come from the same judge.
 *
 * Two figures count as different only where their 95 % intervals do not overlap. That is stricter
 * than a paired test of the same questions would be (it may tie what a test tells apart, hardly ever
 * the other way round), and it stands here until such a test with a bound over all pairs (max-T)
 * takes its place.
 */
export function markBest(cells: readonly (FigureCell | null)[]): Mark[] {
  const contenders = cells.flatMap((cell, place) => contender(cell, place) ?? []);
  const ranked = [...contenders].sort((a, b) => b.value - a.value || a.place - b.place);
  const [top, ...rest] = ranked;
  const marks = cells.map((): Mark => null);
  if (!top || rest.length === 0) return marks;
  const level = rest.filter(({ high }) => high >= top.low);
  if (level.length > 0 || cells.some((cell) => mayReach(cell, top.low))) {
    for (const { place } of [top, ...level]) marks[place] = 'tied';
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
  return value === null || low === null || high === null ? null : { place, value, low, high };
}

/** A figure that cannot be compared may still be as good as the best, which is then not called so. */
function mayReach(cell: FigureCell | null, low: number): boolean {
  if (cell === null || cell.estimate.value === null) return false;
  if (contender(cell, 0) !== null) return false;
  return (cell.estimate.high ?? Number.POSITIVE_INFINITY) >= low;
}
