import type { DesignRow } from '../../series/contrasts/strata.ts';
import type { Slice } from '../../series/schema.ts';
import type { SeriesScores } from '../../series/scores/score-table.ts';
import { pick } from '../../stats/at.ts';
import type { TestedGroup } from './comparison-families.ts';
import { isResolved } from './row.ts';

/** Whether a series is tied with the best of its group in a slice; null where that is not tested. */
export type TieFinder = (series: SeriesScores, by: Slice) => boolean | null;

/** Which series the tests cannot tell from the best of their group, row by row of the design. */
export function findTies(groups: readonly TestedGroup[]): TieFinder {
  const found = new Map<SeriesScores, ReadonlyMap<string, boolean>>();
  for (const group of groups) {
    for (const [series, ties] of tiesOf(group)) found.set(series, ties);
  }
  return (series, by) => found.get(series)?.get(JSON.stringify(by)) ?? null;
}

function tiesOf(group: TestedGroup): Map<SeriesScores, Map<string, boolean>> {
  const { series, design, tests } = group;
  const ties = new Map(series.map((entry) => [entry, new Map<string, boolean>()] as const));
  const all = rowMeans(group);
  for (const [place, row] of design.rows.entries()) {
    const means = pick(all, place);
    const highest = Math.max(...means.flatMap((value) => value ?? []));
    const best = means.indexOf(highest);
    const testOf = (index: number) => pick(tests.of(best, index), place);
    const rated = series.flatMap((entry, index) =>
      pick(means, index) === null ? [] : [{ entry, index }],
    );
    const others = rated.filter(({ index }) => index !== best);
    // What no test was made of, such as five questions that no data could tell apart, is not a tie.
    const tested = others.filter(({ index }) => testOf(index).adjusted !== null);
    if (tested.length === 0) continue;
    const name = JSON.stringify(row.by);
    ties.get(pick(series, best))?.set(name, true);
    for (const { entry, index } of tested)
      ties.get(entry)?.set(name, !isResolved(row, testOf(index)));
  }
  return ties;
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
