import type { Solution } from '../../domain/solution.ts';
import type { RuleOutcome } from '../../ports/rule-archive.ts';
import type { SeriesNames } from '../../series/scores/scored-series.ts';
import { type PositionedAnswer, positionBias } from '../../stats/means/position-bias.ts';
import type { PositionBias } from './schema.ts';

interface Group {
  readonly names: SeriesNames;
  readonly options: number;
  readonly answers: PositionedAnswer[];
}

/** Gathers where right options stood and which places were chosen, by series and number of options. */
export function createPositions() {
  const found = new Map<string, Group>();
  return {
    add: (names: SeriesNames, { place, goldPlace }: RuleOutcome, solution: Solution) => {
      if (solution.scoring !== 'choice' || place === null || goldPlace === null) return;
      const options = solution.options.length;
      const key = JSON.stringify([names, options]);
      const group = found.get(key) ?? { names, options, answers: [] };
      found.set(key, group);
      group.answers.push({ gold: goldPlace, chosen: place });
    },
    listed: (): PositionBias[] =>
      [...found.values()].map(({ names, options, answers }) => {
        const { positions, rstd, expected } = positionBias(answers, options);
        return {
          ...names,
          options,
          places: positions.map(({ position, n, recall, chosen }) => ({
            ...{ place: position, golds: n, recall, chosen },
          })),
          rstd,
          expectedRstd: expected,
        };
      }),
  };
}
