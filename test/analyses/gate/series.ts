import { type GatePolicy, gatePolicySchema } from '../../../src/domain/gate-policy.ts';
import type { ScoredSeries } from '../../../src/series/scores/scored-series.ts';

export const CULTURES = ['Chinese', 'Arab', 'Japanese'] as const;
const CATEGORIES = ['Entities', 'Opinion', 'Norms', 'Commonsense', 'Literacy'] as const;

/** What a policy file with these keys means. */
export function policyOf(given: object = {}): GatePolicy {
  return gatePolicySchema.parse({ version: 1, ...given });
}

export interface SeriesRecipe {
  readonly label: string;
  readonly judgeKey?: string;
  /** Questions of each culture × category; 30 by default, as in CARE. */
  readonly perCell?: number;
  /** Rating of a question; null: missing. `place` counts within the culture. */
  readonly rating: (culture: string, place: number) => number | null;
}

/** A series over 3 cultures × 5 categories. */
export function seriesOf({ label, judgeKey = 'judge', perCell = 30, rating }: SeriesRecipe) {
  const rows = CULTURES.flatMap((culture) =>
    CATEGORIES.flatMap((category, column) =>
      Array.from({ length: perCell }, (_, index) => {
        const value = rating(culture, column * perCell + index);
        return {
          item: `${culture}/${category}/${String(index).padStart(4, '0')}`,
          id: `${culture}-${category}-${index}`,
          culture,
          category,
          scope: null,
          cluster: null,
          rating: value,
          planned: 1,
          rated: value === null ? 0 : 1,
        };
      }),
    ),
  );
  return { label, judgeKey, scale: 'rating', rows } satisfies ScoredSeries;
}
