import type { Solution } from '../../domain/solution.ts';
import type { RuleOutcome } from '../../ports/run-archive.ts';
import type { SeriesNames } from '../../series/scores/scored-series.ts';
import type { PositionBias } from './schema.ts';

interface Place {
  golds: number;
  right: number;
  chosen: number;
}

/** Counts where right options stood and which places were chosen, by series and number of options. */
export function createPositions() {
  const found = new Map<string, { names: SeriesNames; options: number; places: Place[] }>();
  return {
    add: (names: SeriesNames, { status, place, goldPlace }: RuleOutcome, solution: Solution) => {
      if (solution.scoring !== 'choice' || place === null || goldPlace === null) return;
      const options = solution.options.length;
      const key = JSON.stringify([names, options]);
      const entry = found.get(key) ?? {
        ...{ names, options },
        places: Array.from({ length: options }, () => ({ golds: 0, right: 0, chosen: 0 })),
      };
      found.set(key, entry);
      const [chosen, gold] = [entry.places[place], entry.places[goldPlace]];
      if (!chosen || !gold) throw new Error('an option stands at a place that the question lacks');
      chosen.chosen += 1;
      gold.golds += 1;
      gold.right += status === 'right' ? 1 : 0;
    },
    listed: (): PositionBias[] =>
      [...found.values()].map(({ names, options, places }) => {
        const recalls = places.flatMap(({ golds, right }) => (golds === 0 ? [] : right / golds));
        return {
          ...names,
          options,
          places: places.map(({ golds, right, chosen }, place) => ({
            ...{ place, golds, right, chosen },
            recall: golds === 0 ? null : right / golds,
          })),
          rstd: recalls.length === options ? spread(recalls) : null,
        };
      }),
  };
}

/** RStd (Zheng et al. 2023, arXiv 2309.03882): the population's standard deviation of recall over places. */
function spread(recalls: readonly number[]): number {
  const centre = recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
  const squares = recalls.reduce((sum, recall) => sum + (recall - centre) ** 2, 0);
  return Math.sqrt(squares / recalls.length);
}
