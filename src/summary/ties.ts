import { pick } from '../stats/at.ts';
import { isResolved } from './comparison-row.ts';
import type { DesignRow } from './contrast-design.ts';
import type { Slice } from './run-summary.ts';
import type { SeriesScores } from './score-table.ts';
import type { TestedGroup } from './tested-groups.ts';

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
  for (const [place, row] of design.rows.entries()) {
    const means = series.map((_, index) => meanOf(group, row, index));
    const highest = Math.max(...means.flatMap((value) => value ?? []));
    const best = means.indexOf(highest);
    series.forEach((entry, index) => {
      if (pick(means, index) === null) return;
      const apart = index !== best && isResolved(row, pick(tests.of(best, index), place));
      ties.get(entry)?.set(JSON.stringify(row.by), !apart);
    });
  }
  return ties;
}

/** Mean over the rated questions of a row, as the tables print it. */
export function meanOf(
  { design, common }: Pick<TestedGroup, 'design' | 'common'>,
  { weights }: DesignRow,
  index: number,
): number | null {
  const rated = pick(common.ratings, index).filter(
    (rating, question) => rating !== null && pick(weights, pick(design.cellOf, question)) > 0,
  );
  const sum = rated.reduce<number>((total, rating) => total + Number(rating), 0);
  return rated.length === 0 ? null : sum / rated.length;
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
