import type { DesignRow } from '../../series/contrasts/strata.ts';
import type { Slice } from '../../series/schema.ts';
import type { SeriesScores } from '../../series/scores/score-table.ts';
import { pick } from '../../stats/at.ts';
import type { TestedGroup } from './comparison-families.ts';
import { differenceOf, pairCells } from './difference.ts';
import { isResolved } from './row.ts';

/** How a series stands to the best of its group in a slice. */
export interface Tie {
  readonly tied: boolean;
  /**
   * It has the highest mean though the paired test puts another ahead on the questions that both
   * answered, or it is that other: what is missing decides.
   */
  readonly missingDecides: boolean;
}

/** null where that is not tested. */
export type TieFinder = (series: SeriesScores, by: Slice) => Tie | null;

/** Which series the tests cannot tell from the best of their group, row by row of the design. */
export function findTies(groups: readonly TestedGroup[]): TieFinder {
  const found = new Map<SeriesScores, ReadonlyMap<string, Tie>>();
  for (const group of groups) {
    for (const [series, ties] of tiesOf(group)) found.set(series, ties);
  }
  return (series, by) => found.get(series)?.get(JSON.stringify(by)) ?? null;
}

function tiesOf(group: TestedGroup): Map<SeriesScores, Map<string, Tie>> {
  const { series, design, tests } = group;
  const ties = new Map(series.map((entry) => [entry, new Map<string, Tie>()] as const));
  const all = rowMeans(group);
  for (const [place, row] of design.rows.entries()) {
    const means = pick(all, place);
    const highest = Math.max(...means.flatMap((value) => value ?? []));
    const best = means.indexOf(highest);
    const untested = (index: number) =>
      index !== best && pick(tests.of(best, index), place).adjusted === null;
    // What no test was made of, such as five questions that no data could tell apart, is not a tie.
    if (means.every((value, index) => value === null || index === best || untested(index)))
      continue;
    const standings = series.map((_, index): 'behind' | 'level' | 'ahead' => {
      if (index === best || pick(means, index) === null) return 'level';
      if (!isResolved(row, pick(tests.of(best, index), place))) return 'level';
      return pairedDifference(group, row, [best, index]) > 0 ? 'behind' : 'ahead';
    });
    const contested = standings.includes('ahead');
    series.forEach((entry, index) => {
      if (pick(means, index) === null || untested(index)) return;
      const standing = pick(standings, index);
      ties.get(entry)?.set(JSON.stringify(row.by), {
        tied: standing !== 'behind',
        missingDecides: standing === 'ahead' || (contested && index === best),
      });
    });
  }
  return ties;
}

/** First minus second over the questions that both have a rating for. */
function pairedDifference(
  { design, common }: TestedGroup,
  row: DesignRow,
  [first, second]: readonly [number, number],
): number {
  const cells = pairCells(design, pick(common.ratings, first), pick(common.ratings, second));
  return differenceOf(cells, row)?.difference ?? 0;
}

/** By row of the design, then series: the mean over its rated questions, as the tables print it. */
export function rowMeans({
  design,
  common,
}: Pick<TestedGroup, 'design' | 'common'>): (number | null)[][] {
  const cells = common.ratings.map((ratings) => {
    const [sums, counts] = [design.cells.map(() => 0), design.cells.map(() => 0)];
    ratings.forEach((rating, question) => {
      if (rating === null) return;
      const cell = pick(design.cellOf, question);
      sums[cell] = pick(sums, cell) + rating;
      counts[cell] = pick(counts, cell) + 1;
    });
    return { sums, counts };
  });
  const inside = (values: readonly number[], { weights }: DesignRow) =>
    values.reduce((sum, value, cell) => (pick(weights, cell) > 0 ? sum + value : sum), 0);
  return design.rows.map((row) =>
    cells.map(({ sums, counts }) => {
      const n = inside(counts, row);
      return n === 0 ? null : inside(sums, row) / n;
    }),
  );
}

/** How ties were tested, for a reader of the summary. */
export function tieMethod(groups: readonly TestedGroup[]): string {
  const methods = groups.map(({ series, tests: { flips } }) => {
    const pairs = (series.length * (series.length - 1)) / 2;
    const what = `all ${pairs} pairs of models of one judge and prompting style`;
    return flips === 0
      ? `${what}, paired t by Bonferroni: total, and cultures with categories at 5 %, cells at 10 %`
      : `${what}, sign-flips (${flips}): total, and cultures with categories by max-T at 5 %, cells by Benjamini–Hochberg at 10 %`;
  });
  return methods.length === 0 ? 'no ties tested' : [...new Set(methods)].join('; ');
}
