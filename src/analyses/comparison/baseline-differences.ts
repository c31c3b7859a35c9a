import { z } from 'zod';
import { estimateSchema } from '../../domain/estimate.ts';
import type { SummaryModel } from '../../series/schema.ts';
import { seriesShape, sliceSchema } from '../../series/schema.ts';
import { pick } from '../../stats/at.ts';
import type { TestedGroup } from './comparison-families.ts';
import { differenceOf, pairCells } from './difference.ts';

/** A variant's mean minus its baseline's, over the questions that both have ratings of. */
export const baselineDifferenceSchema = z.strictObject({
  ...seriesShape,
  baseline: z.string(),
  by: sliceSchema,
  estimate: estimateSchema,
});
export type BaselineDifference = z.infer<typeof baselineDifferenceSchema>;

/** Every variant less its baseline, paired by question, in total and in every culture and category. */
export function baselineDifferences(
  groups: readonly TestedGroup[],
  models: readonly SummaryModel[],
): BaselineDifference[] {
  return groups.flatMap((group) =>
    baselinePairs(group, models).flatMap((pair) => differencesOfPair(group, pair)),
  );
}

interface BaselinePair {
  readonly own: number;
  readonly base: number;
  readonly baseline: string;
}

/** Places in the group of every variant and its baseline. */
export function baselinePairs(
  { series }: Pick<TestedGroup, 'series'>,
  models: readonly SummaryModel[],
): BaselinePair[] {
  return series.flatMap(({ names }, own) => {
    const baseline = models.find(
      ({ model, variant }) => model === names.model && variant === names.variant,
    )?.baseline;
    if (baseline === undefined || baseline === null) return [];
    const base = series.findIndex(
      (other) => other.names.model === names.model && other.names.variant === baseline,
    );
    return base < 0 || base === own ? [] : [{ own, base, baseline }];
  });
}

function differencesOfPair(
  { series, common, design }: TestedGroup,
  { own, base, baseline }: BaselinePair,
): BaselineDifference[] {
  const [after, before] = [pick(common.ratings, own), pick(common.ratings, base)];
  const cells = pairCells(design, after, before);
  return design.rows.map((row) => {
    const found = differenceOf(cells, row);
    const missing = [after, before].reduce(
      (sum, ratings) =>
        sum +
        ratings.filter(
          (rating, question) =>
            rating === null && pick(row.weights, pick(design.cellOf, question)) > 0,
        ).length,
      0,
    );
    return {
      ...pick(series, own).names,
      baseline,
      by: row.by,
      estimate:
        found === null
          ? { ...NOTHING, missing }
          : {
              value: found.difference,
              low: found.low,
              high: found.high,
              n: found.n,
              missing,
              method: `paired difference, ${found.method}`,
            },
    };
  });
}

const NOTHING = {
  value: null,
  low: null,
  high: null,
  n: 0,
  method: 'no question with both ratings',
} as const;
