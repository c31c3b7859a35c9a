import type { RunDefinition } from '../../domain/run-definition.ts';
import type { ExpectedScore, ItemLabels } from '../../ports/run-archive.ts';
import { tabulateScores } from '../../series/scores/score-table.ts';
import { estimateOfSlice } from '../../series/scores/slice-estimate.ts';
import {
  clusterCodes,
  dimensionsOf,
  type SlicePlaces,
  slicesOf,
} from '../../series/scores/slices.ts';
import type { ExpectedSummary } from './schema.ts';

/** With less of the probability on ratings, an expectation says little about what was meant. */
export const LEAST_MASS = 0.9;

interface ExpectedSource {
  readonly definition: RunDefinition;
  readonly items: readonly ItemLabels[];
  readonly scores: readonly ExpectedScore[];
}

/** Means of expected ratings by culture and category, with the same intervals as parsed ratings. */
export function summarizeExpected({ definition, items, scores }: ExpectedSource): ExpectedSummary {
  const table = tabulateScores({ definition, items, scores });
  const slices = slicesOf(table.items, dimensionsOf(table.items)).filter(
    ({ by }) => by.scope === undefined,
  );
  const clusters = clusterCodes(table.items);
  return {
    leastMass: LEAST_MASS,
    estimates: table.series.flatMap((series) => {
      const { model, style, judge } = series.position;
      const own = new Map(
        scores
          .filter((one) => one.model === model && one.style === style && one.judge === judge)
          .map((one) => [table.placeOf.get(one.item), one]),
      );
      return slices.flatMap((slice) => {
        const estimate = estimateOfSlice({ series, clusters }, slice);
        if (estimate === null) return [];
        const told = placesOf(slice).flatMap((place) => own.get(place) ?? []);
        return [{ ...series.names, by: slice.by, estimate: estimate.estimate, ...certainty(told) }];
      });
    }),
  };
}

function placesOf({ cells }: SlicePlaces): number[] {
  return cells.flatMap((cell) => [...cell]);
}

function certainty(scores: readonly ExpectedScore[]) {
  const total = (part: 'told' | 'massSum' | 'entropySum') =>
    scores.reduce((sum, score) => sum + score[part], 0);
  const told = total('told');
  const mean = (sum: number) => (told > 0 ? sum / told : null);
  return { mass: mean(total('massSum')), entropy: mean(total('entropySum')), told };
}
