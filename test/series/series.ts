import type { ScoredRow, ScoredSeries } from '../../src/series/scores/scored-series.ts';

export interface SeriesOptions {
  readonly judgeKey?: string;
  /** Cluster of a question by its id; its own by default. */
  readonly clusterOf?: (id: string) => string | null;
}

/** Ratings by `culture/category`, question by question; null is a question without a rating. */
export function seriesOf(
  label: string,
  cells: Readonly<Record<string, readonly (number | null)[]>>,
  { judgeKey = 'judge', clusterOf = () => null }: SeriesOptions = {},
): ScoredSeries {
  const rows = Object.entries(cells).flatMap(([cell, ratings]) => {
    const [culture = '', category = ''] = cell.split('/');
    return ratings.map((rating, index): ScoredRow => {
      const id = `${cell}-${String(index).padStart(4, '0')}`;
      return {
        item: `key of ${id}`,
        ...{ id, culture, category, scope: null, cluster: clusterOf(id), rating },
        planned: 1,
        rated: rating === null ? 0 : 1,
      };
    });
  });
  return { label, judgeKey, scale: 'rating', rows };
}

/** The worked example of the README: two cultures of four questions each. */
export const WORKED = {
  candidate: { 'Chinese/Opinion': [8, 7, 9, 6], 'Arab/Opinion': [5, 6, 8, 9] },
  baseline: { 'Chinese/Opinion': [7, 7, 7, 6], 'Arab/Opinion': [6, 5, 6, 6] },
} as const;

/** `count` ratings from a function of the place. */
export function times(count: number, rating: (index: number) => number | null): (number | null)[] {
  return Array.from({ length: count }, (_, index) => rating(index));
}
