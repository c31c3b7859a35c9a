import type { Solution } from '../../domain/solution.ts';
import type { RuleOutcome } from '../../ports/rule-archive.ts';
import type { ItemLabels } from '../../ports/run-archive.ts';
import type { SeriesNames } from '../../series/scores/scored-series.ts';
import type { WrongOption } from './schema.ts';

const LISTED = 20;

interface Question {
  readonly item: ItemLabels;
  readonly judge: string;
  readonly options: readonly string[];
  readonly gold: number;
  read: number;
  /** By option, in the source's order. */
  readonly chosen: number[];
}

/** Counts which wrong options models choose, over all models. */
export function createWrongOptions() {
  const found = new Map<string, Question>();
  return {
    add: (
      { judge }: SeriesNames,
      { chosen }: RuleOutcome,
      { item, solution }: { readonly item: ItemLabels; readonly solution: Solution },
    ) => {
      if (solution.scoring !== 'choice' || chosen === null) return;
      const { options, gold } = solution;
      const key = `${item.position} ${judge}`;
      const question = found.get(key) ?? {
        ...{ item, judge, options, gold, read: 0 },
        chosen: options.map(() => 0),
      };
      found.set(key, question);
      question.read += 1;
      question.chosen[chosen] = (question.chosen[chosen] ?? 0) + 1;
    },
    /** Those chosen most; equal ones by the largest share, then in the order of the items. */
    listed: (): WrongOption[] =>
      [...found.values()]
        .flatMap(({ item, judge, options, gold, read, chosen }) =>
          chosen.flatMap((count, option) =>
            option === gold || count < 2
              ? []
              : {
                  ...{ id: item.id, culture: item.culture, category: item.category, judge },
                  chosen: options[option] ?? '',
                  gold: options[gold] ?? '',
                  ...{ count, of: read },
                },
          ),
        )
        .sort((a, b) => b.count - a.count || b.count / b.of - a.count / a.of)
        .slice(0, LISTED),
  };
}
